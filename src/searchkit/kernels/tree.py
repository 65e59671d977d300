# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""A query as a tree of nodes, evaluated one range of documents at a time.

Evaluating a node writes the places of the documents that match it, and what each adds to the score, into the lists
of its level; its children use the level below, and a union that is a child of a union the same. What must match goes
first, the rarest first, and the rest is only looked up in what is left: by a walk through the other list while that is
at most twelve times as long, else by strides from one to the next. Lists meet by stamps: an array that says for each
place of the range where it stands in the list.

Where a document needs a score to be of use, those are dropped between one child and the next that cannot reach it with
all that the children still to come can add. A phrase that alone must match is confirmed after the words beside it: what
they add to the documents that have all of its words says of which of them positions are worth reading.
"""

from __future__ import annotations

import cython
from cython.cimports.searchkit.kernels.bounds import bound, size_in
from cython.cimports.searchkit.kernels.constants import add_slices, most_of_slices
from cython.cimports.searchkit.kernels.fixed import fixed
from cython.cimports.searchkit.kernels.leaves import advance, posting_at, value
from cython.cimports.searchkit.kernels.listing import listed
from cython.cimports.searchkit.kernels.near import near
from cython.cimports.searchkit.kernels.nodes import Tree, is_plain_union
from cython.cimports.searchkit.kernels.phrases import confirmed, least_for, phrase, promising, with_all_words
from cython.cimports.searchkit.kernels.sloppy import sloppy
from cython.cimports.searchkit.kernels.state import is_late

RANGE = cython.declare(cython.uint, 4096)
RANGE_BITS = cython.declare(cython.uint, 12)
PLACE_MASK = cython.declare(cython.uint, 4095)
STREAM = cython.declare(cython.uint, 12)
MET = cython.declare(cython.uint, 1 << 15)
STAMP = cython.declare(cython.uint, (1 << 15) - 1)

_TERM = cython.declare(cython.uint, 0)
_PHRASE = cython.declare(cython.uint, 1)
_BOOLEAN = cython.declare(cython.uint, 2)
_SLICE = cython.declare(cython.uint, 3)
_BITMAP = cython.declare(cython.uint, 4)
_ALL = cython.declare(cython.uint, 5)
_ANY = cython.declare(cython.uint, 6)
_SLOPPY = cython.declare(cython.uint, 7)
_NEAR = cython.declare(cython.uint, 8)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def evaluate(tree: Tree, node: cython.uint, span: cython.uint, level: cython.uint) -> cython.uint:
    """Writes the places that match a node, and their scores, to the lists of a level; returns how many."""
    kind: cython.uint = tree.kind[node]
    first: cython.uint = tree.first[node]
    places: cython.p_ushort
    scores: cython.p_uint
    if cython.compiled:
        places = tree.state.places + level * RANGE
        scores = tree.state.scores + level * RANGE
    else:
        places = tree.state.places[level * RANGE : (level + 1) * RANGE]
        scores = tree.state.scores[level * RANGE : (level + 1) * RANGE]
    if kind == _TERM:
        return listed(tree.state, first, span, places, scores)
    if tree.state.deadline and is_late(tree.state):
        return 0
    if kind in (_PHRASE, _SLOPPY, _NEAR):
        return _phrase(tree, node, span, places, scores)
    if kind == _BOOLEAN:
        return _boolean(tree, node, span, level)
    if kind == _ANY:
        return _any(tree, node, span, level)
    return fixed(tree, node, span, places, scores)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _phrase(
    tree: Tree, node: cython.uint, span: cython.uint, places: cython.p_ushort, scores: cython.p_uint
) -> cython.uint:
    first: cython.uint = tree.first[node]
    required: cython.uint = tree.must[node]
    count: cython.uint = tree.must_not[node]
    split: cython.uint = cython.cast(cython.uint, tree.high[node])
    reach: cython.uint = cython.cast(cython.uint, tree.low[node])
    numbers: cython.p_uint
    if tree.kind[node] == _PHRASE:
        return phrase(tree.state, first, required, span, places, scores)
    if cython.compiled:
        numbers = tree.children + tree.should[node]
    else:
        numbers = tree.children[tree.should[node] :]
    if tree.kind[node] == _SLOPPY:
        return sloppy(tree.state, first, required, numbers, count, reach, span, places, scores)
    return near(tree.state, first, required, numbers, count, split, reach, span, places, scores)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _holds(tree: Tree, node: cython.uint, document: cython.ulonglong) -> cython.bint:
    """Whether a document is in a node that is a slice, a bitmap or all."""
    if tree.kind[node] == _SLICE:
        return tree.low[node] <= document < tree.high[node]
    if tree.kind[node] == _BITMAP:
        return (tree.bitmaps[tree.low[node] + (document >> 3)] >> (document & 7)) & 1
    return True


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _any(tree: Tree, node: cython.uint, span: cython.uint, level: cython.uint) -> cython.uint:
    """The union of many leaves, in no order of places."""
    count: cython.uint = 0
    at: cython.uint
    leaf: cython.uint
    posting: cython.uint
    place: cython.uint
    base: cython.uint = level * RANGE
    spans: cython.uint = tree.state.segment.ranges + 1
    for leaf in range(tree.first[node], tree.first[node] + tree.must[node]):
        for posting in range(tree.state.starts[leaf * spans + span], tree.state.starts[leaf * spans + span + 1]):
            place = posting_at(tree.state, leaf, posting) & PLACE_MASK
            if tree.state.stamps[base + place]:
                continue
            if tree.state.mask[leaf] and value(tree.state, leaf, posting, span) < 0:
                continue
            tree.state.stamps[base + place] = 1
            tree.state.places[base + count] = place
            tree.state.scores[base + count] = tree.score[node]
            count += 1
    for at in range(count):
        tree.state.stamps[base + tree.state.places[base + at]] = 0
    return count


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _boolean(tree: Tree, node: cython.uint, span: cython.uint, level: cython.uint) -> cython.uint:
    first: cython.uint = tree.first[node]
    middle: cython.uint = first + tree.must[node]
    last: cython.uint = middle + tree.should[node]
    at: cython.uint
    count: cython.uint
    needed: cython.uint = tree.state.needed
    total: cython.longlong = 0
    rest: cython.longlong
    tree.state.needed = 0
    if needed and tree.must[node] == 1 and tree.kind[tree.children[first]] == _PHRASE:
        count = _phrase_last(tree, node, span, level, needed)
    elif tree.must[node]:
        _order_must(tree, node, span)
        for at in range(first, last if needed else first):
            total += _most(tree, tree.children[at], span)
        rest = total - (_most(tree, tree.children[first], span) if needed else 0)
        tree.state.needed = _left_for(tree, tree.children[first], span, needed, total)
        count = evaluate(tree, tree.children[first], span, level)
        for at in range(first + 1, last):
            if not count:
                return 0
            if at < middle:
                tree.state.needed = _left_for(tree, tree.children[at], span, needed, total)
            count = _meet(tree, tree.children[at], span, level, count, at < middle, False)
            tree.state.needed = 0
            rest -= _most(tree, tree.children[at], span) if needed else 0
            if rest < needed:
                count = _drop(tree, level, count, needed - rest)
    else:
        count = _union(tree, node, span, level, needed)
    for at in range(last, last + tree.must_not[node]):
        if count:
            count = _meet(tree, tree.children[at], span, level, count, False, True)
    return count


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _phrase_last(
    tree: Tree, node: cython.uint, span: cython.uint, level: cython.uint, needed: cython.uint
) -> cython.uint:
    """The documents of a required phrase that may reach `needed`, with what the words and others beside it add."""
    base: cython.uint = level * RANGE
    first: cython.uint = tree.first[node]
    last: cython.uint = first + 1 + tree.should[node]
    leaf: cython.uint = tree.first[tree.children[first]]
    words: cython.uint = tree.must[tree.children[first]]
    terms: cython.longlong = 0
    others: cython.longlong = 0
    child: cython.uint
    count: cython.uint
    at: cython.uint
    places: cython.p_ushort
    scores: cython.p_uint
    if cython.compiled:
        places = tree.state.places + base
        scores = tree.state.scores + base
    else:
        places = tree.state.places[base : base + RANGE]
        scores = tree.state.scores[base : base + RANGE]
    for child in range(first + 1, last):
        if tree.kind[tree.children[child]] == _TERM:
            terms += _most(tree, tree.children[child], span)
        else:
            others += _most(tree, tree.children[child], span)
    # What the phrase and the words have to give; of that, what the phrase has to.
    needed = cython.cast(cython.uint, needed - others) if others < needed else 0
    at = cython.cast(cython.uint, needed - terms) if terms < needed else 0
    count = with_all_words(tree.state, leaf, words, span, places, least_for(tree.state, leaf, at))
    for at in range(count):
        scores[at] = 0
    for child in range(first + 1, last):
        if count and tree.kind[tree.children[child]] == _TERM:
            count = _meet(tree, tree.children[child], span, level, count, False, False)
    count = promising(tree.state, leaf, words, span, places, scores, count, needed)
    count = confirmed(tree.state, leaf, words, span, places, scores, count)
    for child in range(first + 1, last):
        if count and tree.kind[tree.children[child]] != _TERM:
            count = _meet(tree, tree.children[child], span, level, count, False, False)
    return count


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _left_for(
    tree: Tree, child: cython.uint, span: cython.uint, needed: cython.uint, total: cython.longlong
) -> cython.uint:
    """What the score of a required child has to be, where that of its parent has to be `needed`, and all children give
    `total` at most: what the others cannot give. 0 where the child is of a kind that takes no notice of it.
    """
    kind: cython.uint = tree.kind[child]
    others: cython.longlong
    if not needed or (kind != _PHRASE and kind != _BOOLEAN and kind != _TERM):
        return 0
    others = total - _most(tree, child, span)
    return cython.cast(cython.uint, needed - others) if others < needed else 0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _most(tree: Tree, child: cython.uint, span: cython.uint) -> cython.longlong:
    """The most that a child can add; 0 where it cannot match."""
    most: cython.longlong = bound(tree, child, span)
    return most if most > 0 else 0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _drop(tree: Tree, level: cython.uint, count: cython.uint, least: cython.longlong) -> cython.uint:
    """Drops the places in the list of a level whose score so far is below `least`; returns how many are left."""
    base: cython.uint = level * RANGE
    kept: cython.uint = base
    at: cython.uint
    for at in range(base, base + count):
        tree.state.places[kept] = tree.state.places[at]
        tree.state.scores[kept] = tree.state.scores[at]
        kept += tree.state.scores[kept] >= least
    return kept - base


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _order_must(tree: Tree, node: cython.uint, span: cython.uint) -> cython.void:
    """Puts the child that matches the fewest documents first."""
    first: cython.uint = tree.first[node]
    at: cython.uint
    best: cython.uint = first
    least: cython.uint = size_in(tree, tree.children[first], span)
    size: cython.uint
    for at in range(first + 1, first + tree.must[node]):
        size = size_in(tree, tree.children[at], span)
        if size < least:
            least = size
            best = at
    at = tree.children[first]
    tree.children[first] = tree.children[best]
    tree.children[best] = at


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _union(tree: Tree, node: cython.uint, span: cython.uint, level: cython.uint, needed: cython.uint) -> cython.uint:
    """The documents that any of the children matches, their scores summed; there is no `must`. Those that do not reach
    `needed` may be left out.
    """
    base: cython.uint = level * RANGE
    at: cython.uint
    # See `constants`.
    most: cython.longlong = most_of_slices(tree, node, span)
    count: cython.uint = _unite(tree, node, span, level, 0, most >= needed)
    for at in range(count):
        tree.state.stamps[base + tree.state.places[base + at]] = 0
    if 0 < most < needed:
        add_slices(tree, node, span, level, count)
    return count


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _unite(
    tree: Tree, node: cython.uint, span: cython.uint, level: cython.uint, count: cython.uint, with_slices: cython.bint
) -> cython.uint:
    """Adds the children of a union to the list of a level, which has `count` places so far, with stamps; returns how
    many it has then.
    """
    base: cython.uint = level * RANGE
    below: cython.uint = base + RANGE
    at: cython.uint
    child: cython.uint
    place: cython.uint
    stamp: cython.uint
    each: cython.uint
    for each in range(tree.first[node], tree.first[node] + tree.should[node]):
        child = tree.children[each]
        if tree.kind[child] == _SLICE and not with_slices:
            continue
        if is_plain_union(tree, child):
            count = _unite(tree, child, span, level, count, with_slices)
            continue
        for at in range(below, below + evaluate(tree, child, span, level + 1)):
            place = tree.state.places[at]
            stamp = tree.state.stamps[base + place]
            if stamp:
                tree.state.scores[base + stamp - 1] = tree.state.scores[base + stamp - 1] + tree.state.scores[at]
            else:
                tree.state.places[base + count] = place
                tree.state.scores[base + count] = tree.state.scores[at]
                count += 1
                tree.state.stamps[base + place] = count
    return count


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _meet(
    tree: Tree,
    node: cython.uint,
    span: cython.uint,
    level: cython.uint,
    count: cython.uint,
    required: cython.bint,
    prohibited: cython.bint,
) -> cython.uint:
    """Lets a child meet the list of a level: adds its scores, and keeps only the places that it has (required) or
    has not.
    """
    base: cython.uint = level * RANGE
    at: cython.uint
    place: cython.uint
    kept: cython.uint = 0
    met: cython.bint
    for at in range(count):
        tree.state.stamps[base + tree.state.places[base + at]] = at + 1
    if tree.kind[node] == _BOOLEAN and not is_plain_union(tree, node):
        # Not by `_mark`: uncompiled, Python's stack is short of calls for a deep tree.
        _mark_found(tree, level, evaluate(tree, node, span, level + 1))
    else:
        _mark(tree, node, span, level, count)
    for at in range(count):
        place = tree.state.places[base + at]
        met = tree.state.stamps[base + place] >= MET
        tree.state.stamps[base + place] = 0
        if (met or not required) and not (met and prohibited):
            tree.state.places[base + kept] = place
            tree.state.scores[base + kept] = tree.state.scores[base + at]
            kept += 1
    return kept


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _mark(tree: Tree, node: cython.uint, span: cython.uint, level: cython.uint, count: cython.uint) -> cython.void:
    """Marks the stamps of the places that a node has, and adds its scores."""
    base: cython.uint = level * RANGE
    at: cython.uint
    place: cython.uint
    if tree.kind[node] == _TERM:
        _mark_term(tree, tree.first[node], span, base, count)
    elif tree.kind[node] in (_SLICE, _BITMAP, _ALL):
        for at in range(count):
            place = tree.state.places[base + at]
            if _holds(tree, node, (cython.cast(cython.ulonglong, span) << RANGE_BITS) + place):
                tree.state.stamps[base + place] = tree.state.stamps[base + place] | MET
                tree.state.scores[base + at] = tree.state.scores[base + at] + tree.score[node]
    elif is_plain_union(tree, node):
        # Of a union only what is in the list matters. No child needs a score of its own.
        tree.state.needed = 0
        for at in range(tree.first[node], tree.first[node] + tree.should[node]):
            _mark(tree, tree.children[at], span, level, count)
    else:
        _mark_found(tree, level, evaluate(tree, node, span, level + 1))


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _mark_found(tree: Tree, level: cython.uint, found: cython.uint) -> cython.void:
    """The same for the first `found` places in the list of the level below."""
    base: cython.uint = level * RANGE
    at: cython.uint
    place: cython.uint
    stamp: cython.uint
    for at in range(base + RANGE, base + RANGE + found):
        place = tree.state.places[at]
        stamp = tree.state.stamps[base + place] & STAMP
        if stamp:
            tree.state.scores[base + stamp - 1] = tree.state.scores[base + stamp - 1] + tree.state.scores[at]
            tree.state.stamps[base + place] = stamp | MET


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _mark_term(tree: Tree, leaf: cython.uint, span: cython.uint, base: cython.uint, count: cython.uint) -> cython.void:
    """The same for a leaf."""
    posting: cython.ulonglong
    start: cython.uint = tree.state.starts[leaf * (tree.state.segment.ranges + 1) + span]
    stop: cython.uint = tree.state.starts[leaf * (tree.state.segment.ranges + 1) + span + 1]
    first: cython.ulonglong = tree.state.place[leaf]
    at: cython.uint
    place: cython.uint
    before: cython.uint = 0
    stamp: cython.uint
    gain: cython.longlong
    postings: cython.pointer(cython.const[cython.ushort]) = tree.state.segment.postings
    stamps: cython.p_ushort
    if not tree.state.frequent[leaf]:
        postings = tree.state.spare
    if cython.compiled:
        stamps = tree.state.stamps + base
    else:
        stamps = tree.state.stamps[base : base + RANGE]
    if stop - start <= STREAM * count:
        for posting in range(start, stop):
            place = postings[first + posting] & PLACE_MASK
            stamp = stamps[place] & STAMP
            if stamp:
                gain = value(tree.state, leaf, posting, span)
                if gain >= 0:
                    tree.state.scores[base + stamp - 1] = tree.state.scores[base + stamp - 1] + gain
                    stamps[place] = stamp | MET
        return
    posting = first + start
    for at in range(count):
        place = tree.state.places[base + at]
        # Mostly they ascend; not where a union found them.
        if place < before:
            posting = first + start
        before = place
        posting = advance(postings, posting, first + stop, place)
        if posting < first + stop and (postings[posting] & PLACE_MASK) == place:
            gain = value(tree.state, leaf, posting - first, span)
            if gain >= 0:
                tree.state.scores[base + at] = tree.state.scores[base + at] + gain
                stamps[place] = stamps[place] | MET
