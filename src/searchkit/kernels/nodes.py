# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""The nodes of a query's tree, which `tree.py` evaluates: their kinds, and what each has."""

from __future__ import annotations

import cython
from cython.cimports.searchkit.kernels.leaves import open_leaf
from cython.cimports.searchkit.kernels.records import TermRecord
from cython.cimports.searchkit.kernels.state import State, as_longs, as_words, grown, longs, words

_BOOLEAN = cython.declare(cython.uint, 2)

TERM, PHRASE, BOOLEAN, SLICE, BITMAP, ALL, ANY, SLOPPY, NEAR = range(9)


@cython.cclass
class Tree:
    """The nodes of a query over the leaves of a `State`; children are added before their parents."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.node_memory, self.high_memory, self.child_memory = [None] * 7, [None] * 2, None
        self.nodes = self.capacity = self.children_used = self.children_room = 0
        self._need_nodes(24)
        self._need_children(32)
        self.set_bitmaps(b"")

    @cython.ccall
    def reset(self) -> object:
        """Makes the tree empty, for another query."""
        self.nodes = self.children_used = 0
        return None

    def set_bitmaps(self, bitmaps: object) -> None:
        """bitmaps: those of the `BITMAP` nodes, one after the other, 512 bytes a range."""
        view: cython.const[cython.uchar][::1] = bitmaps if len(bitmaps) else bytes(1)
        self.bitmap_owner = view
        if cython.compiled:
            self.bitmaps = cython.address(view[0])
        else:
            self.bitmaps = view

    @cython.cfunc
    def _need_nodes(self, count: cython.uint) -> object:
        if count <= self.capacity:
            return None
        self.capacity = max(count, 2 * self.capacity)
        made: list = [grown(old, words(self.capacity)) for old in self.node_memory]
        self.node_memory = made
        self.kind, self.first, self.must = as_words(made[0]), as_words(made[1]), as_words(made[2])
        self.should, self.must_not = as_words(made[3]), as_words(made[4])
        self.score, self.height = as_words(made[5]), as_words(made[6])
        made = [grown(old, longs(self.capacity)) for old in self.high_memory]
        self.high_memory = made
        self.low, self.high = as_longs(made[0]), as_longs(made[1])
        return None

    @cython.cfunc
    def _need_children(self, more: cython.uint) -> object:
        if self.children_used + more <= self.children_room:
            return None
        self.children_room = max(self.children_used + more, 2 * self.children_room)
        self.child_memory = grown(self.child_memory, words(self.children_room))
        self.children = as_words(self.child_memory)
        return None

    @cython.ccall
    def term(
        self, record: TermRecord, weight: object, scale: cython.double, scoring: cython.bint, mask: cython.uint
    ) -> cython.uint:
        """A node for a term, which becomes a leaf. This and all that follow return the number of the node.

        weight: of the term, for which documents score (where `scoring`), or None; in units of 1 / `scale`. mask: number
        of the zones that count.
        """
        if weight is None:
            return self._node(0, open_leaf(self.state, record, 0, 0, mask), 0)
        units: cython.ulonglong = int(cython.cast(cython.double, weight) * scale)
        return self._node(0, open_leaf(self.state, record, units, scoring, mask), 0)

    @cython.ccall
    def phrase(self, first: cython.uint, count: cython.uint) -> cython.uint:
        """The documents in which `count` leaves, from `first` on, follow each other."""
        node: cython.uint = self._node(1, first, 0)
        self.must[node] = count
        return node

    def sloppy(self, first: int, required: int, words: list[int], slop: int) -> int:
        """A sloppy phrase; see `kernels.sloppy`. required: how many leaves from `first` on a document must have."""
        return self._words(7, first, required, words, slop)

    def near(self, first: int, required: int, words: list[int], split: int, distance: int) -> int:
        """Two phrases near each other; see `kernels.near`. required: as for `sloppy`."""
        node: cython.uint = self._words(8, first, required, words, distance)
        self.high[node] = split
        return node

    @cython.cfunc
    def _words(
        self, kind: cython.uint, first: cython.uint, required: cython.uint, words: list, reach: cython.uint
    ) -> cython.uint:
        node: cython.uint = self._node(kind, first, 0)
        self.must[node], self.must_not[node], self.low[node] = required, len(words) // 4, reach
        self.should[node] = self._add_children(words)
        return node

    @cython.cfunc
    def _add_children(self, numbers: list) -> cython.uint:
        """Keeps numbers for a node; returns where they begin."""
        place: cython.uint = self.children_used
        self._need_children(len(numbers))
        for number in numbers:
            self.children[self.children_used] = number
            self.children_used += 1
        return place

    @cython.ccall
    def boolean(self, must: list, should: list, must_not: list) -> cython.uint:
        """All of `must`, none of `must_not`, and where there is no `must`, at least one of `should`."""
        node: cython.uint = self._node(2, self.children_used, 0)
        height: cython.uint = 0
        self.must[node], self.should[node], self.must_not[node] = len(must), len(should), len(must_not)
        self._need_children(len(must) + len(should) + len(must_not))
        for children in (must, should, must_not):
            for child in children:
                self.children[self.children_used] = child
                self.children_used += 1
                if self.height[child] > height:
                    height = self.height[child]
        self.height[node] = height + 1
        # Each level works in the lists of its own and of the one below.
        self.state.need_levels(height + 2)
        return node

    def slice(self, low: int, high: int, score: int) -> int:
        """The documents from `low` up to, not including, `high`, each with a fixed score."""
        node: cython.uint = self._node(3, 0, score)
        self.low[node], self.high[node] = low, high
        return node

    def bitmap(self, place: int, score: int) -> int:
        """The documents of the bitmap that begins at byte `place`."""
        node: cython.uint = self._node(4, 0, score)
        self.low[node] = place
        return node

    def all(self) -> int:
        """Every document, with no score."""
        return self._node(5, 0, 0)

    def any(self, first: int, count: int, score: int) -> int:
        """The documents of at least one of `count` leaves from `first` on, each with a fixed score."""
        node: cython.uint = self._node(6, first, score)
        self.must[node] = count
        return node

    @cython.cfunc
    def _node(self, kind: cython.uint, first: cython.uint, score: cython.uint) -> cython.uint:
        node: cython.uint = self.nodes
        self._need_nodes(node + 1)
        self.nodes += 1
        self.kind[node], self.first[node], self.score[node], self.height[node] = kind, first, score, 0
        return node


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def is_plain_union(tree: Tree, node: cython.uint) -> cython.bint:
    """Whether a node is what any of its children is, and nothing else."""
    return tree.kind[node] == _BOOLEAN and not tree.must[node] and not tree.must_not[node]
