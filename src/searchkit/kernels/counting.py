# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""How many documents of a segment match a query: bitmaps or lists of the ranges where it can match, without scores."""

from __future__ import annotations

import cython
from cython.cimports.searchkit.kernels.bounds import bound
from cython.cimports.searchkit.kernels.leaves import count_in
from cython.cimports.searchkit.kernels.nodes import Tree
from cython.cimports.searchkit.kernels.sets import is_listed, members
from cython.cimports.searchkit.kernels.state import is_brief, is_late
from cython.cimports.searchkit.kernels.tree import evaluate

RANGE_BITS = cython.declare(cython.uint, 12)
_TERM = cython.declare(cython.uint, 0)


def count_all(
    tree: Tree,
    root: cython.uint,
    low: cython.uint,
    high: cython.uint,
    live: cython.const[cython.uchar][::1],
) -> int:
    """How many live documents from `low` up to, not including, `high` match the root of the tree.

    live: a bitmap of the documents that are not deleted, 512 bytes a range, or empty where none is deleted.
    """
    bits: cython.uchar[::1] = memoryview(bytearray(512 * (tree.height[root] + 2)))
    total: cython.ulonglong
    if low >= high:
        return 0
    if is_brief(tree.state):
        return _count(tree, root, low, high, live, bits)
    with cython.nogil:
        total = _count(tree, root, low, high, live, bits)
    return total


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _count(
    tree: Tree,
    root: cython.uint,
    low: cython.uint,
    high: cython.uint,
    live: cython.const[cython.uchar][::1],
    bits: cython.uchar[::1],
) -> cython.ulonglong:
    span: cython.uint
    first: cython.uint = low >> RANGE_BITS
    last: cython.uint = (high - 1) >> RANGE_BITS
    total: cython.ulonglong = 0
    # Each posting of such a term is a document that counts.
    plain: cython.bint = tree.kind[root] == _TERM and not tree.state.mask[tree.first[root]] and live.shape[0] == 0
    for span in range(first, last + 1):
        if is_late(tree.state):
            break
        if plain and (first < span < last or (low == 0 and high == tree.state.segment.documents)):
            total += count_in(tree.state, tree.first[root], span)
        elif bound(tree, root, span) >= 0:
            if is_listed(tree, root, span):
                total += _count_list(tree, evaluate(tree, root, span, 0), span, low, high, live)
            else:
                total += members(tree, root, span, low, high, live, bits)
    return total


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _count_list(
    tree: Tree,
    count: cython.uint,
    span: cython.uint,
    low: cython.uint,
    high: cython.uint,
    live: cython.const[cython.uchar][::1],
) -> cython.uint:
    """How many of the places in the first list are live documents of [low, high)."""
    at: cython.uint
    document: cython.uint
    total: cython.uint = 0
    for at in range(count):
        document = (span << RANGE_BITS) + tree.state.places[at]
        if low <= document < high and (live.shape[0] == 0 or (live[document >> 3] >> (document & 7)) & 1):
            total += 1
    return total
