"""The goals: how each kind of work should compare with tantivy-py, and how it does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

from building import Built
from kinds import KINDS
from report.figures import Figures
from tables import ratio, table

__all__ = ["Goal", "goals", "goals_table"]

_OURS, _THEIRS = "searchkit", "tantivy"
_PHRASES, _PHRASE_SUM = "phrase", 2.0


@dataclass(frozen=True)
class Goal:
    """A row. ours, theirs: as shown; reached: the ratios, or the value, that count; goal: as shown; met: all of it."""

    work: str
    ours: str
    theirs: str
    reached: str
    goal: str
    met: bool


def goals(figures: Figures) -> Iterator[Goal]:
    """All that the figures can tell about."""
    yield from _indexing(figures)
    for name in ("plain", "dated"):
        for kind, by in figures.queries[name].items():
            goal = KINDS[kind].goal
            if goal is not None and {_OURS, _THEIRS} <= set(by):
                ours, theirs = by[_OURS], by[_THEIRS]
                least = _PHRASE_SUM if kind.startswith(_PHRASES) else goal
                by_median, by_sum = theirs.median / ours.median, theirs.sum / ours.sum
                yield Goal(
                    KINDS[kind].title,
                    f"{ours.median:.3f} ms",
                    f"{theirs.median:.3f} ms",
                    f"{ratio(theirs.median, ours.median)} ({ratio(theirs.sum, ours.sum)} by sum)",
                    f"{goal:g}" if least == goal else f"{goal:g} ({least:g} by sum)",
                    by_median >= goal and by_sum >= least,
                )
    yield from _threads(figures)
    yield from _starting(figures)
    yield from _updates(figures)


def goals_table(rows: list[Goal]) -> str:
    """As Markdown."""
    cells = [[one.work, one.ours, one.theirs, one.reached, one.goal, "yes" if one.met else "**no**"] for one in rows]
    return table(["work", "searchkit", "tantivy-py", "reached", "goal", "met"], cells)


def _indexing(figures: Figures) -> Iterator[Goal]:
    built = {one.peer: one for one in figures.indexing.get("plain", [])}
    for one, other, work, goal in (
        ("searchkit", "tantivy", "indexing, one core", 4.0),
        ("searchkit-workers", "tantivy-threads", "indexing, all cores", 3.0),
    ):
        if one in built and other in built:
            yield _faster(work, built[one], built[other], goal)
    if {_OURS, _THEIRS} <= set(built):
        ours, theirs = built[_OURS], built[_THEIRS]
        size = ours.size / theirs.size
        yield Goal("size of the index", _mb(ours.size), _mb(theirs.size), f"{size:.2f}", "at most 1.05", size <= 1.05)
        yield _memory("memory while indexing", ours, theirs)
    if figures.growth:
        largest = max(figures.growth, key=lambda size: int(size["documents"]))
        built = {one.peer: one for one in largest["built"]}
        if {_OURS, _THEIRS} <= set(built):
            yield _memory(f"the same, {largest['documents']:,} articles", built[_OURS], built[_THEIRS])


def _memory(work: str, ours: Built, theirs: Built) -> Goal:
    within = ours.memory <= 256 << 20
    return Goal(work, _mb(ours.memory), _mb(theirs.memory), "", "at most 268 MB", within)


def _faster(work: str, ours: Built, theirs: Built, goal: float) -> Goal:
    times = ours.speed / theirs.speed
    return Goal(
        work,
        f"{ours.speed:.1f} MB/s",
        f"{theirs.speed:.1f} MB/s",
        ratio(ours.speed, theirs.speed),
        f"{goal:g}",
        times >= goal,
    )


def _threads(figures: Figures) -> Iterator[Goal]:
    for name, by in figures.threads.items():
        if _OURS in by:
            theirs = f"{by[_THEIRS]:.2f}" if _THEIRS in by else "–"
            work = f"two threads against one: {KINDS[name].title}"
            yield Goal(work, f"{by[_OURS]:.2f}", theirs, f"{by[_OURS]:.2f}", "1.7", by[_OURS] >= 1.7)


def _starting(figures: Figures) -> Iterator[Goal]:
    by = figures.opening
    if _OURS in by and _THEIRS in by:
        ours, theirs = by[_OURS], by[_THEIRS]
        opening = ours["opening"]
        yield Goal("opening", f"{opening:.2f} ms", f"{theirs['opening']:.2f} ms", "", "under 2 ms", opening < 2)
        bare = by["python"]["first"]
        first, other = ours["first"] - bare, theirs["first"] - bare
        work = "first query of a fresh process, beyond `python -c pass`"
        yield Goal(work, f"{first:.0f} ms", f"{other:.0f} ms", "", "at most 60 ms", first <= 60)


def _updates(figures: Figures) -> Iterator[Goal]:
    by = figures.updates
    if {_OURS, _THEIRS} <= set(by):
        ours, theirs = (median(by[name]["single"]) * 1e3 for name in (_OURS, _THEIRS))
        yield Goal(
            "one small commit, synced and found",
            f"{ours:.1f} ms",
            f"{theirs:.1f} ms",
            ratio(theirs, ours),
            "1",
            ours <= theirs,
        )


def _mb(size: float) -> str:
    return f"{size / 1e6:.0f} MB"
