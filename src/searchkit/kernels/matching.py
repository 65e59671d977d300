# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""All documents of a segment that match a query, as a bitmap: what counts, sorts and deletes by a query starts from.

One pass over the ranges that can match. Where scores are wanted each is evaluated as for a search, without skipping,
else as a bitmap.
"""

from __future__ import annotations

import cython
from cython.cimports.searchkit.kernels.bounds import bound
from cython.cimports.searchkit.kernels.nodes import Tree
from cython.cimports.searchkit.kernels.sets import members
from cython.cimports.searchkit.kernels.state import is_late
from cython.cimports.searchkit.kernels.tree import evaluate

RANGE_BITS = cython.declare(cython.uint, 12)


def match(
    tree: Tree,
    root: cython.uint,
    low: cython.uint,
    high: cython.uint,
    live: cython.const[cython.uchar][::1],
    bitmap: cython.uchar[::1],
    scores: cython.uint[::1],
) -> int:
    """Sets the bits of the live documents from `low` up to, not including, `high` that match the root of the tree.

    live: a bitmap of the documents that are not deleted, 512 bytes a range, or empty where none is deleted. bitmap:
    zeroes, 512 bytes a range. scores: gets each such document's score at its number; empty where nobody asks. Returns
    how many there are.
    """
    span: cython.uint
    at: cython.uint
    count: cython.uint
    document: cython.uint
    total: cython.uint = 0
    all_alive: cython.bint = live.shape[0] == 0
    scoring: cython.bint = scores.shape[0] > 0
    bits: cython.uchar[::1] = tree.state.bits
    if low >= high:
        return 0
    with cython.nogil:
        for span in range(low >> RANGE_BITS, ((high - 1) >> RANGE_BITS) + 1):
            if tree.state.deadline and is_late(tree.state):
                break
            if bound(tree, root, span) < 0:
                continue
            if not scoring:
                total += members(tree, root, span, low, high, live, bits)
                for at in range(512):
                    bitmap[(span << (RANGE_BITS - 3)) + at] = bits[at]
                continue
            count = evaluate(tree, root, span, 0)
            for at in range(count):
                document = (span << RANGE_BITS) + tree.state.places[at]
                if document < low or document >= high:
                    continue
                if not all_alive and not (live[document >> 3] >> (document & 7)) & 1:
                    continue
                bitmap[document >> 3] = bitmap[document >> 3] | (1 << (document & 7))
                scores[document] = tree.state.scores[at]
                total += 1
    return total
