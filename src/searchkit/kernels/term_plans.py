# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""The leaves of most plans: a term, and what it is worth."""

from __future__ import annotations

from typing import Any

import cython


@cython.cclass
class TermPlan:
    """The documents that have a term.

    key: in the dictionary. weight: boost times idf, or None for a filter. mask: number of the zones that count
        (0: all).
    """

    def __init__(self, key: bytes, weight: Any, mask: cython.uint = 0) -> None:
        self.key, self.weight, self.mask = key, weight, mask

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, TermPlan):
            return False
        return self.key == other.key and self.weight == other.weight and self.mask == other.mask

    def __repr__(self) -> str:
        return f"TermPlan(key={self.key!r}, weight={self.weight!r}, mask={self.mask!r})"
