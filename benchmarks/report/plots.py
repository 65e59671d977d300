"""The pictures of the report."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

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
_PEERS = ("searchkit", "tantivy", "fts5", "bm25s")


def plots(figures: Figures) -> dict[str, str]:
    """By the name of the file, those for which there are figures."""
    made = {}
    if figures.queries["plain"]:
        made["queries.svg"] = bar_chart("Time of a query, median (shorter is better)", "ms", _bars(figures))
    if figures.indexing.get("plain"):
        made["indexing.svg"] = bar_chart("Time of indexing (shorter is better)", "s", _indexing(figures))
    if figures.growth:
        made["growth.svg"] = line_charts("Cost against size, generated articles", _panels(figures), "documents")
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
    sizes = [size for size in figures.growth if size["corpus"] == "generated"]

    def built(value: Callable[[Any], float]) -> dict[tuple[str, str], list[tuple[float, float]]]:
        lines: dict[tuple[str, str], list[tuple[float, float]]] = {}
        for size in sizes:
            for one in size["built"]:
                lines.setdefault((one.peer, "median"), []).append((one.documents, value(one)))
        return lines

    panels = [
        Panel("Indexing", "s", built(lambda one: one.seconds)),
        Panel("Peak memory while indexing", "MB", built(lambda one: one.memory / 1e6)),
    ]
    opening: dict[tuple[str, str], list[tuple[float, float]]] = {}
    for size in sizes:
        for peer, one in size["opening"].items():
            if "opening" in one:
                opening.setdefault((peer, "median"), []).append((size["documents"], one["opening"]))
    panels.append(Panel("Opening", "ms", opening))
    for name in ("word", "union", "frequent", "intersection", "phrase-2"):
        lines: dict[tuple[str, str], list[tuple[float, float]]] = {}
        for size in sizes:
            for peer, timing in size["queries"].get(name, {}).items():
                lines.setdefault((peer, "median"), []).append((size["documents"], timing.median))
        if lines:
            panels.append(Panel(f"Top 10: {KINDS[name].title}", "ms", lines))
    return panels
