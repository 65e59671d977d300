"""What of a plan can match in one segment, and how much memory running it takes."""

from __future__ import annotations

from searchkit.search.parts import SegmentPart
from searchkit.search.plan import AnyPlan, BitmapPlan, BooleanPlan, PhrasePlan, PlanNode, TermPlan
from searchkit.search.scratch import Needs
from searchkit.segment.segment import TermRecord

__all__ = ["Pruner"]


class Pruner:
    """Leaves out of a plan what cannot match in a segment, and looks its terms up.

    records: key → the term's record. needs: of what is left, and of what was looked at before it turned out to match
        nothing.
    bitmaps: those that are needed, in order.
    """

    __slots__ = ("_part", "bitmaps", "needs", "records")

    def __init__(self, part: SegmentPart) -> None:
        self._part = part
        self.records: dict[bytes, TermRecord] = {}
        self.needs = Needs(0, 0, 0)
        self.bitmaps: list[BitmapPlan] = []

    def prune(self, node: PlanNode, level: int = 2) -> PlanNode | None:
        """The part of a plan that can match; None where nothing can."""
        needs = self.needs
        needs.nodes += 1
        if level > needs.levels:
            needs.levels = level
        kind = type(node)
        if kind is TermPlan:
            return node if self._has(node.key) else None  # type: ignore[union-attr]
        if kind is BooleanPlan:
            return self._boolean(node, level)  # type: ignore[arg-type]
        if kind is PhrasePlan:
            return self._phrase(node)  # type: ignore[arg-type]
        if kind is AnyPlan:
            keys = tuple(filter(self._has, node.keys))  # type: ignore[union-attr]
            return AnyPlan(keys, node.weight, node.mask) if keys else None  # type: ignore[union-attr]
        if kind is BitmapPlan:
            self.bitmaps.append(node)  # type: ignore[arg-type]
        return node

    def _boolean(self, node: BooleanPlan, level: int) -> BooleanPlan | None:
        bitmaps = len(self.bitmaps)
        must = [self.prune(child, level + 1) for child in node.must]
        if None not in must:
            should = [found for child in node.should if (found := self.prune(child, level + 1)) is not None]
            if must or should:
                must_not = [found for child in node.must_not if (found := self.prune(child, level + 1)) is not None]
                return BooleanPlan(must, should, must_not)  # type: ignore[arg-type]
        del self.bitmaps[bitmaps:]
        return None

    def _phrase(self, node: PhrasePlan) -> PhrasePlan | None:
        needs = self.needs
        needs.phrases = True
        if not all(map(self._has, node.keys)):
            return None
        needs.nodes += len(node.keys)
        if node.alternatives is None:
            return node
        keys = tuple(filter(self._has, node.alternatives))
        if not keys:
            return None
        # The words before the alternatives are opened once for each of them.
        for key in node.keys:
            for _ in keys[1:]:
                self._has(key)
        needs.nodes += len(keys) * (len(node.keys) + 1)
        needs.alternatives |= len(keys) > 1
        return PhrasePlan(node.keys, node.weight, node.mask, keys)

    def _has(self, key: bytes) -> bool:
        record = self._part.segment.term(key)
        if record is None:
            return False
        self.records[key] = record
        self.needs.leaves += 1
        if record.frequent < 0:
            self.needs.rare += record.frequency
        return True
