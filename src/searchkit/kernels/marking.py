# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Marks the documents of a term in a bitmap: many terms that count as one are read once, not for every query."""

from __future__ import annotations

import cython
from cython.cimports.searchkit.kernels.records import TermRecord
from cython.cimports.searchkit.kernels.state import Saturations, SegmentView

RANGE_BITS = cython.declare(cython.uint, 12)
PLACE_MASK = cython.declare(cython.uint, 4095)
ESCAPE = cython.declare(cython.uint, 15)


def mark(
    view: SegmentView, saturations: Saturations, records: list, number: cython.uint, bitmap: cython.uchar[::1]
) -> None:
    """Sets the bits of the documents that have one of some terms in the zones of mask `number` (0: in any).

    records: of the terms. bitmap: 512 bytes a range. The counts of a damaged file never lead beyond the postings that a
    record promised.
    """
    record: TermRecord
    if cython.compiled:
        # Most lists are short, and nobody has looked at them lately: they come while others are read.
        for record in records:
            if record.frequent < 0:
                prefetch(view.rare + record.postings)
            else:
                prefetch(view.postings + record.postings)
    for record in records:
        _mark(
            view,
            saturations,
            record.postings,
            record.frequent,
            record.frequency,
            record.exceptions,
            record.exception_count,
            number,
            bitmap,
        )


@cython.cfunc
def _mark(
    view: SegmentView,
    saturations: Saturations,
    place: cython.ulonglong,
    frequent: cython.longlong,
    frequency: cython.uint,
    exception_place: cython.ulonglong,
    exception_count: cython.uint,
    number: cython.uint,
    bitmap: cython.uchar[::1],
) -> object:
    posting: cython.uint = 0
    stop: cython.uint
    span: cython.uint
    word: cython.uint
    document: cython.uint
    with cython.nogil:
        if frequent < 0:
            for posting in range(frequency):
                word = view.rare[place + posting]
                document = word >> 4
                if document >= view.documents:
                    continue
                if not number or _counts(
                    view, saturations, exception_place, exception_count, number, word & ESCAPE, document
                ):
                    bitmap[document >> 3] |= 1 << (document & 7)
        else:
            for span in range(view.ranges):
                stop = posting + view.range_counts[frequent * view.ranges + span]
                if stop > frequency:
                    stop = frequency
                while posting < stop:
                    word = view.postings[place + posting]
                    document = (span << RANGE_BITS) | (word & PLACE_MASK)
                    if not number or _counts(
                        view, saturations, exception_place, exception_count, number, word >> RANGE_BITS, document
                    ):
                        bitmap[document >> 3] |= 1 << (document & 7)
                    posting += 1
    return None


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _counts(
    view: SegmentView,
    saturations: Saturations,
    place: cython.ulonglong,
    count: cython.uint,
    number: cython.uint,
    code: cython.uint,
    document: cython.uint,
) -> cython.bint:
    """Whether a posting has an occurrence in the zones of a mask."""
    low: cython.ulonglong = place
    high: cython.ulonglong = place + count
    middle: cython.ulonglong
    rank: cython.uint = 0
    zone: cython.uint
    if code < ESCAPE:
        return (saturations.codes[number] >> code) & 1
    while low < high:
        middle = (low + high) >> 1
        if view.exception_documents[middle] < document:
            low = middle + 1
        else:
            high = middle
    if low < place + count:
        rank = view.exception_ranks[low]
    if rank >= view.ranks:
        rank = 0
    for zone in range(view.zones):
        if (saturations.zone_masks[number] >> zone) & 1 and view.vectors[rank * view.zones + zone]:
            return True
    return False
