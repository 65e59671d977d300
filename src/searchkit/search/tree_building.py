"""From a plan to the tree that the kernels evaluate in one segment, without what cannot match there."""

from __future__ import annotations

from searchkit.deadlines import check
from searchkit.kernels.leaves import open_leaf, open_leaves
from searchkit.kernels.records import TermRecord
from searchkit.search.parts import Scratch, SegmentPart
from searchkit.search.plan import AnyPlan, BitmapPlan, BooleanPlan, NearPlan, PhrasePlan, PlanNode, SlicePlan, TermPlan
from searchkit.search.proximity import same_before
from searchkit.search.scoring import quantised
from searchkit.search.unions import FEW, union_of

__all__ = ["NOWHERE", "TreeBuilder"]

NOWHERE = -1
"""The number of a node that matches nothing in the segment, and so is not in the tree."""


_REPETITIVE = 4
"""How often a phrase has each of its words, on average, from which on each term is read once for all its places."""
Word = bytes | tuple[bytes, ...]
"""A term, or those that a word may be."""


class TreeBuilder:
    """Makes a tree of a plan, children first.

    shift: of the plan; scoring: whether scores are wanted.
    """

    __slots__ = ("_bitmaps", "_part", "_scale", "_scoring", "_segment", "_shift", "_state", "_tree")

    def __init__(self, part: SegmentPart, scratch: Scratch, shift: int, scoring: bool) -> None:
        self._part, self._segment, self._scoring = part, part.segment, scoring
        self._shift, self._scale = shift, 2.0**shift
        self._state, self._tree, _ = scratch
        self._bitmaps: list[BitmapPlan] = []

    def build(self, root: PlanNode) -> int:
        """Adds a whole plan; returns the number of its node, or `NOWHERE`."""
        number = self._node(root)
        if self._bitmaps and number != NOWHERE:
            self._tree.set_bitmaps(b"".join([plan.make(self._part) for plan in self._bitmaps]))
        return number

    def _node(self, node: PlanNode) -> int:
        kind = type(node)
        number: int
        if kind is TermPlan:
            record = self._segment.term(node.key)  # type: ignore[union-attr]
            if record is None:
                return NOWHERE
            number = self._tree.term(record, node.weight, self._scale, self._scoring, node.mask)  # type: ignore[union-attr]
        elif kind is BooleanPlan:
            number = self._boolean(node)  # type: ignore[arg-type]
        elif kind is PhrasePlan:
            number = self._phrase(node)  # type: ignore[arg-type]
        elif kind is NearPlan:
            number = self._near(node)  # type: ignore[arg-type]
        elif kind is AnyPlan:
            number = self._any(node)  # type: ignore[arg-type]
        elif isinstance(node, SlicePlan):
            number = self._tree.slice(*self._part.dated(node.low, node.high), self._quantised(node.weight))
        elif isinstance(node, BitmapPlan):
            number = self._bitmap(node)
        elif node.weight is not None:  # type: ignore[union-attr]
            number = self._tree.slice(0, self._segment.documents, self._quantised(node.weight))  # type: ignore[union-attr]
        else:
            number = self._tree.all()
        return number

    def _boolean(self, node: BooleanPlan) -> int:
        check()
        # Loops instead of helpers: a deep tree takes two frames a level from the interpreter's stack, no more.
        bitmaps = len(self._bitmaps)
        must = []
        for child in node.must:
            number = self._node(child)
            if number == NOWHERE:
                del self._bitmaps[bitmaps:]
                return NOWHERE
            must.append(number)
        should, must_not = [], []
        # What need not match adds to scores, and to nothing else.
        for child in node.should if self._scoring or not must else ():
            number = self._node(child)
            if number != NOWHERE:
                should.append(number)
        if not must and not should:
            return NOWHERE
        for child in node.must_not:
            number = self._node(child)
            if number != NOWHERE:
                must_not.append(number)
        made: int = self._tree.boolean(must, should, must_not)
        return made

    def _phrase(self, node: PhrasePlan) -> int:
        keys: tuple[bytes, ...] = node.keys
        if node.slop or node.alternatives is not None or len(keys) >= _REPETITIVE * len(set(keys)):
            return self._sloppy(node)
        records = list(map(self._segment.term, keys))
        weight, scoring = self._quantised(node.weight), node.weight is not None and self._scoring
        first = open_leaves(self._state, records, weight, scoring, node.mask)
        if first == NOWHERE:
            return NOWHERE
        self._state.need_phrases(self._segment.longest, len(keys))
        number: int = self._tree.phrase(first, len(keys))
        return number

    def _sloppy(self, node: PhrasePlan) -> int:
        """Also of a phrase without slop that ends in one of several terms, or repeats few."""
        words = self._words(_words_of(node), node.weight, node.mask)
        if words is None:
            return NOWHERE
        number: int = self._tree.sloppy(*words, node.slop)
        return number

    def _near(self, node: NearPlan) -> int:
        words = self._words(_words_of(node.left) + _words_of(node.right), node.weight, node.mask, times=2)
        if words is None:
            return NOWHERE
        number: int = self._tree.near(*words, node.left.length, node.distance)
        return number

    def _words(
        self, words: list[Word], weight: float | None, mask: int, times: int = 1
    ) -> tuple[int, int, list[int]] | None:
        """Opens the leaves of words: the number of the first, how many every document must have, and the words as
        `kernels.sloppy` takes them. None where one is not in the segment.

        times: how many streams are read of each.
        """
        known = self._segment.term
        words = [word if isinstance(word, bytes) else tuple(key for key in word if known(key)) for word in words]
        if not all(known(word) if isinstance(word, bytes) else word for word in words):
            return None
        first = self._state.leaves
        leaves = {key: self._leaf(key, weight, mask) for key in words if isinstance(key, bytes)}
        numbers: list[int] = []
        streams = 0
        for place, (word, before) in enumerate(zip(words, same_before(words), strict=True)):
            if isinstance(word, bytes):
                low, high = leaves[word], leaves[word] + 1
            else:
                low, high = self._state.leaves, self._state.leaves + len(word)
                for key in word:
                    self._leaf(key, weight, mask)
            numbers += [low, high, place, 0 if before is None else before + 1]
            streams += high - low
        self._state.need_phrases(self._segment.longest, len(leaves))
        self._state.need_streams(times * len(words) + 1, times * streams)
        return first, len(leaves), numbers

    def _bitmap(self, node: BitmapPlan) -> int:
        size = (self._segment.documents + 4095) // 4096 * 512
        number: int = self._tree.bitmap(len(self._bitmaps) * size, self._quantised(node.weight))
        self._bitmaps.append(node)
        return number

    def _any(self, node: AnyPlan) -> int:
        if len(node.keys) > FEW:
            found = any(union_of(self._part, node))
            return self._bitmap(BitmapPlan(lambda part: union_of(part, node), node.weight)) if found else NOWHERE
        first = self._state.leaves
        for key in node.keys:
            self._leaf(key, None, node.mask)
        count = self._state.leaves - first
        return self._tree.any(first, count, self._quantised(node.weight)) if count else NOWHERE

    def _leaf(self, key: bytes, weight: float | None, mask: int) -> int:
        record = self._segment.term(key)
        if record is None:
            return NOWHERE
        return self._open(record, weight, mask)

    def _open(self, record: TermRecord, weight: float | None, mask: int) -> int:
        leaf: int
        if weight is None:
            leaf = open_leaf(self._state, record, 0, 0, mask)
        else:
            leaf = open_leaf(self._state, record, quantised(self._shift, weight), self._scoring, mask)
        return leaf

    def _quantised(self, weight: float | None) -> int:
        return 0 if weight is None else quantised(self._shift, weight)


def _words_of(phrase: PhrasePlan) -> list[Word]:
    words: list[Word] = list(phrase.keys)
    return words if phrase.alternatives is None else [*words, phrase.alternatives]
