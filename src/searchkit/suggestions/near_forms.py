"""Words of the dictionary that are a few edits away from a word that may be misspelt.

An edit is one of a fuzzy word's: see `kernels.distances`. People seldom get the first letter wrong, so words that begin
otherwise count only where they are one edit away.
"""

from __future__ import annotations

from array import array

from searchkit.search.snapshot import Snapshot

__all__ = ["near_forms"]

_ENTRY = (1 << 32) - 1


def near_forms(snapshot: Snapshot, word: str, most: int, base: bytes = b"") -> dict[str, int]:
    """The forms at most `most` edits from a folded word, each with its distance; the word itself is none of them.

    base: what the keys of the forms begin with in the dictionary: of a keyword field, whose terms are its forms.
    """
    codes = array("I", map(ord, word))
    found: dict[str, int] = {}
    for part in snapshot.parts:
        matcher = part.segment.matcher
        ranks = matcher.like(base, False, codes, most) if base else matcher.forms_like(b"", codes, most)
        entries = [rank & _ENTRY for rank in ranks]
        for key, rank in zip(matcher.keys(entries), ranks, strict=True):
            form, distance = key[len(base) :].decode("utf-8", "replace"), rank >> 61
            if form[:1] == word[:1] or distance == 1:
                found[form] = distance
    found.pop(word, None)
    return found
