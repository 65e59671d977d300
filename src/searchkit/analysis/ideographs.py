"""Text without spaces between words, made searchable by pairs of neighbouring characters.

A run of Chinese, Japanese, Korean, Thai, Lao, Khmer or Burmese is cut into characters (each with its combining marks);
every two neighbours make a token, and the last character one more. So any part of a run is found as a phrase of pairs,
and a single character as the prefix of a pair or the last of its run.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import pairwise

from searchkit.analysis.folding import fold

__all__ = ["is_dense", "pairs"]

_BLOCKS = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Myanmar
    (0x1100, 0x115F),  # Hangul leading consonants; the vowels and finals after them count as marks
    (0x1780, 0x17FF),  # Khmer
    (0x3005, 0x3007),
    (0x3021, 0x3029),
    (0x3031, 0x3035),
    (0x3038, 0x303C),
    (0x3041, 0x30FF),  # kana
    (0x3105, 0x31FF),  # Bopomofo, Hangul compatibility letters, kana extensions
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xA960, 0xA97F),
    (0xAC00, 0xD7A3),
    (0xF900, 0xFAFF),
    (0xFF66, 0xFF9D),  # half-width kana; their two sound marks count as marks
    (0xFFA0, 0xFFDC),
    (0x1B000, 0x1B16F),
    (0x20000, 0x3FFFD),
)
_STARTS = [start for start, _ in _BLOCKS]
_CHARACTER = re.compile("d[mf]*")


def is_dense(code: int) -> bool:
    """True for a code point in a block of a script without spaces between words (whether or not it is a letter)."""
    block = bisect_right(_STARTS, code) - 1
    return block >= 0 and code <= _BLOCKS[block][1]


def pairs(run: str, kinds: str) -> list[tuple[str, int, int]]:
    """The tokens of a run, as (form, start, end) with offsets in the run; `kinds` holds the kind of each character."""
    if len(kinds) == kinds.count("d") and fold(run) == run:
        units = [(character, place, place + 1) for place, character in enumerate(run)]
    else:
        spans = [match.span() for match in _CHARACTER.finditer(kinds)]
        units = [(folded, start, end) for start, end in spans if (folded := fold(run[start:end]))]
    found = [(first[0] + second[0], first[1], second[2]) for first, second in pairwise(units)]
    return found + units[-1:]
