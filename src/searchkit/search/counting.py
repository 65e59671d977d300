"""Counts of live documents in one segment, on which the statistics of a snapshot rest."""

from __future__ import annotations

from searchkit.kernels.factors import NO_FACTORS
from searchkit.kernels.leaves import open_leaf
from searchkit.kernels.search import search
from searchkit.search.bitmaps import count_bits
from searchkit.search.parts import SegmentPart
from searchkit.search.scratch import borrow, give_back

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
        scratch = borrow(part)
        state, tree, top = scratch
        root = tree.term(open_leaf(state, record, 0, 0, 0))
        top.reset(0, 0)
        found = search(tree, root, top, 0, part.segment.documents, part.live, False, NO_FACTORS)
        give_back(part, scratch)
        part.frequencies[key] = found
    return found


def count_slice(part: SegmentPart, low: int, high: int) -> int:
    """How many live documents there are in a slice of document numbers."""
    if not len(part.live) or low >= high:
        return high - low
    return count_bits(part.live, low, high)
