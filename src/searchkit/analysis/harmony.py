"""Turkish vowels that folding took the marks of, put back where vowel harmony tells them, for the stemmer.

The suffixes of a Turkish word follow the vowels of its stem: after a, ı, o, u they have a, ı, u, after e, i, ö, ü they
have e, i, ü. The stemmer strips only suffixes that do. In a folded word ı is i, ö is o and ü is u; but where it has an
a and no e, its i are ı, and where it has an e and no a, its o and u are ö and ü. Words of neither kind stay as they
are, as do loan words that keep no harmony. So "sınırlar" and "SINIRLAR" have the stem of "sınır", typed with or
without marks.
"""

from __future__ import annotations

__all__ = ["harmonised", "unmarked"]

_BACK = str.maketrans("i", "ı")
_FRONT = str.maketrans("ou", "öü")
_UNMARKED = str.maketrans("ıöü", "iou")


def harmonised(word: str) -> str:
    """A folded word with the vowels that its "a" or "e" asks for."""
    if "a" in word:
        return word if "e" in word else word.translate(_BACK)
    return word.translate(_FRONT) if "e" in word else word


def unmarked(stem: str) -> str:
    """The stem of such a word, folded again."""
    return stem.translate(_UNMARKED)
