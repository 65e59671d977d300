"""Where in a text the targets of a snippet are."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from searchkit.analysis.analyzer import Analyzer
from searchkit.results.targets import Target
from searchkit.results.text_scan import TextScan

__all__ = ["Occurrence", "find_occurrences"]

Occurrence = tuple[int, int, int]
"""One place of a target: its start and end in the text, half open, and the target's number."""

_Positions = tuple[frozenset[str], ...]


def find_occurrences(text: str, targets: tuple[Target, ...], analyzer: Analyzer) -> list[Occurrence]:
    """Every place of every target, by start. The occurrences of a phrase may overlap."""
    scan = TextScan(text, analyzer, _wanted(targets))
    if not scan.holders:
        return []
    found: list[Occurrence] = []
    for number, target in enumerate(targets):
        find = _words if len(target.positions) == 1 else _phrases
        found += [(start, end, number) for start, end in find(scan, target.positions)]
    found.sort()
    return found


@lru_cache(maxsize=64)
def _wanted(targets: tuple[Target, ...]) -> frozenset[str]:
    return frozenset().union(*(terms for target in targets for terms in target.positions))


def _words(scan: TextScan, positions: _Positions) -> Iterator[tuple[int, int]]:
    (terms,) = positions
    for surface in scan.surfaces_with(terms):
        places = [(start, end) for term, _, start, end in scan.pieces(surface) if term in terms]
        for offset in scan.offsets(surface):
            for start, end in places:
                yield offset + start, offset + end


def _phrases(scan: TextScan, positions: _Positions) -> Iterator[tuple[int, int]]:
    counts = [scan.count(terms) for terms in positions]
    if not counts or not all(counts):
        return
    anchor = counts.index(min(counts))  # the rarest token: its places are few to look around
    for surface in scan.surfaces_with(positions[anchor]):
        indexes = [index for index, piece in enumerate(scan.pieces(surface)) if piece[0] in positions[anchor]]
        for offset in scan.offsets(surface):
            for index in indexes:
                span = _phrase_at(scan, positions, anchor, (surface, offset, index))
                if span is not None:
                    yield span


def _phrase_at(
    scan: TextScan, positions: _Positions, anchor: int, place: tuple[str, int, int]
) -> tuple[int, int] | None:
    """The span of the phrase whose token `anchor` is the one at `place` (surface, offset, index), if it is there."""
    surface, offset, index = place
    _, _, low, high = scan.pieces(surface)[index]
    start, end = offset + low, offset + high
    for terms, step in ((positions[anchor + 1 :], 1), (positions[:anchor][::-1], -1)):
        around = list(islice(scan.neighbours(surface, offset, index, step), len(terms)))
        if len(around) < len(terms) or any(token[0] not in set_ for token, set_ in zip(around, terms, strict=True)):
            return None
        start = min([start, *(token[1] for token in around)])
        end = max([end, *(token[2] for token in around)])
    return start, end
