# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Runs a plan on segments: plants its tree in memory that is kept for that, and has the kernels evaluate it."""

from __future__ import annotations

from collections.abc import Callable

import cython
from cython.cimports.searchkit.kernels.counting import count_all
from cython.cimports.searchkit.kernels.factors import Factors
from cython.cimports.searchkit.kernels.ordered import collect
from cython.cimports.searchkit.kernels.parts import Part, Scratch
from cython.cimports.searchkit.kernels.plans import Plan
from cython.cimports.searchkit.kernels.ranked import merged
from cython.cimports.searchkit.kernels.search import prepare, run
from cython.cimports.searchkit.kernels.strings import StringReader

from searchkit.deadlines import left
from searchkit.kernels.factors import NO_FACTORS

MOST = (1 << 32) - 1
"""Documents that a segment may have, and that can be asked for."""

_NOWHERE = cython.declare(cython.longlong, -1)


@cython.cclass
class Execution:
    """A plan on a segment, for documents in its interval of dates. scoring: whether scores are wanted.

    low, high: the documents from `low` up to, not including, `high` are in the interval. Not for two threads at once.
    """

    def __init__(self, plan: Plan, part: Part, scoring: cython.bint = True) -> None:
        self._part, self._plan, self._scoring, self._scratch = part, plan, scoring, None
        self.low, self.high = 0, part.stop
        if plan.since is not None or plan.until is not None:
            self.low, self.high = part.dated(plan.since, plan.until)

    @cython.ccall
    @cython.exceptval(0, check=True)
    def count(self) -> cython.ulonglong:
        """How many documents match."""
        scratch: Scratch = self._planted()
        total: cython.ulonglong
        if scratch is None:
            return 0
        total = count_all(scratch.tree, scratch.root, self.low, self.high, self._part.alive)
        self._part.give_back(scratch)
        return total

    @cython.ccall
    def in_order(self, count: cython.uint, low: cython.uint, high: cython.uint, descending: cython.bint) -> list:
        """The first documents from `low` to `high` that match, at most `count`, in order of their numbers."""
        part: Part = self._part
        scratch: Scratch
        ranked: list
        low, high = max(low, self.low), min(high, self.high)
        if low >= high:
            return []
        scratch = self._planted()
        if scratch is None:
            return []
        count = min(count, high - low)
        ranked = collect(scratch.tree, scratch.root, scratch.top, count, low, high, part.alive, descending, part)
        self._bring_near(ranked)
        part.give_back(scratch)
        return ranked

    def mark(self, bitmap: memoryview, scores: memoryview, factors: Factors = NO_FACTORS) -> int:
        """Sets the bits of all documents that match, and their scores where there is room; returns how many match."""
        from searchkit.kernels.matching import match  # most searches need no more than the best

        scratch: Scratch = self._planted()
        total: cython.ulonglong
        if scratch is None:
            return 0
        total = match(scratch.tree, scratch.root, self.low, self.high, self._part.live, bitmap, scores)
        self._part.give_back(scratch)
        if factors.count and len(scores):
            factors.multiply(bitmap, scores)
        return total

    def tally(self, counts: object) -> int:
        """Adds all documents that match to the counts of a column's values, a `Tally`; returns how many match."""
        scratch: Scratch = self._planted()
        total: cython.ulonglong
        if scratch is None:
            return 0
        total = counts.add_matches(scratch.tree, scratch.root, self.low, self.high, self._part.live)
        self._part.give_back(scratch)
        return total

    @cython.cfunc
    def _planted(self) -> Scratch:
        """Memory with the plan's tree in it, to be given back; None where nothing in this segment can match."""
        part: Part = self._part
        plan: Plan = self._plan
        scratch: Scratch
        root: cython.longlong
        if plan.root is None or self.low >= self.high:
            return None
        scratch = part.borrow(left())
        root = scratch.planting.build(plan.root, part, plan.shift, self._scoring)
        if root == _NOWHERE:
            part.give_back(scratch)
            return None
        scratch.root = root
        return scratch

    @cython.cfunc
    def _bring_near(self, ranked: list) -> object:
        """What hits are mostly asked for comes from memory."""
        reader: StringReader
        for reader in self._part.shown:
            reader.bring_near(ranked)
        return None


