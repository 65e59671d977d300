"""Where in a text the targets of a snippet are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from searchkit.analysis.analyzer import Analyzer
from searchkit.analysis.tokens import Found
from searchkit.results.targets import Target
from searchkit.search.proximity import near_pairs, same_before, sloppy_matches

__all__ = ["Marks", "Occurrence", "find_occurrences"]

Occurrence = tuple[int, int, int]
"""One place of a target: its start and end in the text, half open, and the target's number."""

Marks = dict[Occurrence, list[tuple[int, int]]]
"""Of places that have other words in them too, the spans of the words that were looked for."""

_SHORT = 8
"""Words of a phrase that is looked for word by word; longer ones, in a text that repeats them, would take too long."""

_MOST_WINDOWS = 1_000
"""Places of one sloppy phrase or pair that are looked for in a text: more than any snippet shows."""


def find_occurrences(
    text: str, targets: tuple[Target, ...], analyzer: Analyzer, marks: Marks | None = None
) -> list[Occurrence]:
    """Every place of every target, by start; of sloppy phrases and pairs the first thousand. The occurrences of a
    phrase may overlap.

    marks: gets what is to be marked in places of sloppy phrases and pairs.
    """
    terms, words, short, phrases = _sought(targets)
    tokens = analyzer.find(text, terms)
    if not tokens:
        return []
    found = [(start, end, number) for _, term, start, end in tokens for number in words.get(term, ())] if words else []
    for number, target in short:
        found += [(first[2], last[3], number) for first, last in _in_a_row(tokens, target.positions)]
    by_term: dict[str, list[Found]] = {}
    for token in tokens if phrases else ():
        by_term.setdefault(token[1], []).append(token)
    for number, target in phrases:
        if not target.reach:
            spans = {token[0]: token for token in tokens}
            last = len(target.positions) - 1
            starts = _starts(tokens, by_term, target.positions)
            found += [(spans[start][2], spans[start + last][3], number) for start in starts]
        else:
            windows = _windows(tokens, by_term, target, number, {} if marks is None else marks)
            found += islice(windows, _MOST_WINDOWS)
    found.sort()
    return found


class _Sought(NamedTuple):
    """What is looked for in each text of an answer.

    terms: of all targets. words: term → the numbers of the targets that are single words and may be that. short: short
    phrases, with their numbers. phrases: the other targets, with theirs.
    """

    terms: frozenset[str]
    words: dict[str, list[int]]
    short: list[tuple[int, Target]]
    phrases: list[tuple[int, Target]]


@lru_cache(maxsize=64)
def _sought(targets: tuple[Target, ...]) -> _Sought:
    words: dict[str, list[int]] = {}
    short: list[tuple[int, Target]] = []
    phrases: list[tuple[int, Target]] = []
    for number, target in enumerate(targets):
        if len(target.positions) != 1:
            is_short = 1 < len(target.positions) <= _SHORT and not target.reach
            (short if is_short else phrases).append((number, target))
            continue
        for term in target.positions[0]:
            words.setdefault(term, []).append(number)
    terms = frozenset().union(*(terms for target in targets for terms in target.positions))
    return _Sought(terms, words, short, phrases)


def _in_a_row(tokens: list[Found], places: tuple[frozenset[str], ...]) -> Iterator[tuple[Found, Found]]:
    """The first and the last token of each place of a short phrase, by a look at each token."""
    more = len(places) - 1
    head, tail = places[0], places[-1]
    for number, (first, last) in enumerate(zip(tokens, tokens[more:], strict=False)):
        # Positions are distinct: so many tokens within so many places are neighbours.
        if first[1] in head and last[1] in tail and last[0] - first[0] == more:
            for place in range(1, more):
                if tokens[number + place][1] not in places[place]:
                    break
            else:
                yield first, last


def _windows(
    tokens: list[Found], by_term: dict[str, list[Found]], target: Target, number: int, marks: Marks
) -> Iterator[Occurrence]:
    """The places of a sloppy phrase, or of a pair."""
    spans = {token[0]: (token[2], token[3]) for token in tokens}
    words = _pairs(tokens, by_term, target) if target.split else _sloppy(by_term, target)
    for positions in words:
        marked = sorted({spans[position] for position in positions})
        place = marked[0][0], max(end for _, end in marked), number
        marks[place] = marked
        yield place


def _sloppy(by_term: dict[str, list[Found]], target: Target) -> Iterator[Iterable[int]]:
    """The positions of the words of a sloppy phrase, for each place where it stands."""
    words = []
    for terms in target.positions:
        words.append(sorted(token[0] for term in terms & by_term.keys() for token in by_term[term]))
    return (positions for _, positions in sloppy_matches(words, same_before(target.positions), target.reach))


def _pairs(tokens: list[Found], by_term: dict[str, list[Found]], target: Target) -> Iterator[Iterable[int]]:
    """The positions of the words of a pair, for each place where it stands."""
    sides = target.positions[: target.split], target.positions[target.split :]
    left, right = (list(_starts(tokens, by_term, side)) for side in sides)
    for first, second in near_pairs(left, len(sides[0]), right, len(sides[1]), target.reach):
        yield [*range(*first), *range(*second)]


def _starts(tokens: list[Found], by_term: dict[str, list[Found]], places: tuple[frozenset[str], ...]) -> Iterator[int]:
    """The positions where a phrase starts.

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
    for start in _bits(starts):
        yield base + start


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
