# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Merging postings: the lists of one term in several segments → one list in the numbers of the new segment.

Documents keep their order within a segment, so that each list, renumbered and without the deleted documents,
ascends; the lists are merged two by two. Positions are copied as they are, since they count within a zone of a
document.
"""

from __future__ import annotations

import cython
from cython.cimports.searchkit.kernels.records import TermRecord
from cython.cimports.searchkit.kernels.state import SegmentView

from searchkit.kernels.buffers import grown, zeros

RANGE_BITS = cython.declare(cython.uint, 12)
PLACE_MASK = cython.declare(cython.uint, 4095)
ESCAPE = cython.declare(cython.uint, 15)
POSITION_BLOCK = cython.declare(cython.uint, 32)
GONE = 0xFFFFFFFF
_GONE = cython.declare(cython.uint, 0xFFFFFFFF)


@cython.cclass
class TermMerger:
    """Merges terms one after the other: `add` each segment's list, then `finish`. What is merged gathers until `clear`.

    longest: the most documents that a list can have. Raises ValueError where a list is damaged.
    """

    def __init__(self, longest: int) -> None:
        self._documents, self._numbers = zeros(longest + 1), zeros(longest + 1)
        self._starts = zeros(longest + 1, "Q")
        self._sizes, self._order, self._spare = zeros(longest + 1), zeros(longest + 1), zeros(longest + 1)
        self._blob = zeros(1 << 16, "B")
        self._out_documents, self._out_numbers = zeros(1 << 16), zeros(1 << 16)
        self._positions = zeros(1 << 16, "B")
        self._index = zeros(1 << 12)
        self._runs = []
        self._found = self._out = self._index_used = 0
        self._blob_used = self._positions_used = 0

    def add(
        self,
        view: SegmentView,
        record: TermRecord,
        mapping: cython.const[cython.uint][::1],
        numbers: cython.const[cython.uint][::1],
    ) -> None:
        """Adds a segment's list. record: of the term; mapping: document → new number, or `GONE`;
        numbers: rank of a vector → its number in the merged table.
        """
        self.add_list(
            view,
            record.frequency,
            record.postings,
            record.frequent,
            record.positions,
            record.position_bytes,
            record.exceptions,
            record.exception_count,
            mapping,
            0,
            numbers,
            0,
        )

    @cython.cfunc
    @cython.exceptval(-1, check=True)
    def add_list(
        self,
        view: SegmentView,
        frequency: cython.uint,
        place: cython.ulonglong,
        frequent: cython.longlong,
        position: cython.ulonglong,
        position_bytes: cython.ulonglong,
        exception: cython.ulonglong,
        exception_count: cython.ulonglong,
        mapping: cython.const[cython.uint][::1],
        mapping_start: cython.ulonglong,
        numbers: cython.const[cython.uint][::1],
        numbers_start: cython.ulonglong,
    ) -> cython.int:
        """As `add`; the mapping and the numbers of the segment start at a place in those of all."""
        position_end: cython.ulonglong = position + position_bytes
        exception_end: cython.ulonglong = exception + exception_count
        at: cython.uint
        word: cython.uint
        document: cython.uint
        target: cython.uint
        rank: cython.uint
        span: cython.uint = 0
        inside: cython.uint = 0
        base: cython.ulonglong = 0
        size: cython.ulonglong
        self._runs.append(self._found)
        if frequent >= 0:
            base = frequent * view.ranges
        if self._blob_used + position_bytes > len(self._blob):
            self._blob = grown(self._blob, self._blob_used, self._blob_used + position_bytes, "B")
        for at in range(frequency):
            if frequent >= 0:
                while span < view.ranges and inside >= view.range_counts[base + span]:
                    span += 1
                    inside = 0
                if span >= view.ranges:
                    raise ValueError("the counts of a term's postings are damaged")
                inside += 1
                word = view.postings[place + at]
                document = (span << RANGE_BITS) | (word & PLACE_MASK)
                rank = word >> RANGE_BITS
            else:
                word = view.rare[place + at]
                document = word >> 4
                rank = word & 15
            if rank == ESCAPE:
                if exception >= exception_end:
                    raise ValueError("the exceptions of a term are damaged")
                rank = view.exception_ranks[exception]
                exception += 1
            if document >= view.documents or rank >= view.ranks:
                raise ValueError("a term's postings are damaged")
            size = _skip(view, position, position_end, view.totals[rank])
            target = mapping[mapping_start + document]
            if target != _GONE:
                self._take(view, target, numbers[numbers_start + rank], position, size)
            position += size
        if position != position_end:
            raise ValueError("a term's positions are damaged")
        return 0

    @cython.cfunc
    @cython.exceptval(check=False)
    def _take(
        self,
        view: SegmentView,
        document: cython.uint,
        number: cython.uint,
        position: cython.ulonglong,
        size: cython.ulonglong,
    ) -> cython.void:
        at: cython.ulonglong
        self._documents[self._found] = document
        self._numbers[self._found] = number
        self._starts[self._found] = self._blob_used
        self._sizes[self._found] = size
        self._order[self._found] = self._found
        self._found += 1
        for at in range(size):
            self._blob[self._blob_used + at] = view.positions[position + at]
        self._blob_used += size

    def finish(self) -> tuple[int, int]:
        """Merges the lists added since the last `finish`; returns the number of documents and of bytes of positions."""
        before: cython.ulonglong = self._positions_used
        return self.merge_lists(), self._positions_used - before

    @cython.cfunc
    @cython.exceptval(0, check=True)
    def merge_lists(self) -> cython.uint:
        """Merges the lists added since it was called last; returns the number of documents."""
        count: cython.uint = self._found
        size: cython.ulonglong = self._blob_used
        at: cython.uint
        byte: cython.uint
        one: cython.uint
        start: cython.ulonglong = self._positions_used
        self._sort()
        if self._out + count > len(self._out_documents):
            self._out_documents = grown(self._out_documents, self._out, self._out + count, "I")
            self._out_numbers = grown(self._out_numbers, self._out, self._out + count, "I")
        if start + size > len(self._positions):
            self._positions = grown(self._positions, start, start + size, "B")
        if self._index_used + count // POSITION_BLOCK + 1 > len(self._index):
            self._index = grown(self._index, self._index_used, self._index_used + count // POSITION_BLOCK + 1, "I")
        for at in range(count):
            one = self._order[at]
            if at and at % POSITION_BLOCK == 0 and size:
                self._index[self._index_used] = self._positions_used - start
                self._index_used += 1
            self._out_documents[self._out] = self._documents[one]
            self._out_numbers[self._out] = self._numbers[one]
            self._out += 1
            for byte in range(self._sizes[one]):
                self._positions[self._positions_used] = self._blob[self._starts[one] + byte]
                self._positions_used += 1
        self._found = 0
        self._blob_used = 0
        self._runs = []
        return count

    @cython.cfunc
    def _sort(self) -> object:
        """Puts the order of the documents found in `_order`, merging neighbouring runs until there is one."""
        runs: list = [*self._runs, self._found]
        while len(runs) > 2:
            kept: list = []
            for at in range(0, len(runs) - 1, 2):
                kept.append(runs[at])
                if at + 2 < len(runs):
                    self._merge(runs[at], runs[at + 1], runs[at + 2])
            kept.append(self._found)
            runs = kept
        return None

    @cython.cfunc
    @cython.exceptval(check=False)
    def _merge(self, first: cython.uint, middle: cython.uint, last: cython.uint) -> cython.void:
        left: cython.uint = first
        right: cython.uint = middle
        at: cython.uint
        for at in range(first, last):
            if left < middle and (
                right >= last or self._documents[self._order[left]] < self._documents[self._order[right]]
            ):
                self._spare[at] = self._order[left]
                left += 1
            else:
                self._spare[at] = self._order[right]
                right += 1
        for at in range(first, last):
            self._order[at] = self._spare[at]

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


@cython.cfunc
@cython.exceptval(check=False)
def _skip(view: SegmentView, start: cython.ulonglong, end: cython.ulonglong, count: cython.uint) -> cython.ulonglong:
    """The bytes of so many varints."""
    at: cython.ulonglong = start
    while count and at < end:
        count -= view.positions[at] < 128
        at += 1
    return at - start
