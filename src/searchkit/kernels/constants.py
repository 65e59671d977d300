# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Dates beside the words of a union, as those of a year: what they add to all of their documents.

A document of the range that has none of the words scores that much at most. So where more is needed, the words alone
bring documents in, for which that much less is needed, and those that have a date are given what it adds. Where it is
not, the union has to be gone through document by document.
"""

from __future__ import annotations

import cython
from cython.cimports.searchkit.kernels.bounds import bound
from cython.cimports.searchkit.kernels.nodes import Tree

RANGE = cython.declare(cython.uint, 4096)
RANGE_BITS = cython.declare(cython.uint, 12)

_BOOLEAN = cython.declare(cython.uint, 2)
_SLICE = cython.declare(cython.uint, 3)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def is_plain_union(tree: Tree, node: cython.uint) -> cython.bint:
    """Whether a node is any of its children, and nothing else."""
    return tree.kind[node] == _BOOLEAN and not tree.must[node] and not tree.must_not[node]


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def most_of_slices(tree: Tree, node: cython.uint, span: cython.uint) -> cython.longlong:
    """What all slices among the children of a union, and among those of unions there, add to a document of a range at
    most; -1 where none of them has one there.
    """
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
    """Adds what these slices give to the first `count` documents in the lists of a level."""
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
