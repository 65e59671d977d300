"""Runs a plan on one segment."""

from __future__ import annotations

from searchkit.kernels.search import collect, search
from searchkit.search.parts import Scratch, SegmentPart
from searchkit.search.plan import BooleanPlan, Plan, PlanNode, TermPlan
from searchkit.search.pruning import Pruner
from searchkit.search.scoring import quantised
from searchkit.search.scratch import borrow, give_back
from searchkit.search.tree_building import TreeBuilder

__all__ = ["Execution"]


class Execution:
    """A plan on a segment, for documents dated in [since, until) microseconds (None: no bound).

    Not for two threads at once.
    """

    __slots__ = ("_needs", "_part", "_plan", "_records", "_scoring", "high", "low")

    def __init__(
        self, plan: Plan, part: SegmentPart, since: int | None = None, until: int | None = None, scoring: bool = True
    ) -> None:
        self._part, self._plan, self._scoring = part, plan, scoring
        self.low, self.high = 0, part.segment.documents
        if since is not None or until is not None:
            self.low, self.high = part.dated(since, until)

    def best(self, count: int, cut: int = 0) -> list[tuple[int, int]]:
        """The best documents as (score, document), at most `count`, with scores from `cut` on; skips what it can."""
        prepared = self._prepare()
        if prepared is None:
            return []
        scratch, number, root = prepared
        _, tree, top = scratch
        top.reset(count, max(cut, self._primed(root, count)))
        search(tree, number, top, self.low, self.high, self._part.live, True)
        ranked: list[tuple[int, int]] = top.ranked()
        give_back(self._part, scratch)
        return ranked

    def count(self) -> int:
        """How many documents match."""
        prepared = self._prepare()
        if prepared is None:
            return 0
        scratch, number, _ = prepared
        _, tree, top = scratch
        top.reset(0, 0)
        total: int = search(tree, number, top, self.low, self.high, self._part.live, False)
        give_back(self._part, scratch)
        return total

    def in_order(self, count: int, low: int, high: int, descending: bool) -> list[tuple[int, int]]:
        """The first documents from `low` to `high` that match, in order of their numbers, as (score, document)."""
        low, high = max(low, self.low), min(high, self.high)
        prepared = self._prepare() if low < high else None
        if prepared is None:
            return []
        scratch, number, _ = prepared
        count = min(count, high - low)
        documents, scores = (memoryview(bytearray(4 * count)).cast("I") for _ in range(2))
        found = collect(scratch[1], number, low, high, self._part.live, descending, documents, scores)
        give_back(self._part, scratch)
        return list(zip(scores[:found], documents[:found], strict=True))

    def _prepare(self) -> tuple[Scratch, int, PlanNode] | None:
        """The plan as a tree over open postings: the memory, the tree's root, and what of the plan it stands for.

        None where nothing in this segment can match.
        """
        if self._plan.root is None or self.low >= self.high:
            return None
        pruner = Pruner(self._part)
        root = pruner.prune(self._plan.root)
        if root is None:
            return None
        self._records = pruner.records
        bitmaps = b"".join([made.make(self._part) for made in pruner.bitmaps]) if pruner.bitmaps else b""
        scratch = borrow(self._part, pruner.needs, bitmaps)
        builder = TreeBuilder(self._part, pruner.records, self._plan.shift, self._scoring, scratch[0], scratch[1])
        return scratch, builder.node(root), root

    def _primed(self, root: PlanNode, count: int) -> int:
        """A score that `count` documents are known to reach: what the best postings of one word of the union give."""
        part = self._part
        if self.low > 0 or self.high < part.segment.documents or len(part.live):
            return 0
        if type(root) is TermPlan:
            terms: list[PlanNode] = [root]
        elif type(root) is BooleanPlan and not root.must and not root.must_not:
            terms = root.should
        else:
            return 0
        best = 0
        for term in terms:
            if type(term) is TermPlan and not term.mask and term.weight is not None:
                byte = part.segment.top(self._records[term.key], count)
                if byte:
                    best = max(best, (quantised(self._plan.shift, term.weight) * part.least[byte] >> 32) + 1)
        return best
