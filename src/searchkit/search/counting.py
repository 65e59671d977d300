"""Counts of live documents in one segment, on which the statistics of a snapshot rest."""

from __future__ import annotations

from searchkit.deadlines import left
from searchkit.kernels.counting import count_all
from searchkit.search.bitmaps import count_bits
from searchkit.search.parts import SegmentPart

__all__ = ["count_slice", "count_term"]


def count_term(part: SegmentPart, key: bytes) -> int:
    """How many live documents of a segment have a term."""
    record = part.segment.term(key)
    if record is None:
        return 0
    if not len(part.live):
        return record.frequency
    found = part.frequencies.get(key)
    if found is None:
        scratch = part.borrow(left())
        root = scratch.tree.term(record, None, 0.0, False, 0)
        found = count_all(scratch.tree, root, 0, part.segment.documents, part.live)
        part.give_back(scratch)
        part.frequencies[key] = found
    return found


def count_slice(part: SegmentPart, low: int, high: int) -> int:
    """How many live documents there are in a slice of document numbers."""
    if not len(part.live) or low >= high:
        return high - low
    return count_bits(part.live, low, high)
