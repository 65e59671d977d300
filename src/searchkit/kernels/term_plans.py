# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""The leaves of most plans, and what is known of the words that they stand for: made for each new word of a query."""

from __future__ import annotations

from typing import Any

import cython

from searchkit.kernels.nodes import TERM


@cython.cclass
class TermPlan:
    """The documents that have a term.

    key: in the dictionary. weight: boost times idf, or None for a filter. mask: number of the zones that count
        (0: all).
    """

    kind = TERM

    def __init__(self, key: bytes, weight: Any, mask: cython.uint = 0) -> None:
        self.key, self.weight, self.mask = key, weight, mask

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, TermPlan):
            return False
        return self.key == other.key and self.weight == other.weight and self.mask == other.mask

    def __repr__(self) -> str:
        return f"TermPlan(key={self.key!r}, weight={self.weight!r}, mask={self.mask!r})"


@cython.cclass
class KnownWord:
    """is_stop: whether it is a stop word in the languages of all text fields. key: of its term, where it is a single
    one, the same in all fields, as nearly every word is; else None. mask: number of the zones of all fields.

    scored, unscored: the plans of the term where it adds to a score, and where it does not, each None until it was
    looked up; weight: of the former.
    """

    def __init__(self, is_stop: bool, key: bytes | None, mask: cython.uint) -> None:
        self.is_stop, self.key, self.mask, self.weight = is_stop, key, mask, 0.0
        self.scored = self.unscored = None


def weigh(word: KnownWord, weight: float | None) -> None:
    """Makes the plans of a word that has a key: the one for matches, and with a weight the one for scores."""
    word.unscored = TermPlan(word.key, None, word.mask)
    if weight is not None:
        word.weight = weight
        word.scored = TermPlan(word.key, weight, word.mask)
