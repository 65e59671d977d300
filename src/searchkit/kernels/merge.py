# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Merging postings: the lists of one term in several segments → one list in the numbers of the new segment.

Documents keep their order within a segment, so that each list, renumbered and without the deleted documents, ascends:
the smallest document at hand is taken, and what follows it in its list up to the smallest of the other lists. Positions
are copied as they are, since they count within a zone of a document.
"""

from __future__ import annotations

import cython
from cython.cimports.searchkit.kernels.list_cursor import ListCursor
from cython.cimports.searchkit.kernels.records import TermRecord

from searchkit.kernels.buffers import grown, zeros

POSITION_BLOCK = cython.declare(cython.uint, 32)
_NONE = cython.declare(cython.ulonglong, 1 << 32)


@cython.cclass
class TermMerger:
    """Merges terms one after the other: `add` each segment's list, then `finish`. What is merged gathers until `clear`.

    Raises ValueError where a list is damaged; the number of its segment is `segment` then.
    """

    def __init__(self) -> None:
        self._out_documents, self._out_numbers = zeros(1 << 16), zeros(1 << 16)
        self._positions = zeros(1 << 16, "B")
        self._index = zeros(1 << 12)
        self._cursors, self._heads, self._segments = [], zeros(1 << 8, "Q"), zeros(1 << 8)
        self._lists = self._out = self._index_used = self.segment = 0
        self._positions_used = self._postings = self._position_bytes = 0

    def add(self, cursor: ListCursor, record: TermRecord) -> None:
        """Adds a segment's list. record: of the term."""
        self.add_list(cursor, record, 0)

    @cython.cfunc
    @cython.exceptval(-1, check=True)
    def add_list(self, cursor: ListCursor, record: TermRecord, segment: cython.uint) -> cython.int:
        """As `add`, of the segment of a number."""
        self.segment = segment
        cursor.begin(record)
        if cursor.step():
            if self._lists == len(self._heads):
                self._heads = grown(self._heads, self._lists, self._lists + 1, "Q")
                self._segments = grown(self._segments, self._lists, self._lists + 1, "I")
            if self._lists == len(self._cursors):
                self._cursors.append(cursor)
            else:
                self._cursors[self._lists] = cursor
            self._heads[self._lists], self._segments[self._lists] = cursor.document, segment
            self._lists += 1
            self._postings += cursor.frequency
            self._position_bytes += cursor.position_bytes
        return 0

    def finish(self) -> tuple[int, int]:
        """Merges the lists added since the last `finish`; returns the number of documents and of bytes of positions."""
        before: cython.ulonglong = self._positions_used
        return self.merge_lists(), self._positions_used - before

    @cython.cfunc
    @cython.exceptval(0xFFFFFFFF, check=True)
    def merge_lists(self) -> cython.uint:
        """Merges the lists added since it was called last; returns the number of documents."""
        before: cython.uint = self._out
        start: cython.ulonglong = self._positions_used
        one: cython.uint
        first: cython.uint
        smallest: cython.ulonglong
        next_smallest: cython.ulonglong
        lists: cython.uint = self._lists
        has_positions: cython.bint = self._position_bytes > 0
        self._make_room()
        # Whatever is raised below, the next term begins anew.
        self._lists = 0
        self._postings = self._position_bytes = 0
        while lists:
            first, smallest, next_smallest = 0, self._heads[0], _NONE
            for one in range(1, lists):
                if self._heads[one] < smallest:
                    first, smallest, next_smallest = one, self._heads[one], smallest
                elif self._heads[one] < next_smallest:
                    next_smallest = self._heads[one]
            self.segment = self._segments[first]
            if self._take(self._cursors[first], next_smallest, before, start, has_positions):
                self._heads[first] = cython.cast(ListCursor, self._cursors[first]).document
            else:
                lists -= 1
                self._cursors[first] = self._cursors[lists]
                self._heads[first], self._segments[first] = self._heads[lists], self._segments[lists]
        return self._out - before

    @cython.cfunc
    @cython.exceptval(-1, check=True)
    def _take(
        self,
        cursor: ListCursor,
        end: cython.ulonglong,
        first: cython.uint,
        start: cython.ulonglong,
        has_positions: cython.bint,
    ) -> cython.int:
        """Takes what a list has below `end`; 0 where that is all of it. first, start: where the merged list begins, and
        its positions.
        """
        at: cython.ulonglong
        going: cython.int = 1
        while going and cursor.document < end:
            if has_positions and self._out > first and (self._out - first) % POSITION_BLOCK == 0:
                self._index[self._index_used] = self._positions_used - start
                self._index_used += 1
            self._out_documents[self._out], self._out_numbers[self._out] = cursor.document, cursor.number
            self._out += 1
            for at in range(cursor.start, cursor.start + cursor.size):
                self._positions[self._positions_used] = cursor.view.positions[at]
                self._positions_used += 1
            going = cursor.step()
        return going

    @cython.cfunc
    def _make_room(self) -> object:
        """For all that the lists added can bring."""
        postings: cython.ulonglong = self._out + self._postings
        blocks: cython.ulonglong = self._index_used + self._postings // POSITION_BLOCK + 1
        if postings > len(self._out_documents):
            self._out_documents = grown(self._out_documents, self._out, postings, "I")
            self._out_numbers = grown(self._out_numbers, self._out, postings, "I")
        if self._positions_used + self._position_bytes > len(self._positions):
            size = self._positions_used + self._position_bytes
            self._positions = grown(self._positions, self._positions_used, size, "B")
        if blocks > len(self._index):
            self._index = grown(self._index, self._index_used, blocks, "I")
        return None

    @property
    def gathered(self) -> int:
        """How many postings were merged since the last `clear`."""
        return self._out

    def documents(self) -> memoryview:
        """The documents of the terms merged since the last `clear`."""
        return memoryview(self._out_documents)[: self._out]

    def numbers(self) -> memoryview:
        """Their vector numbers."""
        return memoryview(self._out_numbers)[: self._out]

    def positions(self) -> memoryview:
        """Their positions."""
        return memoryview(self._positions)[: self._positions_used]

    def index(self) -> memoryview:
        """The index of their positions."""
        return memoryview(self._index)[: self._index_used]

    def clear(self) -> None:
        """Forgets what was merged."""
        self._out = self._index_used = 0
        self._positions_used = 0
