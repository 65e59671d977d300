"""The report: a page of tables and pictures, made of the figures that were kept."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median

from asking import Timing
from beside_merges import waits_table
from kinds import KINDS
from report.figures import Figures, Timings, command_of
from report.goals import goals, goals_table
from tables import building_table, matches_table, ratio, table

__all__ = ["page"]

_NAMES = {
    "searchkit": "searchkit",
    "searchkit-workers": "searchkit, 2 workers",
    "tantivy": "tantivy-py",
    "tantivy-threads": "tantivy-py, its threads",
    "tantivy-count": "tantivy-py, counting",
    "fts5": "SQLite FTS5",
    "bm25s": "bm25s",
    "whoosh3": "Whoosh",
}
_TITLES = {"plain": "Queries", "dated": "Queries with dates and sources", "small": "Queries on few documents"}


def page(figures: Figures, pictures: list[str], folder: str, readme: str) -> str:
    """As Markdown; pictures: the files in `folder`, a path from the page; readme: that of the page on methods."""
    parts = [*_head(figures, readme)]
    rows = list(goals(figures))
    if rows:
        parts += ["## Goals", "", goals_table(rows), ""]
    parts += _picture("queries.svg", "Medians of each class of queries", pictures, folder)
    for name, title in _TITLES.items():
        parts += _queries(title, figures.queries[name])
    parts += _indexing(figures, pictures, folder)
    parts += _commits(figures)
    parts += _starting(figures)
    parts += _changing(figures)
    parts += _merging(figures)
    parts += _growth(figures, pictures, folder)
    return "\n".join(parts)


def _pythons(figures: Figures, version: str) -> str:
    """The version of Python, and which parts were measured with others."""
    others: dict[str, list[str]] = {}
    for part, machine in figures.machines.items():
        if machine["python"] != version:
            others.setdefault(machine["python"], []).append(part)
    exceptions = "; ".join(f"{', '.join(parts)}: {other}" for other, parts in others.items())
    return f"Python {version} ({exceptions})" if exceptions else f"Python {version}"


def _head(figures: Figures, readme: str) -> Iterator[str]:
    yield from ["# Benchmarks", ""]
    machine = figures.machines.get("queries-plain") or next(iter(figures.machines.values()), {})
    if machine:
        scale, engines = machine["scale"], machine["engines"]
        dates = sorted({one["date"] for one in figures.machines.values()})
        versions = ", ".join(
            f"{_NAMES.get(name, name)} {version}" for name, version in engines.items() if name in _NAMES
        )
        yield (
            f"Made by `{command_of(machine)}` of figures from "
            f"{' and '.join(dates)}: {machine['processor']}, {machine['cores']} cores, {machine['system']}, "
            f"{_pythons(figures, machine['python'])}; {versions}."
        )
        yield ""
        yield f"How everything is measured, how each engine is set up, and what isn't equal: [Benchmarks]({readme})."
        yield ""
        if scale["name"] == "quick":
            yield "**A quick run on few documents, for a look: not the figures to go by.**"
            yield ""
    yield "× is how many times as fast as tantivy-py with one thread. A dash: the engine cannot do it."
    yield ""


def _queries(title: str, timings: Timings) -> Iterator[str]:
    if not timings:
        return
    peers = [peer for peer in _NAMES if any(peer in by for by in timings.values())]
    yield from [f"## {title}", "", "Medians in ms, of texts that were not asked before in their process:", ""]
    yield from [_times(timings, peers, "median"), "", "Sums over each class, in ms:", ""]
    yield from [_times(timings, peers, "sum"), "", "Medians in ms, of texts that were asked once before:", ""]
    yield from [_times(timings, peers, "again_median"), "", "How many documents match, summed over each class:", ""]
    yield from [matches_table({KINDS[name].title: _named(by) for name, by in timings.items()}), ""]


def _times(timings: Timings, peers: list[str], which: str) -> str:
    """A row a class, a column a peer, each figure with its ratio to tantivy's."""
    rows = []
    for name, by in timings.items():
        base = getattr(by["tantivy"], which) if "tantivy" in by else None
        rows.append([KINDS[name].title, *(_time(by.get(peer), which, base, peer) for peer in peers)])
    return table(["", *(_NAMES[peer] for peer in peers)], rows)


def _time(timing: Timing | None, which: str, base: float | None, peer: str) -> str:
    if timing is None:
        return "–"
    value = getattr(timing, which)
    shown = f"{value:.3f}" if value < 10 else f"{value:,.1f}"
    return shown if peer == "tantivy" or base is None else f"{shown} (× {ratio(base, value)})"


def _named(by: dict[str, Timing]) -> dict[str, Timing]:
    return {_NAMES.get(peer, peer): one for peer, one in by.items()}


