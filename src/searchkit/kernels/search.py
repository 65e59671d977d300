# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""One query in each segment: goes through the ranges of documents, and keeps the best.

Ranges whose bound is below the score that a document needs are skipped. The few ranges with the highest bounds go
first, so that the cut is high from the start; then the others, from the latest documents to the earliest, for of
equal scores the later document wins.
"""

from __future__ import annotations

import cython
from cython.cimports.searchkit.kernels.bounds import bound
from cython.cimports.searchkit.kernels.constants import add_slices, most_of_slices
from cython.cimports.searchkit.kernels.factors import Factors, most_of, multiplied, needed_for, units_at_least
from cython.cimports.searchkit.kernels.nodes import Tree, is_plain_union
from cython.cimports.searchkit.kernels.parts import Scratch
from cython.cimports.searchkit.kernels.priming import primed
from cython.cimports.searchkit.kernels.state import is_late, work_of
from cython.cimports.searchkit.kernels.top import Top, push
from cython.cimports.searchkit.kernels.tree import evaluate
from cython.cimports.searchkit.kernels.union import candidates

RANGE_BITS = cython.declare(cython.uint, 12)
FIRST = cython.declare(cython.uint, 8)
BRIEF_IN_ALL = cython.declare(cython.ulonglong, 1 << 13)
_TERM = cython.declare(cython.uint, 0)
_SLICE = cython.declare(cython.uint, 3)


@cython.cfunc
def prepare(scratch: Scratch, count: cython.uint, low: cython.uint, high: cython.uint, factors: Factors) -> object:
    """Prepares the search of a segment for the best documents, at most `count`, from `low` up to, not including,
    `high`, that match the root of the tree in its memory. factors: what scores are multiplied by.
    """
    scratch.low, scratch.high, scratch.factors = low, high, factors
    scratch.is_union = _is_union(scratch.tree, scratch.root)
    scratch.following = None
    scratch.top.reset(count, 0)
    return None


@cython.cfunc
def run(first: Scratch, best: Top, count: cython.uint) -> object:
    """Runs the search of a segment, and those that follow it, each of which skips what those before it leave without a
    chance. Stops where the deadline has passed. Other threads may have Python's lock meanwhile, once for all segments,
    where that is worth while (see `state.is_brief`).

    best: gets the scores of all. count: how many documents are wanted of all of them.
    """
    work: cython.ulonglong = 0
    one: Scratch = first
    best.reset(count, 0)
    while one is not None:
        work += work_of(one.state)
        one = one.following
    if work <= BRIEF_IN_ALL:
        _run(first, best)
    else:
        with cython.nogil:
            _run(first, best)
    return None


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _run(scratch: Scratch, best: Top) -> cython.void:
    """Runs a search and those that follow it. best: the scores found before."""
    at: cython.uint
    if best.cut > scratch.top.cut:
        scratch.top.cut = best.cut
    if scratch.low < scratch.high:
        _best(
            scratch.tree,
            scratch.root,
            scratch.top,
            scratch.top.capacity,
            scratch.low,
            scratch.high,
            scratch.alive,
            scratch.is_union,
            scratch.factors,
        )
    # What one segment alone has found is best as it is.
    if best.size or scratch.following is not None:
        for at in range(scratch.top.size):
            push(best, scratch.top.scores[at], 0)
    if scratch.following is not None:
        _run(scratch.following, best)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _best(
    tree: Tree,
    root: cython.uint,
    top: Top,
    count: cython.uint,
    low: cython.uint,
    high: cython.uint,
    live: cython.const[cython.uchar][::1],
    union: cython.bint,
    factors: Factors,
) -> cython.void:
    """Offers to `top` what `search` is to find."""
    spans: cython.uint = tree.state.segment.ranges
    bounds: cython.p_longlong = tree.state.range_bounds
    span: cython.uint
    at: cython.uint
    best: cython.uint
    limited: cython.bint = tree.state.deadline > 0
    multiplying: cython.bint = factors.count > 0
    least: cython.uint
    if low == 0 and high == tree.state.segment.documents and not live.shape[0]:
        least = units_at_least(factors, primed(tree, root, count))
        if least > top.cut:
            top.cut = least
    for span in range(spans):
        if limited and is_late(tree.state):
            break
        if low >> RANGE_BITS <= span <= (high - 1) >> RANGE_BITS:
            bounds[span] = bound(tree, root, span)
            if multiplying:
                bounds[span] = most_of(factors, bounds[span], span)
        else:
            bounds[span] = -1
    if spans > 2 * FIRST:
        for at in range(FIRST):
            best = 0
            for span in range(1, spans):
                if bounds[span] > bounds[best]:
                    best = span
            if bounds[best] < 0 or (limited and is_late(tree.state)):
                break
            if bounds[best] < top.cut:
                return
            _range(tree, root, top, best, low, high, live, union, factors)
            bounds[best] = -1
    for at in range(spans):
        span = spans - 1 - at
        if limited and is_late(tree.state):
            break
        if bounds[span] < 0 or _hopeless(top, bounds[span], span):
            continue
        _range(tree, root, top, span, low, high, live, union, factors)


@cython.cfunc
@cython.exceptval(check=False)
def _is_union(tree: Tree, node: cython.uint) -> cython.bint:
    """Whether a node is a union of scoring terms, and perhaps of slices and other such unions, and nothing else."""
    at: cython.uint
    child: cython.uint
    if not is_plain_union(tree, node) or not tree.should[node]:
        return False
    for at in range(tree.first[node], tree.first[node] + tree.should[node]):
        child = tree.children[at]
        if tree.kind[child] == _TERM:
            if not tree.state.scoring[tree.first[child]]:
                return False
        elif tree.kind[child] != _SLICE and not _is_union(tree, child):
            return False
    return True


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _hopeless(top: Top, most: cython.longlong, span: cython.uint) -> cython.bint:
    """Whether no document of a range can enter the top any more."""
    return most < top.cut or (most == top.cut and _loses_ties(top, span))


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _loses_ties(top: Top, span: cython.uint) -> cython.bint:
    """Whether all documents of a range are before the last of the top, which is full."""
    return top.size == top.capacity and top.size and (span + 1) << RANGE_BITS <= top.documents[0]


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _range(
    tree: Tree,
    root: cython.uint,
    top: Top,
    span: cython.uint,
    low: cython.uint,
    high: cython.uint,
    live: cython.const[cython.uchar][::1],
    union: cython.bint,
    factors: Factors,
) -> cython.void:
    """Offers the documents of one range."""
    count: cython.uint
    at: cython.uint
    document: cython.uint
    base: cython.uint = span << RANGE_BITS
    least: cython.uint = top.cut + _loses_ties(top, span)
    cut: cython.uint = needed_for(factors, least, span) if factors.count else least
    constant: cython.longlong = most_of_slices(tree, root, span) if union else 0
    if union and constant < cut:
        count = candidates(tree, root, span, cut - cython.cast(cython.uint, constant if constant > 0 else 0))
        if constant > 0:
            add_slices(tree, root, span, 0, count)
    else:
        tree.state.needed = cut
        count = evaluate(tree, root, span, 0)
        tree.state.needed = 0
    if factors.count:
        _multiply(tree, factors, count, base, top.cut)
    for at in range(count):
        document = base + tree.state.places[at]
        if document < low or document >= high:
            continue
        if live.shape[0] and not (live[document >> 3] >> (document & 7)) & 1:
            continue
        if tree.state.scores[at] >= top.cut:
            push(top, tree.state.scores[at], document)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _multiply(tree: Tree, factors: Factors, count: cython.uint, base: cython.uint, cut: cython.uint) -> cython.void:
    """Multiplies the scores that may reach the cut of the first `count` documents in the lists of level 0."""
    at: cython.uint
    for at in range(count):
        if tree.state.scores[at] >= cut:
            tree.state.scores[at] = multiplied(factors, tree.state.scores[at], base + tree.state.places[at])