@cython.ccall
def best_of(plan: Plan, parts: tuple, count: cython.uint, factors: list | None, age: Callable) -> list:
    """The best documents of all segments, at most `count`, as (score, part, document).

    factors: what scores are multiplied by, in each of the parts; None: by nothing. age: as for `ranked.merged`.
    """
    best: list = []
    found: list
    executions: list = []
    part: Part
    execution: Execution
    scratch: Scratch
    first: Scratch = None
    before: Scratch = None
    documents: cython.ulonglong = 0
    least: cython.uint
    at: cython.Py_ssize_t
    for at in range(len(parts)):
        part = parts[at]
        documents += part.stop
        execution = Execution(plan, part, True)
        scratch = execution._planted()
        if scratch is None:
            continue
        prepare(
            scratch,
            min(count, part.stop),
            execution.low,
            execution.high,
            NO_FACTORS if factors is None else factors[at],
        )
        if before is None:
            first = scratch
        else:
            before.following = scratch
        before = scratch
        execution._scratch = scratch
        executions.append(execution)
    if first is None:
        return best
    run(first, first.best, cython.cast(cython.uint, min(count, documents)))
    least = first.best.cut
    for execution in executions:
        scratch = execution._scratch
        found = scratch.top.ranked(execution._part, least)
        execution._bring_near(found)
        scratch.following = scratch.factors = None
        execution._part.give_back(scratch)
        best = merged(best, found, count, age) if best and found else best or found
    return best


@cython.ccall
def all_by_date(plan: Plan, parts: tuple, wanted: cython.Py_ssize_t, descending: cython.bint, age: Callable) -> list:
    """As `first_by_date`, of all documents of all segments."""
    dated: list = [(part, part.undated, part.stop) for part in parts]
    undated: list = [(part, 0, part.undated) for part in parts]
    return first_by_date(plan, dated, undated, wanted, descending, age)


@cython.ccall
def first_by_date(
    plan: Plan, dated: list, undated: list, wanted: cython.Py_ssize_t, descending: cython.bint, age: Callable
) -> list:
    """The first documents that match in the order of their dates, at most `wanted`, as (score, part, document).

    dated, undated: of each segment a slice, (part, the first document, the one after the last). age: orders them.
    """
    found: list = _first_of(plan, dated, wanted, descending, age)
    # The undated come last, and mostly nobody needs them: to look there is to build the query's tree once more.
    if len(found) < wanted:
        found = found + _first_of(plan, undated, wanted - len(found), descending, age)
    return found


@cython.cfunc
def _first_of(plan: Plan, slices: list, wanted: cython.Py_ssize_t, descending: cython.bint, age: Callable) -> list:
    found: list = []
    ages: list
    execution: Execution
    low: cython.uint
    high: cython.uint
    one: tuple
    for one in slices:
        low, high = one[1], one[2]
        if low < high:
            execution = Execution(plan, one[0], True)
            found += execution.in_order(min(wanted, high - low), low, high, descending)
    if len(slices) == 1:
        return found
    ages = [age(one[1], one[2]) for one in found]
    return [found[at] for at in sorted(range(len(found)), key=ages.__getitem__, reverse=descending)[:wanted]]


@cython.ccall
@cython.exceptval(0, check=True)
def count_of(plan: Plan, parts: tuple) -> cython.ulonglong:
    """How many documents of all segments match."""
    total: cython.ulonglong = 0
    execution: Execution
    at: cython.Py_ssize_t
    for at in range(len(parts)):
        execution = Execution(plan, parts[at], False)
        total += execution.count()
    return total
