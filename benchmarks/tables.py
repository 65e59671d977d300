"""Figures as Markdown tables, each with its ratio to one peer of reference."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from asking import Timing
from building import Built

__all__ = ["building_table", "matches_table", "querying_table", "ratio", "table"]


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table, its columns padded so that it reads well as text; the first column is left-aligned."""
    widths = [max(len(row[place]) for row in [heads, *rows]) for place in range(len(heads))]
    lines = [heads, ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])], *rows]
    return "\n".join("| " + " | ".join(_pad(row, widths)) + " |" for row in lines)


def ratio(above: float | None, below: float | None) -> str:
    """How many times one is the other, to two figures; a dash where either is not known."""
    if above is None or not below:
        return "–"
    times = above / below
    return f"{times:.0f}" if times >= 9.95 else f"{times:.1f}" if times >= 0.995 else f"{times:.2f}"


def building_table(built: Sequence[Built], reference: str) -> str:
    """Documents, speed, size and memory of each index; × is how many times faster than the reference."""
    base = next((one for one in built if one.peer == reference), None)
    heads = ["indexing", "version", "documents", "s", "MB/s", "×", "size / text", "written / size", "peak MB"]
    return table(heads, [_built_row(one, base) for one in built])


def querying_table(timings: Mapping[str, Mapping[str, Timing]], reference: str) -> str:
    """Median and sum of each class by peer, in ms; × is how many times faster than the reference.

    The last two columns are of texts that were asked before in the same process.
    """
    heads = ["queries", "peer", "number", "median ms", "×", "sum ms", "× by sum", "again, median ms", "×"]
    rows = []
    for title, by_peer in timings.items():
        base = by_peer.get(reference)
        for name, one in by_peer.items():
            first = [f"{one.median:.3f}", ratio(base.median if base else None, one.median)]
            total = [f"{one.sum:.1f}", ratio(base.sum if base else None, one.sum)]
            again = [f"{one.again_median:.3f}", ratio(base.again_median if base else None, one.again_median)]
            rows.append([title, name, str(one.questions), *first, *total, *again])
    return table(heads, rows)


def matches_table(timings: Mapping[str, Mapping[str, Timing]]) -> str:
    """How many documents matched in all, by class and peer: near figures say that they did near enough the same."""
    names = list(dict.fromkeys(name for by_peer in timings.values() for name in by_peer))
    rows = [[kind, *(f"{by[name].matches:,}" if name in by else "–" for name in names)] for kind, by in timings.items()]
    return table(["matches", *names], rows)


def _built_row(one: Built, base: Built | None) -> list[str]:
    figures = [f"{one.seconds:.2f}", f"{one.speed:.1f}", ratio(one.speed, base.speed if base else None)]
    sizes = [f"{one.size / one.text:.2f}", ratio(one.written or None, one.size), f"{one.memory / 1e6:.0f}"]
    return [one.peer, one.version, f"{one.documents:,}", *figures, *sizes]


def _pad(row: Sequence[str], widths: Sequence[int]) -> list[str]:
    return [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
