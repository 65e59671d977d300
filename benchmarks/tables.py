"""Figures as Markdown tables, each with its ratio to one peer of reference."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from building import Built
from querying import Timing

__all__ = ["building_table", "matches_table", "querying_table", "table"]


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table, its columns padded so that it reads well as text; the first column is left-aligned."""
    widths = [max(len(row[place]) for row in [heads, *rows]) for place in range(len(heads))]
    lines = [heads, ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])], *rows]
    return "\n".join("| " + " | ".join(_pad(row, widths)) + " |" for row in lines)


def building_table(built: Sequence[Built], reference: str) -> str:
    """Documents, speed, size and memory of each index; × is how many times faster than the reference."""
    base = next((one for one in built if one.peer == reference), None)
    heads = ["indexing", "version", "documents", "s", "MB/s", "×", "size / text", "peak MB"]
    return table(heads, [_built_row(one, base) for one in built])


def querying_table(timings: Mapping[str, Mapping[str, Timing]], reference: str) -> str:
    """Median and sum of each class by peer, in ms; × is how many times faster than the reference."""
    heads = ["top hits", "peer", "queries", "median ms", "×", "sum ms", "× by sum"]
    rows = []
    for kind, by_peer in timings.items():
        base = by_peer.get(reference)
        for name, timing in by_peer.items():
            median, total = (
                _ratio(base.median if base else None, timing.median),
                _ratio(base.sum if base else None, timing.sum),
            )
            figures = [f"{timing.median:.3f}", median, f"{timing.sum:.1f}", total]
            rows.append([kind, name, str(timing.queries), *figures])
    return table(heads, rows)


def matches_table(matches: Mapping[str, Mapping[str, int]]) -> str:
    """How many documents matched in all, by class and peer."""
    names = list(dict.fromkeys(name for by_peer in matches.values() for name in by_peer))
    rows = [[kind, *(f"{by[name]:,}" if name in by else "–" for name in names)] for kind, by in matches.items()]
    return table(["matches", *names], rows)


def _built_row(one: Built, base: Built | None) -> list[str]:
    speed = _ratio(one.speed, base.speed) if base else "–"
    figures = [f"{one.seconds:.2f}", f"{one.speed:.1f}", speed, f"{one.size / one.text:.2f}", f"{one.memory / 1e6:.0f}"]
    return [one.peer, one.version, f"{one.documents:,}", *figures]


def _ratio(above: float | None, below: float) -> str:
    return "–" if above is None or below == 0.0 else f"{above / below:.3g}"


def _pad(row: Sequence[str], widths: Sequence[int]) -> list[str]:
    return [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
