# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""The first documents of a segment that match a query, in the order of their numbers, up or down.

Documents are numbered by date, so that these are the newest or the oldest, and nothing is sorted. What is found are
few of many: a term or a union of terms is read posting by posting from the end where the order begins, each list with
a cursor, and no further than to the last document that is wanted. Other trees are evaluated a range at a time.
"""

from __future__ import annotations

import cython
from cython.cimports.searchkit.kernels.bounds import bound
from cython.cimports.searchkit.kernels.leaves import posting_at, seek, value
from cython.cimports.searchkit.kernels.nodes import Tree, is_plain_union
from cython.cimports.searchkit.kernels.state import is_brief, is_late
from cython.cimports.searchkit.kernels.top import Top
from cython.cimports.searchkit.kernels.tree import evaluate

RANGE = cython.declare(cython.uint, 4096)
RANGE_BITS = cython.declare(cython.uint, 12)
PLACE_MASK = cython.declare(cython.uint, 4095)
_TERM = cython.declare(cython.uint, 0)


@cython.ccall
def collect(
    tree: Tree,
    root: cython.uint,
    found: Top,
    count: cython.uint,
    low: cython.uint,
    high: cython.uint,
    live: cython.const[cython.uchar][::1],
    descending: cython.bint,
    owner: object,
) -> list:
    """The first live documents of [low, high) that match, at most `count`, as (score, owner, document).

    found: memory for them. live, owner: as for `search`. descending: from the highest number down.
    """
    at: cython.uint
    words: cython.uint = _lists(tree, root)
    if low >= high or not count:
        return []
    found.reset(count, 0)
    if is_brief(tree.state):
        _collect(tree, root, words, found, low, high, live, descending)
    else:
        with cython.nogil:
            _collect(tree, root, words, found, low, high, live, descending)
    return [(found.scores[at], owner, found.documents[at]) for at in range(found.size)]


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _lists(tree: Tree, root: cython.uint) -> cython.uint:
    """How many leaves a term or a union of terms has, which are put in `order`; 0 for any other tree."""
    at: cython.uint
    first: cython.uint = tree.first[root]
    if tree.kind[root] == _TERM:
        tree.state.order[0] = first
        return 1
    if not is_plain_union(tree, root):
        return 0
    for at in range(tree.should[root]):
        if tree.kind[tree.children[first + at]] != _TERM:
            return 0
        tree.state.order[at] = tree.first[tree.children[first + at]]
    return tree.should[root]


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _collect(
    tree: Tree,
    root: cython.uint,
    words: cython.uint,
    found: Top,
    low: cython.uint,
    high: cython.uint,
    live: cython.const[cython.uchar][::1],
    descending: cython.bint,
) -> cython.void:
    """Fills `found`, which is no heap here. words: how many leaves are in `order`, if that is all of the tree."""
    first: cython.uint = low >> RANGE_BITS
    spans: cython.uint = ((high - 1) >> RANGE_BITS) + 1 - first
    span: cython.uint
    at: cython.uint
    for at in range(spans):
        span = first + (spans - 1 - at if descending else at)
        if found.size == found.capacity or (tree.state.deadline and is_late(tree.state)):
            break
        if bound(tree, root, span) < 0:
            continue
        if words:
            _read(tree, words, span, found, low, high, live, descending)
        else:
            _evaluate(tree, root, span, found, low, high, live, descending)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _read(
    tree: Tree,
    words: cython.uint,
    span: cython.uint,
    found: Top,
    low: cython.uint,
    high: cython.uint,
    live: cython.const[cython.uchar][::1],
    descending: cython.bint,
) -> cython.void:
    """The documents of a range that the leaves in `order` have: again and again the first of all that are next."""
    at: cython.uint
    leaf: cython.uint
    score: cython.uint
    place: cython.int
    first: cython.int
    gain: cython.longlong
    met: cython.bint
    base: cython.uint = span << RANGE_BITS
    cursors: cython.p_uint = tree.state.cursor_posting
    for at in range(words):
        _begin(tree, tree.state.order[at], span, low, high, descending)
    while found.size < found.capacity:
        first = -1
        for at in range(words):
            place = _next_place(tree, tree.state.order[at], span, descending)
            if place >= 0 and (first < 0 or (place > first) == descending):
                first = place
        if first < 0 or not low <= base + first < high:
            break
        score = 0
        met = False
        for at in range(words):
            leaf = tree.state.order[at]
            if _next_place(tree, leaf, span, descending) != first:
                continue
            gain = value(tree.state, leaf, cursors[leaf] - 1 if descending else cursors[leaf], span)
            cursors[leaf] = cursors[leaf] - 1 if descending else cursors[leaf] + 1
            if gain >= 0:
                met = True
                score += cython.cast(cython.uint, gain)
        if met:
            _append(found, score, base + first, live)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _begin(
    tree: Tree, leaf: cython.uint, span: cython.uint, low: cython.uint, high: cython.uint, descending: cython.bint
) -> cython.void:
    """Puts the cursor of a leaf where the postings of [low, high) in a range begin: before the first, or descending
    behind the last.
    """
    row: cython.uint = leaf * (tree.state.segment.ranges + 1) + span
    start: cython.uint = tree.state.starts[row]
    stop: cython.uint = tree.state.starts[row + 1]
    base: cython.uint = span << RANGE_BITS
    if descending:
        tree.state.cursor_posting[leaf] = (
            stop if high - base >= RANGE else seek(tree.state, leaf, start, stop, high - base)
        )
    else:
        tree.state.cursor_posting[leaf] = start if low <= base else seek(tree.state, leaf, start, stop, low - base)


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _next_place(tree: Tree, leaf: cython.uint, span: cython.uint, descending: cython.bint) -> cython.int:
    """The place of the next posting of a leaf; -1 where the range has no more."""
    row: cython.uint = leaf * (tree.state.segment.ranges + 1) + span
    cursor: cython.uint = tree.state.cursor_posting[leaf]
    if descending:
        return posting_at(tree.state, leaf, cursor - 1) & PLACE_MASK if cursor > tree.state.starts[row] else -1
    return posting_at(tree.state, leaf, cursor) & PLACE_MASK if cursor < tree.state.starts[row + 1] else -1


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _evaluate(
    tree: Tree,
    root: cython.uint,
    span: cython.uint,
    found: Top,
    low: cython.uint,
    high: cython.uint,
    live: cython.const[cython.uchar][::1],
    descending: cython.bint,
) -> cython.void:
    """The documents of a range that match the root of any tree, which come in no order."""
    at: cython.uint
    place: cython.uint
    base: cython.uint = span << RANGE_BITS
    count: cython.uint = evaluate(tree, root, span, 0)
    sums: cython.p_uint = tree.state.sums
    for at in range(count):
        # One more than the score, so that a document with none is seen too.
        sums[tree.state.places[at]] = tree.state.scores[at] + 1
    for at in range(RANGE):
        place = RANGE - 1 - at if descending else at
        if found.size == found.capacity:
            break
        if sums[place] and low <= base + place < high:
            _append(found, sums[place] - 1, base + place, live)
    for at in range(count):
        sums[tree.state.places[at]] = 0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _append(
    found: Top, score: cython.uint, document: cython.uint, live: cython.const[cython.uchar][::1]
) -> cython.void:
    """Adds a document, unless it is deleted."""
    if live.shape[0] and not (live[document >> 3] >> (document & 7)) & 1:
        return
    found.scores[found.size] = score
    found.documents[found.size] = document
    found.size += 1
