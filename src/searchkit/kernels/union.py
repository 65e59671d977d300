# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""The best documents of a union of words in one range: MaxScore, with the bounds of this range.

Words whose bounds together stay below the score that a document needs cannot bring a document in alone: they are not
essential here (Turtle and Flood, "Query evaluation: strategies and optimizations", 1995). The essential ones are
summed over the whole range, or, where one with few postings is essential alone, kept as a list; what can still reach
the cut is a candidate. The others are only looked up for candidates, the one with the highest bound first, dropping
those that fall behind; where candidates are many, a list is read whole instead.
"""

from __future__ import annotations

import cython
from cython.cimports.searchkit.kernels.leaves import (
    add,
    add_met,
    add_noting,
    advance,
    count_in,
    value,
)
from cython.cimports.searchkit.kernels.listing import listed
from cython.cimports.searchkit.kernels.nodes import Tree
from cython.cimports.searchkit.kernels.positions import postings_of
from cython.cimports.searchkit.kernels.zoned import add_zoned, add_zoned_met, add_zoned_noting

RANGE = cython.declare(cython.uint, 4096)
PLACE_MASK = cython.declare(cython.uint, 4095)
FEW = cython.declare(cython.uint, 700)
SPARSE = cython.declare(cython.uint, 256)
DENSE = cython.declare(cython.uint, 8)
STREAM = cython.declare(cython.uint, 16)
STRIDE = cython.declare(cython.uint, 16)
_TERM = cython.declare(cython.uint, 0)
_BOOLEAN = cython.declare(cython.uint, 2)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def candidates(tree: Tree, node: cython.uint, span: cython.uint, cut: cython.uint) -> cython.uint:
    """Writes the places that reach the cut to the lists of level 0, with their scores; returns how many.

    node: a boolean node whose children are all scoring terms, none of them required, or such nodes, or slices, which
    are left out here (see `constants`).
    """
    words: cython.uint = _by_bound(tree, node, span, 0)
    essential: cython.uint = 0
    below: cython.uint = 0
    leaf: cython.uint
    at: cython.uint
    total: cython.uint = 0
    noted: cython.uint = 0
    count: cython.uint
    whole: cython.bint
    while essential < words and below + _bound(tree, tree.state.order[essential], span) < cut:
        below += _bound(tree, tree.state.order[essential], span)
        essential += 1
    if words - essential == 1 and count_in(tree.state, tree.state.order[essential], span) < SPARSE:
        return _of_one(tree, essential, span, below, cut)
    for at in range(essential, words):
        total += count_in(tree.state, tree.state.order[at], span)
    whole = total >= FEW
    for at in range(essential, words):
        if whole:
            _add(tree, tree.state.order[at], span)
        else:
            noted = _add_noting(tree, tree.state.order[at], span, noted)
    if whole:
        count = _scan(tree, _needed(cut, below))
    else:
        count = _pick(tree, noted, _needed(cut, below))
    for at in range(essential):
        leaf = tree.state.order[essential - 1 - at]
        below -= _bound(tree, leaf, span)
        if not count:
            break
        if count_in(tree.state, leaf, span) < STREAM * count:
            if whole or noted > SPARSE:
                _add(tree, leaf, span)
                whole = True
            else:
                _add_met(tree, leaf, span)
        else:
            _look_up(tree, leaf, span, count)
        count = _keep(tree, count, _needed(cut, below))
    for at in range(count):
        tree.state.scores[at] = tree.state.sums[tree.state.places[at]]
    _clear(tree, noted, whole)
    return count


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _of_one(tree: Tree, essential: cython.uint, span: cython.uint, below: cython.uint, cut: cython.uint) -> cython.uint:
    """As `candidates`, where the last word in the order is the only essential one: of its postings alone come the
    candidates, in a list, so the sums of the whole range are not needed.
    """
    leaf: cython.uint
    count: cython.uint
    at: cython.uint
    tree.state.needed = _needed(cut, below)
    count = listed(tree.state, tree.state.order[essential], span, tree.state.places, tree.state.scores)
    for at in range(essential):
        if not count:
            break
        leaf = tree.state.order[essential - 1 - at]
        below -= _bound(tree, leaf, span)
        if count_in(tree.state, leaf, span) < DENSE * count:
            count = _summed(tree, leaf, span, count, _needed(cut, below))
        else:
            count = _sought(tree, leaf, span, count, _needed(cut, below))
    return count


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _summed(tree: Tree, leaf: cython.uint, span: cython.uint, count: cython.uint, need: cython.uint) -> cython.uint:
    """Adds a leaf that is read whole to the scores of the listed candidates, and drops those that stay below `need`."""
    kept: cython.uint = 0
    at: cython.uint
    place: cython.uint
    score: cython.uint
    sums: cython.p_uint = tree.state.sums
    for at in range(count):
        sums[tree.state.places[at]] = tree.state.scores[at]
    _add_met(tree, leaf, span)
    for at in range(count):
        place = tree.state.places[at]
        score = sums[place]
        sums[place] = 0
        tree.state.places[kept], tree.state.scores[kept] = place, score
        kept += score >= need
    return kept


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _sought(tree: Tree, leaf: cython.uint, span: cython.uint, count: cython.uint, need: cython.uint) -> cython.uint:
    """The same for a leaf in which each candidate is looked for."""
    first: cython.uint = tree.state.starts[leaf * (tree.state.segment.ranges + 1) + span]
    base: cython.ulonglong = tree.state.place[leaf]
    posting: cython.ulonglong = base + first
    stop: cython.ulonglong = posting + count_in(tree.state, leaf, span)
    postings: cython.pointer(cython.const[cython.ushort]) = postings_of(tree.state, leaf)
    kept: cython.uint = 0
    at: cython.uint
    place: cython.uint
    score: cython.uint
    gain: cython.longlong
    for at in range(count):
        place = tree.state.places[at]
        score = tree.state.scores[at]
        posting = advance(postings, posting, stop, place)
        if posting < stop and (postings[posting] & PLACE_MASK) == place:
            gain = value(tree.state, leaf, posting - base, span)
            score += cython.cast(cython.uint, gain) if gain > 0 else 0
        tree.state.places[kept], tree.state.scores[kept] = place, score
        kept += score >= need
    return kept


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _add(tree: Tree, leaf: cython.uint, span: cython.uint) -> cython.void:
    """Adds a leaf to the sums of the range."""
    if tree.state.mask[leaf]:
        add_zoned(tree.state, leaf, span)
    else:
        add(tree.state, leaf, span, tree.state.sums)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _add_noting(tree: Tree, leaf: cython.uint, span: cython.uint, noted: cython.uint) -> cython.uint:
    """The same, and notes the places whose sum was 0; returns the new number of notes."""
    if tree.state.mask[leaf]:
        return add_zoned_noting(tree.state, leaf, span, noted)
    return add_noting(tree.state, leaf, span, tree.state.sums, tree.state.stamps, noted)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _add_met(tree: Tree, leaf: cython.uint, span: cython.uint) -> cython.void:
    """The same, to the sums only that are not 0."""
    if tree.state.mask[leaf]:
        add_zoned_met(tree.state, leaf, span)
    else:
        add_met(tree.state, leaf, span, tree.state.sums)


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _bound(tree: Tree, leaf: cython.uint, span: cython.uint) -> cython.uint:
    return tree.state.bounds[leaf * tree.state.segment.ranges + span]


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _needed(cut: cython.uint, below: cython.uint) -> cython.uint:
    """The score that reaches the cut together with `below`; at least 1, which every posting adds."""
    return cut - below if cut > below else 1


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _by_bound(tree: Tree, node: cython.uint, span: cython.uint, words: cython.uint) -> cython.uint:
    """Puts the leaves that have postings here in `order`, to the `words` that are there, the lowest bound first;
    returns how many there are then.
    """
    child: cython.uint
    leaf: cython.uint
    at: cython.uint
    for child in range(tree.first[node], tree.first[node] + tree.should[node]):
        leaf = tree.first[tree.children[child]]
        if tree.kind[tree.children[child]] == _BOOLEAN:
            words = _by_bound(tree, tree.children[child], span, words)
        elif tree.kind[tree.children[child]] == _TERM and count_in(tree.state, leaf, span):
            at = words
            while at and _bound(tree, tree.state.order[at - 1], span) > _bound(tree, leaf, span):
                tree.state.order[at] = tree.state.order[at - 1]
                at -= 1
            tree.state.order[at] = leaf
            words += 1
    return words


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _scan(tree: Tree, need: cython.int) -> cython.uint:
    """The places of the whole range whose sum is at least `need`."""
    count: cython.uint = 0
    start: cython.uint
    at: cython.uint
    some: cython.int
    # Sums stay below 2**31, and compilers compare signed integers faster.
    sums: cython.p_int
    places: cython.p_ushort = tree.state.places
    if cython.compiled:
        sums = cython.cast(cython.p_int, tree.state.sums)
    else:
        sums = tree.state.sums
    for start in range(0, 4096, 16):
        some = 0
        for at in range(16):
            some |= sums[start + at] >= need
        if some:
            for at in range(start, start + STRIDE):
                places[count] = at
                count += sums[at] >= need
    return count


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _pick(tree: Tree, noted: cython.uint, need: cython.uint) -> cython.uint:
    """The noted places whose sum is at least `need`."""
    count: cython.uint = 0
    at: cython.uint
    place: cython.uint
    for at in range(noted):
        place = tree.state.stamps[at]
        tree.state.places[count] = place
        count += tree.state.sums[place] >= need
    return count


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _keep(tree: Tree, count: cython.uint, need: cython.uint) -> cython.uint:
    """Drops the candidates whose sum is below `need`."""
    kept: cython.uint = 0
    at: cython.uint
    place: cython.uint
    for at in range(count):
        place = tree.state.places[at]
        tree.state.places[kept] = place
        kept += tree.state.sums[place] >= need
    return kept


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _look_up(tree: Tree, leaf: cython.uint, span: cython.uint, count: cython.uint) -> cython.void:
    """Adds a leaf to the sums of the candidates."""
    base: cython.ulonglong = tree.state.place[leaf]
    start: cython.ulonglong = base + tree.state.starts[leaf * (tree.state.segment.ranges + 1) + span]
    stop: cython.ulonglong = start + count_in(tree.state, leaf, span)
    posting: cython.ulonglong = start
    postings: cython.pointer(cython.const[cython.ushort]) = postings_of(tree.state, leaf)
    at: cython.uint
    place: cython.uint
    before: cython.uint = 0
    gain: cython.longlong
    for at in range(count):
        place = tree.state.places[at]
        # They ascend as far as they come from one list.
        if place < before:
            posting = start
        before = place
        posting = advance(postings, posting, stop, place)
        if posting < stop and (postings[posting] & PLACE_MASK) == place:
            gain = value(tree.state, leaf, posting - base, span)
            if gain > 0:
                tree.state.sums[place] = tree.state.sums[place] + gain


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _clear(tree: Tree, noted: cython.uint, whole: cython.bint) -> cython.void:
    """Brings the sums, and the notes among the stamps, back to 0."""
    at: cython.uint
    sums: cython.p_uint = tree.state.sums
    for at in range(noted):
        if not whole:
            sums[tree.state.stamps[at]] = 0
        tree.state.stamps[at] = 0
    # Noting writes one place ahead.
    tree.state.stamps[noted] = 0
    if whole:
        for at in range(RANGE):
            sums[at] = 0
