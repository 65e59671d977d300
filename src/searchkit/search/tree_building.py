"""From a plan to the tree that the kernels evaluate in one segment: what is rarer than terms and exact phrases."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from searchkit.kernels.leaves import open_leaf
from searchkit.kernels.plans import quantised
from searchkit.kernels.planting import NOWHERE, Planting
from searchkit.kernels.records import TermRecord
from searchkit.search.plan import AnyPlan, BitmapPlan, NearPlan, PhrasePlan, SlicePlan
from searchkit.search.proximity import same_before
from searchkit.search.unions import FEW, union_of

if TYPE_CHECKING:
    from searchkit.search.parts import SegmentPart

__all__ = ["TreeBuilder"]

Word = bytes | tuple[bytes, ...]
"""A term, or those that a word may be."""


class TreeBuilder(Planting):
    """Makes a tree of a plan, children first; see `Planting`."""

    __slots__ = ()
    part: SegmentPart

    def _other(self, node: Any) -> int:
        kind = type(node)
        number: int
        if kind is PhrasePlan:
            number = self._sloppy(node)
        elif kind is NearPlan:
            number = self._near(node)
        elif kind is AnyPlan:
            number = self._any(node)
        elif isinstance(node, SlicePlan):
            low, high = self.part.dated(node.low, node.high)
            number = self.tree.slice(low, high, self._quantised(node.weight)) if low < high else NOWHERE
        elif isinstance(node, BitmapPlan):
            number = self._bitmap(node)
        elif node.weight is not None:
            number = self.tree.slice(0, self.part.stop, self._quantised(node.weight))
        else:
            number = self.tree.all()
        return number

    def _sloppy(self, node: PhrasePlan) -> int:
        """Also of a phrase without slop that ends in one of several terms, or repeats few."""
        words = self._words(_words_of(node), node.weight, node.mask)
        if words is None:
            return NOWHERE
        number: int = self.tree.sloppy(*words, node.slop)
        return number

    def _near(self, node: NearPlan) -> int:
        words = self._words(_words_of(node.left) + _words_of(node.right), node.weight, node.mask, times=2)
        if words is None:
            return NOWHERE
        number: int = self.tree.near(*words, node.left.length, node.distance)
        return number

    def _words(
        self, words: list[Word], weight: float | None, mask: int, times: int = 1
    ) -> tuple[int, int, list[int]] | None:
        """Opens the leaves of words: the number of the first, how many every document must have, and the words as
        `kernels.sloppy` takes them. None where one is not in the segment.

        times: how many streams are read of each.
        """
        known = self.terms.get
        words = [word if isinstance(word, bytes) else tuple(key for key in word if known(key)) for word in words]
        if not all(known(word) if isinstance(word, bytes) else word for word in words):
            return None
        first = self.tree.state.leaves
        leaves = {key: self._leaf(key, weight, mask) for key in words if isinstance(key, bytes)}
        numbers: list[int] = []
        streams = 0
        for place, (word, before) in enumerate(zip(words, same_before(words), strict=True)):
            if isinstance(word, bytes):
                low, high = leaves[word], leaves[word] + 1
            else:
                low, high = self.tree.state.leaves, self.tree.state.leaves + len(word)
                for key in word:
                    self._leaf(key, weight, mask)
            numbers += [low, high, place, 0 if before is None else before + 1]
            streams += high - low
        self.tree.state.need_phrases(self.longest, len(leaves))
        self.tree.state.need_streams(times * len(words) + 1, times * streams)
        return first, len(leaves), numbers

    def _bitmap(self, node: BitmapPlan) -> int:
        size = (self.part.stop + 4095) // 4096 * 512
        number: int = self.tree.bitmap(len(self.bitmaps) * size, self._quantised(node.weight))
        self.bitmaps.append(node)
        return number

    def _any(self, node: AnyPlan) -> int:
        if len(node.keys) > FEW:
            found = any(union_of(self.part, node))
            return self._bitmap(BitmapPlan(lambda part: union_of(part, node), node.weight)) if found else NOWHERE
        first = self.tree.state.leaves
        for key in node.keys:
            self._leaf(key, None, node.mask)
        count = self.tree.state.leaves - first
        return self.tree.any(first, count, self._quantised(node.weight)) if count else NOWHERE

    def _leaf(self, key: bytes, weight: float | None, mask: int) -> int:
        record = self.terms.get(key)
        if record is None:
            return NOWHERE
        return self._open(record, weight, mask)

    def _open(self, record: TermRecord, weight: float | None, mask: int) -> int:
        leaf: int
        if weight is None:
            leaf = open_leaf(self.tree.state, record, 0, 0, mask)
        else:
            leaf = open_leaf(self.tree.state, record, quantised(self.shift, weight), self.scoring, mask)
        return leaf

    def _quantised(self, weight: float | None) -> int:
        return 0 if weight is None else quantised(self.shift, weight)


def _words_of(phrase: PhrasePlan) -> list[Word]:
    words: list[Word] = list(phrase.keys)
    return words if phrase.alternatives is None else [*words, phrase.alternatives]
