# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""A term's postings in one segment as a merge reads them: one after the other, without the deleted documents, in the
numbers of the new segment, each with the place of its positions.
"""

from __future__ import annotations

import cython
from cython.cimports.searchkit.kernels.records import SectionSizes, TermRecord
from cython.cimports.searchkit.kernels.state import SegmentView

RANGE_BITS = cython.declare(cython.uint, 12)
PLACE_MASK = cython.declare(cython.uint, 4095)
ESCAPE = cython.declare(cython.uint, 15)
GONE = 0xFFFFFFFF
_GONE = cython.declare(cython.uint, 0xFFFFFFFF)


@cython.cclass
class ListCursor:
    """Reads the lists of a segment: `begin` one, then `step` until it says 0.

    view, sizes: of the segment. mapping: document → new number, or `GONE`; documents keep their order. numbers: rank of
    a vector → its number in the merged table.
    After a step that says 1, `document` and `number` are of the posting at hand, and its positions are the `size` bytes
    from `start` on. Both functions raise ValueError where the list is damaged.
    """

    def __init__(self, view: SegmentView, sizes: SectionSizes, mapping: object, numbers: object) -> None:
        self.view, self._sizes = view, sizes
        self._mapping, self._numbers = mapping, numbers

    @cython.cfunc
    @cython.exceptval(-1, check=True)
    def begin(self, record: TermRecord) -> cython.int:
        """Begins the list of a term."""
        if not self._sizes.hold(record):
            raise ValueError("a term's data lie outside their sections")
        self.frequency, self.position_bytes = record.frequency, record.position_bytes
        self._at, self._end = record.postings, record.postings + record.frequency
        self._is_frequent = record.frequent >= 0
        self._base = record.frequent * self.view.ranges if self._is_frequent else 0
        self._range = self._inside = 0
        self._position, self._position_end = record.positions, record.positions + record.position_bytes
        self._exception, self._exception_end = record.exceptions, record.exceptions + record.exception_count
        return 0

    @cython.cfunc
    @cython.exceptval(-1, check=True)
    def step(self) -> cython.int:
        """Goes on to the next document that lives; 0 where there is none."""
        view: SegmentView = self.view
        word: cython.uint
        document: cython.uint
        target: cython.uint
        rank: cython.uint
        while self._at < self._end:
            if self._is_frequent:
                while self._range < view.ranges and self._inside >= view.range_counts[self._base + self._range]:
                    self._range += 1
                    self._inside = 0
                if self._range >= view.ranges:
                    raise ValueError("the counts of a term's postings are damaged")
                self._inside += 1
                word = view.postings[self._at]
                document = (self._range << RANGE_BITS) | (word & PLACE_MASK)
                rank = word >> RANGE_BITS
            else:
                word = view.rare[self._at]
                document = word >> 4
                rank = word & 15
            self._at += 1
            if rank == ESCAPE:
                if self._exception >= self._exception_end:
                    raise ValueError("the exceptions of a term are damaged")
                rank = view.exception_ranks[self._exception]
                self._exception += 1
            if document >= view.documents or rank >= view.ranks:
                raise ValueError("a term's postings are damaged")
            self.start = self._position
            self._position = _skip(view, self.start, self._position_end, view.totals[rank])
            if self._position > self._position_end:
                raise ValueError("a term's positions are damaged")
            target = self._mapping[document]
            if target != _GONE:
                self.document, self.number = target, self._numbers[rank]
                self.size = self._position - self.start
                return 1
        if self._position != self._position_end:
            raise ValueError("a term's positions are damaged")
        return 0


@cython.cfunc
@cython.exceptval(check=False)
def _skip(view: SegmentView, start: cython.ulonglong, end: cython.ulonglong, count: cython.uint) -> cython.ulonglong:
    """Where so many varints end; beyond `end` where they do not end before."""
    at: cython.ulonglong = start
    while count and at < end:
        count -= view.positions[at] < 128
        at += 1
    return at if not count else end + 1
