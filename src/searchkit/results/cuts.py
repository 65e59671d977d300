"""Where a text may be cut: between sentences, else between words, never within what a reader sees as one character."""

from __future__ import annotations

import re

from searchkit.analysis.surfaces import is_joining_dot
from searchkit.analysis.unicode_words import kinds_of

__all__ = ["last_cut", "next_cut", "sentence_end", "sentence_starts"]

# The end of a sentence: an end mark after three letters or digits (so not after an initial, and few abbreviations) with
# its closing quotes, white space after it and then no small letter; an ideographic end mark; an empty line.
_SENTENCE = re.compile(r"((?<=\w\w\w)[.!?…؟।॥]+[\"'”’»)\]]*(?=\s+[^\sa-z])|[。！？｡]+[」』”’）]*|(?=\n[ \t]*\n))\s*")
_CONTEXT = 16  # characters before a place that tell whether a sentence starts there
_SEARCHED = 60  # characters in which a gap between words is looked for before a worse place is taken
_MODIFIERS = range(0x1F3FB, 0x1F400)  # skin tones of emoji
_REGIONAL = range(0x1F1E6, 0x1F200)  # two of them make a flag


def sentence_starts(text: str, low: int, high: int) -> list[int]:
    """The places in [low, high] where a sentence starts, in order; `high` is within the text and no white space."""
    matches = _SENTENCE.finditer(text, max(0, low - _CONTEXT), high + 1)
    found = [match.end() for match in matches if low <= match.end() <= high]
    return [low, *found] if not text[max(0, low - _CONTEXT) : low].strip() and low < _CONTEXT else found


def sentence_end(text: str, low: int, high: int) -> int | None:
    """The last place in [low, high] where a sentence has ended, or None."""
    ends = [match.end(1) for match in _SENTENCE.finditer(text, max(0, low - _CONTEXT), high + _CONTEXT)]
    return max((end for end in ends if low <= end <= high), default=None)


def next_cut(text: str, low: int, high: int) -> int:
    """The first good place to start at in [low, high], else `high`, which is the start of a word."""
    near = range(low, min(high, low + _SEARCHED))
    return next(
        (place for good in (_is_gap, _is_boundary) for place in near if good(text, place)),
        high,
    )


def last_cut(text: str, low: int, high: int) -> int:
    """The last good place to stop at in [low, high]; where there is none, at least between characters."""
    near = range(high, max(low, high - _SEARCHED) - 1, -1)
    for good, places in ((_is_gap, near), (_is_boundary, range(high, low - 1, -1)), (_is_between, near)):
        for place in places:
            if good(text, place):
                return place
    return high


def _is_gap(text: str, place: int) -> bool:
    """True between words that white space, or nothing at all in their script, holds apart."""
    if not _is_between(text, place):
        return False
    if not 0 < place < len(text) or text[place - 1].isspace() or text[place].isspace():
        return True
    return "d" in kinds_of(text[place - 1 : place + 1])


def _is_boundary(text: str, place: int) -> bool:
    """True between words, and between words and punctuation."""
    if not _is_between(text, place):
        return False
    if not 0 < place < len(text):
        return True
    if is_joining_dot(text, place - 1) or is_joining_dot(text, place):
        return False
    kinds = kinds_of(text[place - 1 : place + 1])
    return kinds[0] not in "wma" or kinds[1] not in "wa"


def _is_between(text: str, place: int) -> bool:
    """True between what a reader sees as two characters."""
    if not 0 < place < len(text):
        return True
    before, after = text[place - 1], text[place]
    if before.isascii() and after.isascii():
        return True
    if kinds_of(after) in "mf" or kinds_of(before) == "f" or ord(after) in _MODIFIERS:
        return False
    return not (ord(before) in _REGIONAL and ord(after) in _REGIONAL)
