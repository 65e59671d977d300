# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Runs a plan on segments: plants its tree in memory that is kept for that, and has the kernels evaluate it."""

from __future__ import annotations

from collections.abc import Callable

import cython
from cython.cimports.searchkit.kernels.counting import count_all
from cython.cimports.searchkit.kernels.factors import Factors
from cython.cimports.searchkit.kernels.ordered import collect
from cython.cimports.searchkit.kernels.parts import Part, Scratch
from cython.cimports.searchkit.kernels.ranked import merged
from cython.cimports.searchkit.kernels.search import search
from cython.cimports.searchkit.kernels.strings import StringReader

from searchkit.deadlines import left
from searchkit.kernels.factors import NO_FACTORS

_NOWHERE = cython.declare(cython.longlong, -1)


@cython.cclass
class Execution:
    """A plan on a segment, for documents in its interval of dates. scoring: whether scores are wanted.

    low, high: the documents from `low` up to, not including, `high` are in the interval. Not for two threads at once.
    """

    def __init__(self, plan: object, part: Part, scoring: cython.bint = True) -> None:
        since: object = plan.since
        until: object = plan.until
        self._part, self._plan, self._scoring = part, plan, scoring
        self.low, self.high = 0, part.stop
        if since is not None or until is not None:
            self.low, self.high = part.dated(since, until)

    def best(self, count: cython.uint, factors: Factors = NO_FACTORS) -> list:
        """The best documents, at most `count`, as (score, part, document); skips what it can.

        factors: what scores are multiplied by.
        """
        return self.best_from(0, count, factors)

    @cython.cfunc
    def best_from(self, cut: cython.uint, count: cython.uint, factors: Factors) -> list:
        """The same, of those with scores from `cut` on."""
        part: Part = self._part
        scratch: Scratch = part.borrow(left())
        root: cython.longlong = self._plant(scratch)
        ranked: list
        if root == _NOWHERE:
            return []
        count = min(count, part.stop)
        ranked = search(scratch.tree, root, scratch.top, count, cut, self.low, self.high, part.alive, factors, part)
        self._bring_near(ranked)
        part.give_back(scratch)
        return ranked

    def count(self) -> int:
        """How many documents match."""
        part: Part = self._part
        scratch: Scratch = part.borrow(left())
        root: cython.longlong = self._plant(scratch)
        total: cython.ulonglong
        if root == _NOWHERE:
            return 0
        total = count_all(scratch.tree, root, self.low, self.high, part.alive)
        part.give_back(scratch)
        return total

    def in_order(self, count: cython.uint, low: cython.uint, high: cython.uint, descending: cython.bint) -> list:
        """The first documents from `low` to `high` that match, at most `count`, in order of their numbers."""
        part: Part = self._part
        scratch: Scratch
        root: cython.longlong
        ranked: list
        low, high = max(low, self.low), min(high, self.high)
        if low >= high:
            return []
        scratch = part.borrow(left())
        root = self._plant(scratch)
        if root == _NOWHERE:
            return []
        count = min(count, high - low)
        ranked = collect(scratch.tree, root, scratch.top, count, low, high, part.alive, descending, part)
        self._bring_near(ranked)
        part.give_back(scratch)
        return ranked

    def mark(self, bitmap: memoryview, scores: memoryview, factors: Factors = NO_FACTORS) -> int:
        """Sets the bits of all documents that match, and their scores where there is room; returns how many match."""
        from searchkit.kernels.matching import match  # most searches need no more than the best

        part: Part = self._part
        scratch: Scratch = part.borrow(left())
        root: cython.longlong = self._plant(scratch)
        total: cython.ulonglong
        if root == _NOWHERE:
            return 0
        total = match(scratch.tree, root, self.low, self.high, part.live, bitmap, scores)
        part.give_back(scratch)
        if factors.count and len(scores):
            factors.multiply(bitmap, scores)
        return total

    def tally(self, counts: object) -> int:
        """Adds all documents that match to the counts of a column's values, a `Tally`; returns how many match."""
        part: Part = self._part
        scratch: Scratch = part.borrow(left())
        root: cython.longlong = self._plant(scratch)
        total: cython.ulonglong
        if root == _NOWHERE:
            return 0
        total = counts.add_matches(scratch.tree, root, self.low, self.high, part.live)
        part.give_back(scratch)
        return total

    @cython.cfunc
    def _plant(self, scratch: Scratch) -> cython.longlong:
        """The root of the plan's tree; `NOWHERE` where nothing here can match, and the memory is given back."""
        root: cython.longlong = _NOWHERE
        plan: object = self._plan
        if plan.root is not None and self.low < self.high:
            root = scratch.planting.build(plan.root, self._part, plan.shift, self._scoring)
        if root == _NOWHERE:
            self._part.give_back(scratch)
        return root

    @cython.cfunc
    def _bring_near(self, ranked: list) -> object:
        """What hits are mostly asked for comes from memory."""
        reader: StringReader
        for reader in self._part.shown:
            reader.bring_near(ranked)
        return None


def best_of(plan: object, parts: tuple, count: cython.uint, factors: list, age: Callable) -> list:
    """The best documents of all segments, at most `count`, as (score, part, document).

    factors: what scores are multiplied by, in each of the parts. age: as for `ranked.merged`.
    """
    best: list = []
    found: list
    part: Part
    execution: Execution
    cut: cython.uint = 0
    at: cython.Py_ssize_t
    for at in range(len(parts)):
        execution = Execution(plan, parts[at], True)
        found = execution.best_from(cut, count, factors[at])
        best = merged(best, found, count, age) if best and found else best or found
        if best and len(best) == count:
            cut = best[count - 1][0]
    return best