def _indexing(figures: Figures, pictures: list[str], folder: str) -> Iterator[str]:
    if not figures.indexing:
        return
    yield from ["## Indexing", "", "From documents in memory to a durable index; the median build.", ""]
    for built in figures.indexing.values():
        if built:
            yield from [f"{built[0].corpus}:", "", building_table(built, "tantivy"), ""]
    yield from _picture("indexing.svg", "Time of indexing", pictures, folder)


def _commits(figures: Figures) -> Iterator[str]:
    if figures.commits:
        yield from ["## Many commits", ""]
        corpus, commits = figures.commits[0].corpus, figures.commits[0].commits
        yield f"{corpus} in {commits} commits, one after the other, merges finished. *Written / size* is how many bytes"
        yield "the process wrote for each that is left: the write amplification of its merges."
        yield from ["", building_table(figures.commits, "tantivy"), ""]


def _starting(figures: Figures) -> Iterator[str]:
    if figures.opening:
        bare = figures.opening["python"]["first"]
        rows = [
            [_NAMES[peer], f"{one['opening']:.2f}", f"{one['first']:.1f}", f"{one['first'] - bare:.1f}"]
            for peer, one in figures.opening.items()
            if peer in _NAMES
        ]
        yield from ["## Opening, and the first answer of a process", ""]
        yield "Medians in ms. Opening is timed where the process has opened the index before. A fresh process imports,"
        yield "opens, asks for any of several words, and prints ten hits; an empty one (`python -c pass`) takes"
        yield f"{bare:.1f} ms."
        yield from ["", table(["", "opening", "process", "beyond an empty one"], rows), ""]
    if figures.threads:
        peers = [peer for peer in _NAMES if any(peer in by for by in figures.threads.values())]
        rows = [
            [KINDS[name].title, *(f"{by[peer]:.2f}" if peer in by else "–" for peer in peers)]
            for name, by in figures.threads.items()
        ]
        yield from [
            "## Two threads",
            "",
            "How many times as many queries a second two Python threads answer as one.",
            "",
        ]
        yield from [table(["", *(_NAMES[peer] for peer in peers)], rows), ""]


def _changing(figures: Figures) -> Iterator[str]:
    if not figures.updates:
        return
    rows = [
        [
            _NAMES[peer],
            f"{median(one['single']) * 1e3:.1f}",
            f"{max(one['single']) * 1e3:.1f}",
            f"{one['many'] * 1e3:.0f}",
            f"{one['documents']:,}",
        ]
        for peer, one in figures.updates.items()
    ]
    yield from ["## Updates", ""]
    yield "In ms, from the call until the documents are synced to disk and a search has found them: commits of one new"
    yield "document each (median, slowest), and one that replaces every hundredth document."
    yield from ["", table(["", "one document", "slowest", "replacing 1%", "documents"], rows), ""]


def _merging(figures: Figures) -> Iterator[str]:
    if not figures.merges:
        return
    yield from ["## Searches beside merges", ""]
    documents = f"{figures.merges['documents']:,} documents of {figures.merges['corpus']}"
    yield "Searches of searchkit for any of several words, ten hits, one after the other, while what twenty commits"
    yield f"made of {documents} is merged into one segment. A thread shares Python's lock"
    yield "with the searches beside it."
    yield from ["", waits_table(figures.merges["waits"]), ""]


def _growth(figures: Figures, pictures: list[str], folder: str) -> Iterator[str]:
    if not figures.growth:
        return
    yield from ["## Cost against size", "", "The same questions at all sizes; medians in ms.", ""]
    yield from _picture("growth.svg", "Cost against the number of documents", pictures, folder)
    names = list(dict.fromkeys(name for size in figures.growth for name in size["queries"]))
    heads = [
        "corpus",
        "documents",
        "",
        "indexing, s",
        "size, MB",
        "peak MB",
        "opening",
        *(KINDS[one].title for one in names),
    ]
    rows = []
    for size in figures.growth:
        for built in size["built"]:
            timings = [size["queries"][name].get(built.peer) for name in names]
            indexed = [f"{built.seconds:.2f}", f"{built.size / 1e6:.1f}", f"{built.memory / 1e6:.0f}"]
            opening = f"{size['opening'][built.peer]['opening']:.2f}"
            asked = [f"{one.median:.3f}" if one else "–" for one in timings]
            rows.append([built.corpus, f"{built.documents:,}", _NAMES[built.peer], *indexed, opening, *asked])
    yield from [table(heads, rows), ""]


def _picture(name: str, says: str, pictures: list[str], folder: str) -> Iterator[str]:
    if name in pictures:
        yield from [f"![{says}]({folder}/{name})", ""]
