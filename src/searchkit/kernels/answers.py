# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""What a plan found."""

from __future__ import annotations

import cython
from cython.cimports.searchkit.kernels.execution import count_of
from cython.cimports.searchkit.kernels.plans import Plan


@cython.cclass
class Answer:
    """ranked: the hits asked for, in order, one at least where any document matches; their scores are to be multiplied
    by `scale`. plan: what was run. partial: whether nothing matched all, and these match a part. parts: the segments
    that were searched.
    """

    def __init__(self, ranked: list, plan: Plan, partial: cython.bint, parts: tuple) -> None:
        self.ranked, self.plan, self.partial, self.parts = ranked, plan, partial, parts

    @property
    def scale(self) -> float:
        """What scores are multiplied by."""
        return 2.0**-self.plan.shift

    def count(self) -> int:
        """Counts all that match."""
        return count_of(self.plan, self.parts)
