"""The pictures of the report."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from corpora import GENERATED
from kinds import KINDS
from report.figures import Figures
from report.svg import Panel, bar_chart, line_charts

__all__ = ["plots"]

_SHOWN = {
    "word": "one word",
    "union": "any of several words",
    "frequent": "any of frequent words",
    "intersection": "all of several words",
    "phrase-2": "phrase of 2 words",
    "limit-1000": "1,000 hits",
    "count-union": "count only",
}
_DATED = {"month": "words, in a month", "newest": "words, newest first", "facets": "counts by source"}
_GROWING = ("word", "union", "frequent", "intersection", "phrase-2")
_PEERS = ("searchkit", "tantivy", "fts5", "bm25s")


def plots(figures: Figures) -> dict[str, str]:
    """By the name of the file, those for which there are figures."""
    made = {}
    if figures.queries["plain"]:
        made["queries.svg"] = bar_chart("Time of a query, median (shorter is better)", "ms", _bars(figures))
    if figures.indexing.get("plain"):
        made["indexing.svg"] = bar_chart("Time of indexing (shorter is better)", "s", _indexing(figures))
    if figures.growth:
        made["growth.svg"] = line_charts("Cost against size", _panels(figures), "documents")
    return made


def _bars(figures: Figures) -> dict[str, dict[str, float]]:
    """Medians of the shown classes, where searchkit has one."""
    rows = {}
    for names, timings in ((_SHOWN, figures.queries["plain"]), (_DATED, figures.queries["dated"])):
        for name, label in names.items():
            row = {peer: timings[name][peer].median for peer in _PEERS if peer in timings.get(name, {})}
            if "searchkit" in row:
                rows[label] = row
    return rows


def _indexing(figures: Figures) -> dict[str, dict[str, float]]:
    named = {one.corpus: {} for one in figures.indexing["plain"] + figures.indexing.get("dated", [])}  # type: Any
    for one in figures.indexing["plain"] + figures.indexing.get("dated", []):
        if one.peer in _PEERS:
            named[one.corpus][one.peer] = one.seconds
    return dict(named)


def _panels(figures: Figures) -> list[Panel]:
    """A line for each peer and corpus in each."""

    def panel(title: str, unit: str, values: Callable[[Any], dict[str, float]]) -> Panel:
        lines: dict[tuple[str, str], list[tuple[float, float]]] = {}
        for size in figures.growth:
            for peer, value in values(size).items():
                lines.setdefault((peer, _of_corpus(size["corpus"])), []).append((size["documents"], value))
        return Panel(title, unit, lines)

    def median(name: str) -> Callable[[Any], dict[str, float]]:
        return lambda size: {peer: timing.median for peer, timing in size["queries"].get(name, {}).items()}

    panels = [
        panel("Indexing", "s", lambda size: {one.peer: one.seconds for one in size["built"]}),
        panel("Peak memory while indexing", "MB", lambda size: {one.peer: one.memory / 1e6 for one in size["built"]}),
        panel(
            "Opening",
            "ms",
            lambda size: {peer: one["opening"] for peer, one in size["opening"].items() if "opening" in one},
        ),
        *(panel(f"Top 10: {KINDS[name].title}", "ms", median(name)) for name in _GROWING),
    ]
    return [one for one in panels if one.lines]


def _of_corpus(corpus: str) -> str:
    return "generated articles" if corpus == GENERATED else corpus
