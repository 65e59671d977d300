# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""How many documents of a range have any, or all, of some terms over all zones, whose postings all count.

Any: all postings, less those of documents that another term has, too. All: the documents of the shortest list
are kept that the others have, too; they are looked for in a list that is much longer, else their bits are set and the
list is read.
"""

from __future__ import annotations

import cython
from cython.cimports.searchkit.kernels.leaves import advance, count_in
from cython.cimports.searchkit.kernels.nodes import Tree, is_plain_union
from cython.cimports.searchkit.kernels.positions import postings_of
from cython.cimports.searchkit.kernels.state import State

PLACE_MASK = cython.declare(cython.uint, 4095)
BYTES = cython.declare(cython.uint, 512)
SPARSE = cython.declare(cython.uint, 16)
_TERM = cython.declare(cython.uint, 0)
_BOOLEAN = cython.declare(cython.uint, 2)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def is_any_of(tree: Tree, root: cython.uint) -> cython.bint:
    """Whether a node is a term over all zones, or a union of such terms."""
    if tree.kind[root] == _TERM:
        return not tree.state.mask[tree.first[root]]
    if not is_plain_union(tree, root):
        return False
    return _are_terms(tree, tree.first[root], tree.should[root])


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def is_all_of(tree: Tree, root: cython.uint) -> cython.bint:
    """Whether a node is an intersection of terms over all zones."""
    if tree.kind[root] != _BOOLEAN or tree.must[root] < 2 or tree.should[root] or tree.must_not[root]:
        return False
    return _are_terms(tree, tree.first[root], tree.must[root])


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _are_terms(tree: Tree, first: cython.uint, count: cython.uint) -> cython.bint:
    """Whether children are terms over all zones."""
    at: cython.uint
    for at in range(first, first + count):
        if tree.kind[tree.children[at]] != _TERM or tree.state.mask[tree.first[tree.children[at]]]:
            return False
    return True


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def count_any_of(tree: Tree, root: cython.uint, span: cython.uint, bits: cython.uchar[::1]) -> cython.uint:
    """How many documents a term or a union has in a range: all postings but those that another term has, too."""
    at: cython.uint
    leaf: cython.uint
    words: cython.uint = 0
    total: cython.uint = 0
    order: cython.p_uint = tree.state.order
    if tree.kind[root] == _TERM:
        return count_in(tree.state, tree.first[root], span)
    for at in range(tree.first[root], tree.first[root] + tree.should[root]):
        leaf = tree.first[tree.children[at]]
        if count_in(tree.state, leaf, span):
            total += count_in(tree.state, leaf, span)
            order[words] = leaf
            words += 1
    if words < 2:
        return total
    # The longest goes last: its bits need not be set.
    for at in range(words - 1):
        if count_in(tree.state, order[at], span) > count_in(tree.state, order[words - 1], span):
            order[at], order[words - 1] = order[words - 1], order[at]
    if words == 2:
        return total - _kept(tree.state, order[1], span, _listed(tree.state, order[0], span), bits)
    for at in range(BYTES):
        bits[at] = 0
    for at in range(words - 1):
        total -= _set(tree.state, order[at], span, bits)
    return total - _met(tree.state, order[words - 1], span, bits)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _set(state: State, leaf: cython.uint, span: cython.uint, bits: cython.uchar[::1]) -> cython.uint:
    """Sets the bits of the postings of a leaf in a range; returns how many were set before."""
    row: cython.uint = leaf * (state.segment.ranges + 1) + span
    posting: cython.ulonglong
    place: cython.uint
    byte: cython.uint
    count: cython.uint = 0
    postings: cython.pointer(cython.const[cython.ushort]) = postings_of(state, leaf)
    for posting in range(state.place[leaf] + state.starts[row], state.place[leaf] + state.starts[row + 1]):
        place = postings[posting] & PLACE_MASK
        byte = bits[place >> 3]
        count += (byte >> (place & 7)) & 1
        bits[place >> 3] = byte | (1 << (place & 7))
    return count


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _met(state: State, leaf: cython.uint, span: cython.uint, bits: cython.uchar[::1]) -> cython.uint:
    """How many postings of a leaf in a range have their bits set."""
    row: cython.uint = leaf * (state.segment.ranges + 1) + span
    posting: cython.ulonglong
    place: cython.uint
    count: cython.uint = 0
    postings: cython.pointer(cython.const[cython.ushort]) = postings_of(state, leaf)
    for posting in range(state.place[leaf] + state.starts[row], state.place[leaf] + state.starts[row + 1]):
        place = postings[posting] & PLACE_MASK
        count += (bits[place >> 3] >> (place & 7)) & 1
    return count


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def count_all_of(tree: Tree, root: cython.uint, span: cython.uint, bits: cython.uchar[::1]) -> cython.uint:
    """How many documents an intersection has in a range."""
    words: cython.uint = tree.must[root]
    count: cython.uint
    at: cython.uint
    order: cython.p_uint = tree.state.order
    for at in range(words):
        _insert(tree.state, order, at, tree.first[tree.children[tree.first[root] + at]], span)
    count = _listed(tree.state, order[0], span)
    for at in range(1, words):
        if not count:
            break
        count = _kept(tree.state, order[at], span, count, bits)
    return count


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _insert(state: State, order: cython.p_uint, at: cython.uint, leaf: cython.uint, span: cython.uint) -> cython.void:
    """Puts a leaf among the first `at`, the shortest of which stands first."""
    count: cython.uint = count_in(state, leaf, span)
    while at and count_in(state, order[at - 1], span) > count:
        order[at] = order[at - 1]
        at -= 1
    order[at] = leaf


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _listed(state: State, leaf: cython.uint, span: cython.uint) -> cython.uint:
    """Writes the places of a leaf in a range to those of level 0; returns how many they are."""
    row: cython.uint = leaf * (state.segment.ranges + 1) + span
    postings: cython.pointer(cython.const[cython.ushort]) = postings_of(state, leaf)
    start: cython.ulonglong = state.place[leaf] + state.starts[row]
    count: cython.uint = state.starts[row + 1] - state.starts[row]
    places: cython.p_ushort = state.places
    at: cython.uint
    for at in range(count):
        places[at] = postings[start + at] & PLACE_MASK
    return count


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _kept(
    state: State, leaf: cython.uint, span: cython.uint, count: cython.uint, bits: cython.uchar[::1]
) -> cython.uint:
    """Keeps those of the first places of level 0 that a leaf has, too; returns how many they are."""
    postings: cython.pointer(cython.const[cython.ushort]) = postings_of(state, leaf)
    row: cython.uint = leaf * (state.segment.ranges + 1) + span
    posting: cython.ulonglong
    start: cython.ulonglong = state.place[leaf] + state.starts[row]
    stop: cython.ulonglong = state.place[leaf] + state.starts[row + 1]
    places: cython.p_ushort = state.places
    place: cython.uint
    at: cython.uint
    kept: cython.uint = 0
    if stop - start > SPARSE * count:
        posting = start
        for at in range(count):
            place = places[at]
            posting = advance(postings, posting, stop, place)
            if posting == stop:
                break
            places[kept] = place
            kept += (postings[posting] & PLACE_MASK) == place
        return kept
    for at in range(BYTES):
        bits[at] = 0
    for at in range(count):
        bits[places[at] >> 3] |= 1 << (places[at] & 7)
    for posting in range(start, stop):
        place = postings[posting] & PLACE_MASK
        places[kept] = place
        kept += (bits[place >> 3] >> (place & 7)) & 1
    return kept
