# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""What is known of a node in a range before it is evaluated: the most that it can add to a score, and about how many
documents match it.
"""

from __future__ import annotations

import cython
from cython.cimports.searchkit.kernels.leaves import count_in
from cython.cimports.searchkit.kernels.nodes import Tree

RANGE = cython.declare(cython.uint, 4096)
RANGE_BITS = cython.declare(cython.uint, 12)

_TERM = cython.declare(cython.uint, 0)
_PHRASE = cython.declare(cython.uint, 1)
_BOOLEAN = cython.declare(cython.uint, 2)
_SLICE = cython.declare(cython.uint, 3)
_ANY = cython.declare(cython.uint, 6)
_SLOPPY = cython.declare(cython.uint, 7)
_NEAR = cython.declare(cython.uint, 8)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def bound(tree: Tree, node: cython.uint, span: cython.uint) -> cython.longlong:
    """The most that the node can add to a document of the range; -1 where no document there can match."""
    kind: cython.uint = tree.kind[node]
    first: cython.uint = tree.first[node]
    at: cython.uint
    if kind == _TERM:
        if not count_in(tree.state, first, span):
            return -1
        return tree.state.bounds[first * tree.state.segment.ranges + span]
    if kind in (_PHRASE, _SLOPPY, _NEAR):
        return _phrase_bound(tree, node, span)
    if kind == _BOOLEAN:
        return _boolean_bound(tree, node, span)
    if kind == _SLICE:
        return tree.score[node] if size_in(tree, node, span) else -1
    if kind == _ANY:
        for at in range(first, first + tree.must[node]):
            if count_in(tree.state, at, span):
                return tree.score[node]
        return -1
    return tree.score[node]


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _phrase_bound(tree: Tree, node: cython.uint, span: cython.uint) -> cython.longlong:
    """A phrase is nowhere more frequent than any of its words; of one that stands for several terms nothing better is
    said than that one of them has to be there.
    """
    first: cython.uint = tree.first[node]
    at: cython.uint
    least: cython.longlong = tree.state.weight[first] + 1
    for at in range(first, first + tree.must[node]):
        if not count_in(tree.state, at, span):
            return -1
        if tree.state.bounds[at * tree.state.segment.ranges + span] < least:
            least = tree.state.bounds[at * tree.state.segment.ranges + span]
    if tree.kind[node] != _PHRASE:
        for at in range(tree.must_not[node]):
            if not _has_word(tree, tree.should[node] + 4 * at, span):
                return -1
    return least


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _has_word(tree: Tree, word: cython.uint, span: cython.uint) -> cython.bint:
    """Whether the range has one of the leaves of a word, which is in the children from `word` on."""
    leaf: cython.uint
    for leaf in range(tree.children[word], tree.children[word + 1]):
        if count_in(tree.state, leaf, span):
            return True
    return False


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _boolean_bound(tree: Tree, node: cython.uint, span: cython.uint) -> cython.longlong:
    first: cython.uint = tree.first[node]
    middle: cython.uint = first + tree.must[node]
    at: cython.uint
    total: cython.longlong = 0
    part: cython.longlong
    met: cython.bint = tree.must[node] > 0
    for at in range(first, middle + tree.should[node]):
        part = bound(tree, tree.children[at], span)
        if part >= 0:
            met = True
            total += part
        elif at < middle:
            return -1
    return total if met else -1


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def size_in(tree: Tree, node: cython.uint, span: cython.uint) -> cython.uint:
    """About how many documents of the range match; never too few by much."""
    kind: cython.uint = tree.kind[node]
    first: cython.uint = tree.first[node]
    at: cython.uint
    part: cython.uint
    size: cython.uint = 0
    low: cython.ulonglong
    high: cython.ulonglong
    if kind == _TERM:
        return count_in(tree.state, first, span)
    if kind in (_PHRASE, _SLOPPY, _NEAR) or (kind == _BOOLEAN and tree.must[node]):
        size = RANGE
        for at in range(first, first + tree.must[node]):
            part = size_in(tree, tree.children[at], span) if kind == _BOOLEAN else count_in(tree.state, at, span)
            if part < size:
                size = part
        return size
    if kind in (_BOOLEAN, _ANY):
        for at in range(first, first + (tree.must[node] if kind == _ANY else tree.should[node])):
            size += count_in(tree.state, at, span) if kind == _ANY else size_in(tree, tree.children[at], span)
        return size if size < RANGE else RANGE
    if kind == _SLICE:
        low = max(tree.low[node], cython.cast(cython.ulonglong, span) << RANGE_BITS)
        high = min(tree.high[node], (cython.cast(cython.ulonglong, span) + 1) << RANGE_BITS)
        return cython.cast(cython.uint, high - low) if low < high else 0
    return RANGE
