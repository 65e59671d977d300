"""What a pattern is made of: characters, one after the other, or one of several, or several times."""

from __future__ import annotations

from searchkit.dataclasses import dataclass

__all__ = ["ANY", "LAST", "Characters", "Choice", "Repeat", "Row", "Tree"]

LAST = 0x10FFFF
Intervals = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Characters:
    """One character in any of these intervals of code points: (first, last), sorted, apart from each other."""

    intervals: Intervals

    @classmethod
    def of(cls, intervals: list[tuple[int, int]], *, negated: bool = False) -> Characters:
        """The characters of intervals in any order, which may overlap; or all others."""
        merged: list[tuple[int, int]] = []
        for low, high in sorted(intervals):
            if merged and low <= merged[-1][1] + 1:
                merged[-1] = merged[-1][0], max(high, merged[-1][1])
            else:
                merged.append((low, high))
        return cls(tuple(_others(merged) if negated else merged))


@dataclass(frozen=True, slots=True)
class Row:
    """Parts that follow each other; none: the empty text."""

    parts: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the parts."""

    parts: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """A part at least `low` times, and at most `high` times; None: as often as one likes."""

    part: Tree
    low: int
    high: int | None


Tree = Characters | Row | Choice | Repeat

ANY = Characters(((0, LAST),))


def _others(intervals: list[tuple[int, int]]) -> list[tuple[int, int]]:
    edges = [-1, *(edge for interval in intervals for edge in interval), LAST + 1]
    gaps = zip(edges[::2], edges[1::2], strict=True)
    return [(before + 1, after - 1) for before, after in gaps if before + 1 < after]
