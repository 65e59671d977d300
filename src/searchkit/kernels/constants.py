# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Slices among the children of a union, and among those of unions there: documents, as those of a year, to which they
add the same.

A document of the range that only slices have scores no more than they add together. So where more is needed, only the
other children bring documents in, for which that much less is needed, and those that slices have are given what these
add. Where it is not, the union has to be gone through document by document.
"""

from __future__ import annotations

import cython
from cython.cimports.searchkit.kernels.bounds import bound
from cython.cimports.searchkit.kernels.nodes import Tree, is_plain_union

RANGE = cython.declare(cython.uint, 4096)
RANGE_BITS = cython.declare(cython.uint, 12)

_SLICE = cython.declare(cython.uint, 3)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def most_of_slices(tree: Tree, node: cython.uint, span: cython.uint) -> cython.longlong:
    """What all slices of a union add to a document of a range at most; -1 where none of them has one there."""
    total: cython.longlong = -1
    most: cython.longlong
    at: cython.uint
    child: cython.uint
    for at in range(tree.first[node], tree.first[node] + tree.should[node]):
        child = tree.children[at]
        most = -1
        if is_plain_union(tree, child):
            most = most_of_slices(tree, child, span)
        elif tree.kind[child] == _SLICE:
            most = bound(tree, child, span)
        if most >= 0:
            total = most + (total if total > 0 else 0)
    return total


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def add_slices(tree: Tree, node: cython.uint, span: cython.uint, level: cython.uint, count: cython.uint) -> cython.void:
    """Adds what the slices of a union give to the first `count` documents in the lists of a level."""
    base: cython.ulonglong = cython.cast(cython.ulonglong, span) << RANGE_BITS
    at: cython.uint
    each: cython.uint
    child: cython.uint
    scores: cython.p_uint = tree.state.scores
    for each in range(tree.first[node], tree.first[node] + tree.should[node]):
        child = tree.children[each]
        if is_plain_union(tree, child):
            add_slices(tree, child, span, level, count)
        elif tree.kind[child] == _SLICE:
            for at in range(level * RANGE, level * RANGE + count):
                if tree.low[child] <= base + tree.state.places[at] < tree.high[child]:
                    scores[at] += tree.score[child]
