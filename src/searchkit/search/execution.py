"""Runs a plan on one segment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from searchkit.kernels.counting import count_all
from searchkit.kernels.factors import NO_FACTORS, Factors
from searchkit.kernels.ordered import collect
from searchkit.kernels.search import search
from searchkit.search.parts import Ranked, Scratch, SegmentPart
from searchkit.search.plan import Plan
from searchkit.search.scratch import borrow, give_back
from searchkit.search.tree_building import NOWHERE, TreeBuilder

if TYPE_CHECKING:
    from searchkit.kernels.tallies import Tally

__all__ = ["Execution"]


class Execution:
    """A plan on a segment, for documents in its interval of dates. scoring: whether scores are wanted.

    Not for two threads at once.
    """

    __slots__ = ("_part", "_plan", "_scoring", "high", "low")

    def __init__(self, plan: Plan, part: SegmentPart, scoring: bool = True) -> None:
        self._part, self._plan, self._scoring = part, plan, scoring
        self.low, self.high = 0, part.segment.documents
        if plan.since is not None or plan.until is not None:
            self.low, self.high = part.dated(plan.since, plan.until)

    def best(self, count: int, cut: int = 0, factors: Factors = NO_FACTORS) -> list[Ranked]:
        """The best documents, at most `count`, with scores from `cut` on; skips what it can.

        factors: what scores are multiplied by.
        """
        scratch, root = self._prepare()
        if root == NOWHERE:
            return []
        part = self._part
        _, tree, top = scratch
        ranked: list[Ranked] = search(tree, root, top, count, cut, self.low, self.high, part.live, factors, part)  # type: ignore[assignment]
        for column in part.shown:
            column.bring_near(ranked)
        give_back(part, scratch)
        return ranked

    def count(self) -> int:
        """How many documents match."""
        scratch, root = self._prepare()
        if root == NOWHERE:
            return 0
        total: int = count_all(scratch[1], root, self.low, self.high, self._part.live)
        give_back(self._part, scratch)
        return total

    def in_order(self, count: int, low: int, high: int, descending: bool) -> list[Ranked]:
        """The first documents from `low` to `high` that match, at most `count`, in order of their numbers."""
        low, high = max(low, self.low), min(high, self.high)
        if low >= high:
            return []
        scratch, root = self._prepare()
        if root == NOWHERE:
            return []
        part = self._part
        _, tree, top = scratch
        ranked: list[Ranked] = collect(tree, root, top, min(count, high - low), low, high, part.live, descending, part)  # type: ignore[assignment]
        for column in part.shown:
            column.bring_near(ranked)
        give_back(part, scratch)
        return ranked

    def mark(self, bitmap: memoryview, scores: memoryview, factors: Factors = NO_FACTORS) -> int:
        """Sets the bits of all documents that match, and their scores where there is room; returns how many match."""
        from searchkit.kernels.matching import match  # most searches need no more than the best

        scratch, root = self._prepare()
        if root == NOWHERE:
            return 0
        total: int = match(scratch[1], root, self.low, self.high, self._part.live, bitmap, scores)
        give_back(self._part, scratch)
        if factors.count and len(scores):
            factors.multiply(bitmap, scores)
        return total

    def tally(self, counts: Tally) -> int:
        """Adds all documents that match to the counts of a column's values; returns how many match."""
        scratch, root = self._prepare()
        if root == NOWHERE:
            return 0
        total: int = counts.add_matches(scratch[1], root, self.low, self.high, self._part.live)
        give_back(self._part, scratch)
        return total

    def _prepare(self) -> tuple[Scratch, int]:
        """The memory with the plan as a tree over open postings, and the tree's root; or `NOWHERE`, where nothing in
        this segment can match.
        """
        part, plan = self._part, self._plan
        scratch = borrow(part)
        root = NOWHERE
        if plan.root is not None and self.low < self.high:
            root = TreeBuilder(part, scratch, plan.shift, self._scoring).build(plan.root)
        if root == NOWHERE:
            give_back(part, scratch)
        return scratch, root
