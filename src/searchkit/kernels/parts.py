# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""A segment as searches see it, and the memory that they work in, which is kept from one search to the next."""

from __future__ import annotations

import cython
from cython.cimports.searchkit.kernels.nodes import Tree
from cython.cimports.searchkit.kernels.planting import Planting
from cython.cimports.searchkit.kernels.state import State
from cython.cimports.searchkit.kernels.strings import StringReader
from cython.cimports.searchkit.kernels.top import Top

from searchkit.deadlines import overdue

_KEPT = cython.declare(cython.Py_ssize_t, 4)
_LARGE = cython.declare(cython.uint, 64)


@cython.cclass
class Scratch:
    """The memory of one search in one segment, and what plants the search's tree in it. root: of that tree.

    top: for what is found there; best: for the scores of all segments. alive: of the part. low, high, is_union,
    factors, following: what is searched for, whether that is a union of words, what scores are multiplied by, and the
    search of another segment that comes after it; see `kernels.search`.
    """

    def __init__(self, state: State, tree: Tree, top: Top, best: Top, planting: Planting) -> None:
        self.state, self.tree, self.top, self.best, self.planting = state, tree, top, best, planting
        self.root, self.low, self.high, self.is_union = 0, 0, 0, False
        self.factors, self.following, self.alive = None, None, memoryview(b"")


@cython.cclass
class Part:
    """live: a bitmap of the documents that are not deleted, 512 bytes a range; empty where none is. stop: how many
    documents the segment has, with the deleted ones.

    identifiers: what reads ids, None until `open_identifiers`. readers: for fields that were asked for, what reads
    them, as hits show them: a `StringReader`, or a function of a document.
    """

    def __init__(self, live: memoryview, stop: int) -> None:
        self.live, self.alive, self.stop = live, live, stop
        self.identifiers: StringReader | None = None
        self.readers: dict = {}
        self._kept: list = []

    @cython.ccall
    def borrow(self, left: cython.ulonglong) -> Scratch:
        """Memory for one search; nobody else has it until it is given back. left: as for `State.reset`."""
        scratch: Scratch
        if self._kept:
            scratch = self._kept.pop()
        else:
            scratch = self.new_scratch()
            scratch.alive = self.alive
        scratch.state.reset(left)
        scratch.tree.reset()
        return scratch

    @cython.ccall
    def give_back(self, scratch: Scratch) -> object:
        """Keeps the memory for the next search, unless a query of very many words made it large.

        Raises `SearchTimeout` where the search noticed that its deadline had passed; the memory is as it was then.
        """
        # The part would keep itself alive, and with it the mapped file, until garbage is collected.
        scratch.planting.part = None
        scratch.planting.bitmaps.clear()
        if scratch.state.late:
            raise overdue()
        if len(self._kept) < _KEPT and scratch.state.capacity <= _LARGE:
            self._kept.append(scratch)
        return None

    def open_identifiers(self) -> StringReader:
        """Sets `identifiers`, and returns it."""
        raise NotImplementedError

    def new_scratch(self) -> Scratch:
        """Memory for a search of this segment."""
        raise NotImplementedError
