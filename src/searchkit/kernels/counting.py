# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""How many documents of a segment match a query: bitmaps or lists of the ranges where it can match, without scores.

A term or a union of terms, of which each posting is a document that counts, needs no more than the number of postings
where one term is alone in a range, and beside others how many of its postings they have set before.
"""

from __future__ import annotations

import cython
from cython.cimports.searchkit.kernels.bounds import bound
from cython.cimports.searchkit.kernels.leaves import count_in
from cython.cimports.searchkit.kernels.nodes import Tree
from cython.cimports.searchkit.kernels.positions import postings_of
from cython.cimports.searchkit.kernels.sets import is_listed, members
from cython.cimports.searchkit.kernels.state import State, is_brief, is_late
from cython.cimports.searchkit.kernels.tree import evaluate

RANGE_BITS = cython.declare(cython.uint, 12)
PLACE_MASK = cython.declare(cython.uint, 4095)
BYTES = cython.declare(cython.uint, 512)
_TERM = cython.declare(cython.uint, 0)
_BOOLEAN = cython.declare(cython.uint, 2)


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
    plain: cython.bint = live.shape[0] == 0 and is_plain(tree, root)
    for span in range(first, last + 1):
        if is_late(tree.state):
            break
        whole = first < span < last or (low == 0 and high == tree.state.segment.documents)
        if plain and whole:
            total += _count_plain(tree, root, span, bits)
        elif bound(tree, root, span) >= 0:
            if is_listed(tree, root, span):
                total += _count_list(tree, evaluate(tree, root, span, 0), span, low, high, live)
            else:
                total += members(tree, root, span, low, high, live, bits)
    return total


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def is_plain(tree: Tree, root: cython.uint) -> cython.bint:
    """Whether a node is a term over all zones, or a union of such terms."""
    at: cython.uint
    if tree.kind[root] == _TERM:
        return not tree.state.mask[tree.first[root]]
    if tree.kind[root] != _BOOLEAN or tree.must[root] or tree.must_not[root]:
        return False
    for at in range(tree.first[root], tree.first[root] + tree.should[root]):
        if tree.kind[tree.children[at]] != _TERM or tree.state.mask[tree.first[tree.children[at]]]:
            return False
    return True


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _count_plain(tree: Tree, root: cython.uint, span: cython.uint, bits: cython.uchar[::1]) -> cython.uint:
    """How many documents a term or a union has in a range: all postings but those that another term has set before."""
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
    for at in range(BYTES):
        bits[at] = 0
    for at in range(words):
        total -= _met(tree.state, order[at], span, bits, at + 1 < words)
    return total


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _met(
    state: State, leaf: cython.uint, span: cython.uint, bits: cython.uchar[::1], setting: cython.bint
) -> cython.uint:
    """How many postings of a leaf in a range are set in its bitmap. setting: whether to set the others."""
    posting: cython.ulonglong
    row: cython.uint = leaf * (state.segment.ranges + 1) + span
    start: cython.ulonglong = state.place[leaf] + state.starts[row]
    stop: cython.ulonglong = state.place[leaf] + state.starts[row + 1]
    place: cython.uint
    byte: cython.uint
    count: cython.uint = 0
    postings: cython.pointer(cython.const[cython.ushort]) = postings_of(state, leaf)
    if not setting:
        for posting in range(start, stop):
            place = postings[posting] & PLACE_MASK
            count += (bits[place >> 3] >> (place & 7)) & 1
        return count
    for posting in range(start, stop):
        place = postings[posting] & PLACE_MASK
        byte = bits[place >> 3]
        count += (byte >> (place & 7)) & 1
        bits[place >> 3] = byte | (1 << (place & 7))
    return count


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
