"""Splitting one surface into words, by the categories of Unicode.

Letters, digits and the marks on them make words; an apostrophe between two letters stays inside; joiners, soft hyphens
and other format characters are part of the word that they stand in; everything else separates. Runs of scripts without
spaces are words of their own kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import category, normalize

from searchkit.analysis.folding import is_apostrophe
from searchkit.analysis.ideographs import is_dense

__all__ = ["kinds_of", "words"]

_ZERO_WIDTH_SPACE = 0x200B
_FRACTION_SLASH = "\u2044"
# Hangul vowels and finals, and the half-width sound marks: letters by category, but parts of the character before.
_CONTINUING = (range(0x1160, 0x1200), range(0xD7B0, 0xD800), range(0xFF9E, 0xFFA0))
# The kinds: w letter or digit, d letter of a script without spaces, m mark, f format, a apostrophe, x fraction, blank
# the rest.
_WORD = re.compile(r"w(?:f*[wm]|f*af*(?=w))*|d(?:f*[dm])*|x")


def words(surface: str) -> Iterator[tuple[int, int, str]]:
    """The words of a surface, as (start, end, kinds): offsets in the surface, and the kind of each character.

    A word whose kinds start with "d" is a run of a script without spaces.
    """
    kinds = kinds_of(surface)
    return ((match.start(), match.end(), match[0]) for match in _WORD.finditer(kinds))


def kinds_of(text: str) -> str:
    """The kind of each character, one letter a character."""
    return text.translate(_kinds)


class _Kinds(dict[int, str]):
    """Code point → its kind, found on first use."""

    def __missing__(self, code: int) -> str:
        kind = self[code] = _kind(chr(code))
        return kind


_kinds = _Kinds()


def _kind(character: str) -> str:
    code, major = ord(character), category(character)
    if is_apostrophe(character):
        return "a"
    if any(code in block for block in _CONTINUING) or major[0] == "M":
        return "m"
    if major == "Nd":
        return "w"
    if major == "No" and _FRACTION_SLASH in normalize("NFKC", character):
        return "x"
    if is_dense(code) and (major[0] in "LN" or code >= 0x20000):
        return "d"
    if major[0] in "LN":
        return "w"
    return "f" if major == "Cf" and code != _ZERO_WIDTH_SPACE else " "
