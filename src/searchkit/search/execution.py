"""Runs a plan on one segment."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from searchkit.kernels.search import collect, search
from searchkit.kernels.state import State
from searchkit.kernels.top import Top
from searchkit.kernels.tree import Tree
from searchkit.search.leaves import open_term
from searchkit.search.parts import SegmentPart
from searchkit.search.plan import (
    AnyPlan,
    BitmapPlan,
    BooleanPlan,
    PhrasePlan,
    Plan,
    PlanNode,
    SlicePlan,
    TermPlan,
)
from searchkit.search.scoring import quantised
from searchkit.search.scratch import Needs, borrow, give_back
from searchkit.segment.segment import TermRecord

__all__ = ["Execution"]

class Execution:
    """A plan on a segment, for documents dated in [since, until) microseconds (None: no bound).

    Not for two threads at once.
    """

    def __init__(
        self, plan: Plan, part: SegmentPart, since: int | None = None, until: int | None = None, scoring: bool = True
    ) -> None:
        self._part, self._shift, self._scoring = part, plan.shift, scoring
        self.low, self.high = 0, part.segment.documents
        if since is not None or until is not None:
            self.low, self.high = part.dated(since, until)
        self._records: dict[bytes, TermRecord] = {}
        self._root = None if plan.root is None or self.low >= self.high else self._present(plan.root)

    def best(self, count: int, cut: int = 0) -> list[tuple[int, int]]:
        """The best documents as (score, document), at most `count`, with scores of at least `cut`; skips what it can."""
        if self._root is None:
            return []
        top = Top(count, max(cut, self._primed(self._root, count)))
        with self._tree(self._root) as (tree, root):
            search(tree, root, top, self.low, self.high, self._part.live, True)
        ranked: list[tuple[int, int]] = top.ranked()
        return ranked

    def _primed(self, root: PlanNode, count: int) -> int:
        """A score that `count` documents are known to reach: what the best postings of a single word of the union give."""
        whole = (self.low, self.high) == (0, self._part.segment.documents) and not len(self._part.live)
        if isinstance(root, TermPlan):
            terms: list[PlanNode] = [root]
        elif isinstance(root, BooleanPlan) and not root.must and not root.must_not:
            terms = root.should
        else:
            return 0
        best = 0
        for term in terms:
            if whole and isinstance(term, TermPlan) and not term.mask and term.weight is not None:
                byte = self._part.segment.top(self._records[term.key], count)
                if byte:
                    best = max(best, (quantised(self._shift, term.weight) * self._part.least[byte] >> 32) + 1)
        return best

    def count(self) -> int:
        """How many documents match."""
        if self._root is None:
            return 0
        with self._tree(self._root) as (tree, root):
            total: int = search(tree, root, Top(0), self.low, self.high, self._part.live, False)
        return total

    def in_order(self, count: int, low: int, high: int, descending: bool) -> list[tuple[int, int]]:
        """The first documents from `low` to `high` that match, in order of their numbers, as (score, document)."""
        low, high = max(low, self.low), min(high, self.high)
        if self._root is None or low >= high:
            return []
        count = min(count, high - low)
        documents, scores = (memoryview(bytearray(4 * count)).cast("I") for _ in range(2))
        with self._tree(self._root) as (tree, root):
            found = collect(tree, root, low, high, self._part.live, descending, documents, scores)
        return list(zip(scores[:found], documents[:found], strict=True))

    @contextmanager
    def _tree(self, root: PlanNode) -> Iterator[tuple[Tree, int]]:
        """The plan as a tree over open postings, and the number of its root."""
        measure = _Measure(self._records)
        measure.needs.levels = measure.visit(root) + 1
        bitmaps = b"".join([made.make(self._part) for made in measure.bitmaps])
        state, tree = borrow(self._part, measure.needs, bitmaps)
        yield tree, _Builder(self._part, self._records, self._shift, self._scoring, state, tree).node(root)
        give_back(self._part, state, tree)

    def _present(self, node: PlanNode) -> PlanNode | None:
        """The part of the plan that can match in this segment; None where nothing can."""
        if isinstance(node, TermPlan):
            return node if self._record(node.key) is not None else None
        if isinstance(node, PhrasePlan):
            return self._present_phrase(node)
        if isinstance(node, AnyPlan):
            keys = tuple(key for key in node.keys if self._record(key) is not None)
            return AnyPlan(keys, node.weight, node.mask) if keys else None
        if not isinstance(node, BooleanPlan):
            return node
        must = [self._present(child) for child in node.must]
        if None in must:
            return None
        should = [found for child in node.should if (found := self._present(child)) is not None]
        if not must and not should:
            return None
        must_not = [found for child in node.must_not if (found := self._present(child)) is not None]
        return BooleanPlan(must, should, must_not)  # type: ignore[arg-type]

    def _present_phrase(self, node: PhrasePlan) -> PhrasePlan | None:
        if any(self._record(key) is None for key in node.keys):
            return None
        if node.alternatives is None:
            return node
        keys = tuple(key for key in node.alternatives if self._record(key) is not None)
        return PhrasePlan(node.keys, node.weight, node.mask, keys) if keys else None

    def _record(self, key: bytes) -> TermRecord | None:
        found = self._part.segment.term(key)
        if found is not None:
            self._records[key] = found
        return found


class _Builder:
    """Makes a tree of a plan, children first."""

    def __init__(
        self,
        part: SegmentPart,
        records: dict[bytes, TermRecord],
        shift: int,
        scoring: bool,
        state: State,
        tree: Tree,
    ) -> None:
        self._part, self._records, self._shift, self._scoring = part, records, shift, scoring
        self._state, self._made = state, tree
        self._next_bitmap = 0

    def node(self, node: PlanNode) -> int:
        """Adds a node, its children first; returns its number."""
        tree = self._made
        number: int
        if isinstance(node, TermPlan):
            number = tree.term(self._leaf(node.key, node.weight, node.mask))
        elif isinstance(node, BooleanPlan):
            must, should, must_not = (
                [self.node(child) for child in children] for children in (node.must, node.should, node.must_not)
            )
            number = tree.boolean(must, should, must_not)
        elif isinstance(node, PhrasePlan):
            number = self._phrase(tree, node)
        elif isinstance(node, AnyPlan):
            first = self._state.leaves
            for key in node.keys:
                self._leaf(key, None, node.mask)
            number = tree.any(first, len(node.keys), self._quantised(node.weight))
        elif isinstance(node, SlicePlan):
            number = tree.slice(*self._part.dated(node.low, node.high), self._quantised(node.weight))
        elif isinstance(node, BitmapPlan):
            size = (self._part.segment.documents + 4095) // 4096 * 512
            number = tree.bitmap(self._next_bitmap * size, 0)
            self._next_bitmap += 1
        else:
            number = tree.all()
        return number

    def _phrase(self, tree: Tree, node: PhrasePlan) -> int:
        first = self._state.leaves
        ends: tuple[tuple[bytes, ...], ...] = ((),)
        if node.alternatives is not None:
            ends = tuple((key,) for key in node.alternatives)
        for end in ends:
            for key in node.keys + end:
                self._leaf(key, node.weight, node.mask)
        length = len(node.keys) + len(ends[0])
        number: int = tree.phrase(first, list(range(length)), len(ends))
        return number

    def _leaf(self, key: bytes, weight: float | None, mask: int) -> int:
        scoring = weight is not None and self._scoring
        return open_term(self._state, self._records[key], self._quantised(weight), scoring, mask)

    def _quantised(self, weight: float | None) -> int:
        return 0 if weight is None else quantised(self._shift, weight)


class _Measure:
    """Counts what a plan needs, so that the memory for it can be had at once."""

    def __init__(self, records: dict[bytes, TermRecord]) -> None:
        self._records = records
        self.needs = Needs(0, 0, 0)
        self.bitmaps: list[BitmapPlan] = []

    def visit(self, node: PlanNode) -> int:
        """Counts a node and all below it; returns how many levels they have."""
        self.needs.nodes += 1
        if isinstance(node, TermPlan):
            self._count(node.key)
        elif isinstance(node, AnyPlan):
            for key in node.keys:
                self._count(key)
        elif isinstance(node, PhrasePlan):
            self._count_phrase(node)
        elif isinstance(node, BitmapPlan):
            self.bitmaps.append(node)
        elif isinstance(node, BooleanPlan):
            children = [*node.must, *node.should, *node.must_not]
            return 1 + max(map(self.visit, children))
        return 1

    def _count_phrase(self, node: PhrasePlan) -> None:
        self.needs.phrases = True
        several = (None,) if node.alternatives is None else node.alternatives
        self.needs.alternatives |= len(several) > 1
        for end in several:
            for key in node.keys if end is None else (*node.keys, end):
                self.needs.nodes += 1
                self._count(key)

    def _count(self, key: bytes) -> None:
        record = self._records[key]
        self.needs.leaves += 1
        if record.frequent < 0:
            self.needs.rare += record.frequency
