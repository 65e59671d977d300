"""Where in a text the targets of a snippet are."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from searchkit.analysis.analyzer import Analyzer
from searchkit.analysis.tokens import Found
from searchkit.results.targets import Target

__all__ = ["Occurrence", "find_occurrences"]

Occurrence = tuple[int, int, int]
"""One place of a target: its start and end in the text, half open, and the target's number."""


def find_occurrences(text: str, targets: tuple[Target, ...], analyzer: Analyzer) -> list[Occurrence]:
    """Every place of every target, by start. The occurrences of a phrase may overlap."""
    tokens = analyzer.find(text, _wanted(targets))
    if not tokens:
        return []
    by_term: dict[str, list[Found]] = {}
    for token in tokens:
        by_term.setdefault(token[1], []).append(token)
    found: list[Occurrence] = []
    for number, target in enumerate(targets):
        if len(target.positions) == 1:
            (terms,) = target.positions
            found += [(token[2], token[3], number) for term in terms & by_term.keys() for token in by_term[term]]
        else:
            found += [(start, end, number) for start, end in _phrases(tokens, by_term, target.positions)]
    found.sort()
    return found


@lru_cache(maxsize=64)
def _wanted(targets: tuple[Target, ...]) -> frozenset[str]:
    return frozenset().union(*(terms for target in targets for terms in target.positions))


def _phrases(
    tokens: list[Found], by_term: dict[str, list[Found]], places: tuple[frozenset[str], ...]
) -> Iterator[tuple[int, int]]:
    """The spans of a phrase.

    Each place of it has a bitmap of the positions where one of its terms stands; shifted by the place and joined by
    "and", what is left are the positions where the phrase starts. So a phrase of thousands of words, in a text that
    repeats them, costs no more than a pass over the text for each.
    """
    if not places or any(by_term.keys().isdisjoint(terms) for terms in places):
        return
    base = tokens[0][0]
    bitmaps: dict[frozenset[str], int] = {}
    starts = -1
    for shift, terms in enumerate(places):
        bitmap = bitmaps.get(terms)
        if bitmap is None:
            standing = (token[0] - base for term in terms & by_term.keys() for token in by_term[term])
            bitmap = bitmaps[terms] = _bitmap(standing, tokens[-1][0] - base + 1)
        starts &= bitmap >> shift
        if not starts:
            return
    by_position = {token[0] - base: token for token in tokens}
    for start in _bits(starts):
        yield by_position[start][2], by_position[start + len(places) - 1][3]


def _bitmap(positions: Iterator[int], size: int) -> int:
    bits = bytearray((size + 7) // 8)
    for position in positions:
        bits[position >> 3] |= 1 << (position & 7)
    return int.from_bytes(bits, "little")


def _bits(bitmap: int) -> Iterator[int]:
    """The numbers of the bits that are set, ascending."""
    digits = bin(bitmap)[:1:-1]
    place = digits.find("1")
    while place >= 0:
        yield place
        place = digits.find("1", place + 1)
