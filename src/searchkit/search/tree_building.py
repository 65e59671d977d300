"""From a plan to the tree that the kernels evaluate."""

from __future__ import annotations

from searchkit.kernels.state import State
from searchkit.kernels.tree import Tree
from searchkit.search.leaves import open_term
from searchkit.search.parts import SegmentPart
from searchkit.search.plan import AnyPlan, BitmapPlan, BooleanPlan, PhrasePlan, PlanNode, SlicePlan, TermPlan
from searchkit.search.scoring import quantised
from searchkit.segment.segment import TermRecord

__all__ = ["TreeBuilder"]


class TreeBuilder:
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
