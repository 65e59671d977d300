# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""How many documents of a segment match a query: bitmaps or lists of the ranges where it can match, without scores;
words side by side are counted by their postings.
"""

from __future__ import annotations

import cython
from cython.cimports.searchkit.kernels.bounds import bound
from cython.cimports.searchkit.kernels.nodes import Tree
from cython.cimports.searchkit.kernels.plain_counts import count_all_of, count_any_of, is_all_of, is_any_of
from cython.cimports.searchkit.kernels.sets import is_listed, members
from cython.cimports.searchkit.kernels.state import is_brief, is_late
from cython.cimports.searchkit.kernels.tree import evaluate

RANGE_BITS = cython.declare(cython.uint, 12)


@cython.ccall
def count_all(
    tree: Tree,
    root: cython.uint,
    low: cython.uint,
    high: cython.uint,
    live: cython.const[cython.uchar][::1],
) -> cython.ulonglong:
    """How many live documents from `low` up to, not including, `high` match the root of the tree.

    live: a bitmap of the documents that are not deleted, 512 bytes a range, or empty where none is deleted.
    """
    bits: cython.uchar[::1] = tree.state.bits
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
    whole: cython.bint
    any_of: cython.bint = live.shape[0] == 0 and is_any_of(tree, root)
    all_of: cython.bint = live.shape[0] == 0 and is_all_of(tree, root)
    for span in range(first, last + 1):
        if is_late(tree.state):
            break
        whole = first < span < last or (low == 0 and high == tree.state.segment.documents)
        if any_of and whole:
            total += count_any_of(tree, root, span, bits)
        elif all_of and whole:
            total += count_all_of(tree, root, span, bits)
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
