# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""The documents of a slice, of a bitmap, or all: known without postings, and each with the same score."""

from __future__ import annotations

import cython
from cython.cimports.searchkit.kernels.nodes import Tree

RANGE = cython.declare(cython.uint, 4096)
RANGE_BITS = cython.declare(cython.uint, 12)
PLACE_MASK = cython.declare(cython.uint, 4095)
_SLICE = cython.declare(cython.uint, 3)
_BITMAP = cython.declare(cython.uint, 4)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def fixed(
    tree: Tree, node: cython.uint, span: cython.uint, places: cython.p_ushort, scores: cython.p_uint
) -> cython.uint:
    """Writes the places in a range of the documents of a node, ascending, and its score for each; returns how many."""
    document: cython.ulonglong
    count: cython.uint = 0
    base: cython.ulonglong = cython.cast(cython.ulonglong, span) << RANGE_BITS
    first: cython.ulonglong = base
    last: cython.ulonglong = base + RANGE
    if tree.kind[node] == _BITMAP:
        return _marked(tree, node, base, places, scores)
    if last > tree.state.segment.documents:
        last = tree.state.segment.documents
    if tree.kind[node] == _SLICE:
        first, last = max(first, tree.low[node]), min(last, tree.high[node])
    for document in range(first, last):
        places[count] = document & PLACE_MASK
        scores[count] = tree.score[node]
        count += 1
    return count


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _marked(
    tree: Tree, node: cython.uint, base: cython.ulonglong, places: cython.p_ushort, scores: cython.p_uint
) -> cython.uint:
    """The documents of a bitmap, which is mostly empty: eight places at a time are passed over."""
    place: cython.uint
    bits: cython.uint
    count: cython.uint = 0
    start: cython.ulonglong = tree.low[node] + (base >> 3)
    for place in range(0, RANGE, 8):
        bits = tree.bitmaps[start + (place >> 3)]
        while bits:
            if bits & 1 and base + place < tree.state.segment.documents:
                places[count] = place
                scores[count] = tree.score[node]
                count += 1
            bits >>= 1
            place += 1
    return count
