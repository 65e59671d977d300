"""What single characters become in a folded word, for those where that depends on no neighbour and is ASCII."""

from __future__ import annotations

from array import array
from functools import cache

from searchkit.analysis.folding import fold
from searchkit.analysis.unicode_words import kinds_of

__all__ = ["spellings"]

# Latin letters, and the punctuation that is written with them.
_LOOKED_AT = (range(0x250), range(0x1E00, 0x1F00), range(0x2000, 0x2070))
_LETTERS = 2


@cache
def spellings() -> memoryview:
    """By code point: the one or two ASCII letters or digits that a character becomes, the first in the low byte; a
    space for what separates words; an apostrophe for its kin; 0 for all else. The dot is all else, since it joins
    acronyms.
    """
    table = array("H", bytes(2 * _LOOKED_AT[-1].stop))
    for codes in _LOOKED_AT:
        for code, kind in zip(codes, kinds_of("".join(map(chr, codes))), strict=True):
            folded = {" ": " ", "a": "'"}.get(kind) or (fold(chr(code)) if kind == "w" else "")
            if len(folded) <= _LETTERS and folded.isascii() and (kind != "w" or folded.isalnum()):
                table[code] = int.from_bytes(folded.encode(), "little")
    table[ord(".")] = 0
    return memoryview(table).toreadonly()
