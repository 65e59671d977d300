# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""The documents of a range that match a node of a query, as a bitmap of 4,096 bits: for what wants no scores.

In lists of places a posting takes about nine times as long as it takes to set its bit, or twenty times where it is
looked up in a longer list; but a bitmap takes as long as 300 postings before anything is in it: 512 bytes to clear, to
meet and to count, by steps of a vector unit. So where the rarest of what must match has few documents, the tree finds
them as lists, as for a search.
"""

from __future__ import annotations

import cython
from cython.cimports.searchkit.kernels.bounds import size_in
from cython.cimports.searchkit.kernels.leaves import value
from cython.cimports.searchkit.kernels.nodes import Tree
from cython.cimports.searchkit.kernels.tree import evaluate

RANGE_BITS = cython.declare(cython.uint, 12)
PLACE_MASK = cython.declare(cython.uint, 4095)
ESCAPE = cython.declare(cython.uint, 15)
BYTES = cython.declare(cython.uint, 512)
LOOKED_UP = cython.declare(cython.uint, 16)
FIXED = cython.declare(cython.uint, 512)

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
def members(
    tree: Tree,
    root: cython.uint,
    span: cython.uint,
    low: cython.ulonglong,
    high: cython.ulonglong,
    live: cython.const[cython.uchar][::1],
    bits: cython.uchar[::1],
) -> cython.uint:
    """Writes the live documents of a range, from `low` up to, not including, `high`, that match the root of a tree as
    the first bitmap of `bits`; returns how many they are.

    live: as for `search`. bits: 512 bytes for each level of the tree, and one more.
    """
    at: cython.uint
    start: cython.ulonglong = cython.cast(cython.ulonglong, span) << RANGE_BITS
    _fill(tree, root, span, bits, 0)
    if live.shape[0]:
        for at in range(BYTES):
            bits[at] = bits[at] & live[(start >> 3) + at]
    _cut(bits, 0, start, low, high)
    return _count(bits)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def is_listed(tree: Tree, node: cython.uint, span: cython.uint) -> cython.bint:
    """Whether a node is evaluated as a list of places in a range."""
    kind: cython.uint = tree.kind[node]
    if kind == _BOOLEAN:
        return tree.must[node] > 0 and _is_rare(tree, node, span)
    return kind in (_PHRASE, _SLOPPY, _NEAR)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _fill(tree: Tree, node: cython.uint, span: cython.uint, bits: cython.uchar[::1], base: cython.uint) -> cython.void:
    """Writes the bitmap of a node at `base`; what it needs beside goes behind."""
    at: cython.uint
    kind: cython.uint = tree.kind[node]
    start: cython.ulonglong = cython.cast(cython.ulonglong, span) << RANGE_BITS
    if kind == _BOOLEAN and not is_listed(tree, node, span):
        _boolean(tree, node, span, bits, base)
    elif kind == _BITMAP:
        for at in range(BYTES):
            bits[base + at] = tree.bitmaps[tree.low[node] + (start >> 3) + at]
    elif kind in (_ALL, _SLICE):
        _set_all(bits, base, 255)
        if kind == _SLICE:
            _cut(bits, base, start, tree.low[node], tree.high[node])
    else:
        _set_all(bits, base, 0)
        _join(tree, node, span, bits, base)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _join(tree: Tree, node: cython.uint, span: cython.uint, bits: cython.uchar[::1], base: cython.uint) -> cython.void:
    """Sets the bits of a node in the bitmap at `base`."""
    at: cython.uint
    leaf: cython.uint
    kind: cython.uint = tree.kind[node]
    if kind == _TERM:
        _set_leaf(tree, tree.first[node], span, bits, base)
    elif kind == _ANY:
        for leaf in range(tree.first[node], tree.first[node] + tree.must[node]):
            _set_leaf(tree, leaf, span, bits, base)
    elif is_listed(tree, node, span):
        _set_listed(tree, node, span, bits, base)
    else:
        _fill(tree, node, span, bits, base + BYTES)
        for at in range(BYTES):
            bits[base + at] = bits[base + at] | bits[base + BYTES + at]


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _set_leaf(
    tree: Tree, leaf: cython.uint, span: cython.uint, bits: cython.uchar[::1], base: cython.uint
) -> cython.void:
    spans: cython.uint = tree.state.segment.ranges + 1
    start: cython.uint = tree.state.starts[leaf * spans + span]
    stop: cython.uint = tree.state.starts[leaf * spans + span + 1]
    place: cython.ulonglong = tree.state.place[leaf]
    posting: cython.uint
    at: cython.uint
    mask: cython.uint = tree.state.mask[leaf]
    codes: cython.uint = tree.state.saturations.codes[mask]
    word: cython.uint
    postings: cython.pointer(cython.const[cython.ushort]) = tree.state.segment.postings
    if not tree.state.frequent[leaf]:
        postings = tree.state.spare
    for posting in range(start, stop):
        word = postings[place + posting]
        if mask:
            if word >> RANGE_BITS == ESCAPE:
                if value(tree.state, leaf, posting, span) < 0:
                    continue
            elif not (codes >> (word >> RANGE_BITS)) & 1:
                continue
        at = word & PLACE_MASK
        bits[base + (at >> 3)] = bits[base + (at >> 3)] | (1 << (at & 7))


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _set_listed(
    tree: Tree, node: cython.uint, span: cython.uint, bits: cython.uchar[::1], base: cython.uint
) -> cython.void:
    """Sets the bits of what the tree finds of a node."""
    at: cython.uint
    place: cython.uint
    for at in range(evaluate(tree, node, span, 0)):
        place = tree.state.places[at]
        bits[base + (place >> 3)] = bits[base + (place >> 3)] | (1 << (place & 7))


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _boolean(
    tree: Tree, node: cython.uint, span: cython.uint, bits: cython.uchar[::1], base: cython.uint
) -> cython.void:
    first: cython.uint = tree.first[node]
    middle: cython.uint = first + tree.must[node]
    last: cython.uint = middle + tree.should[node]
    child: cython.uint
    at: cython.uint
    if tree.must[node]:
        _fill(tree, tree.children[first], span, bits, base)
        for child in range(first + 1, middle):
            _fill(tree, tree.children[child], span, bits, base + BYTES)
            for at in range(BYTES):
                bits[base + at] = bits[base + at] & bits[base + BYTES + at]
    else:
        _set_all(bits, base, 0)
        for child in range(first, last):
            _join(tree, tree.children[child], span, bits, base)
    for child in range(last, last + tree.must_not[node]):
        _fill(tree, tree.children[child], span, bits, base + BYTES)
        for at in range(BYTES):
            bits[base + at] = bits[base + at] & ~bits[base + BYTES + at]


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _is_rare(tree: Tree, node: cython.uint, span: cython.uint) -> cython.bint:
    """Whether the rarest of what must match is rare enough for lists."""
    at: cython.uint
    size: cython.uint
    least: cython.uint = size_in(tree, tree.children[tree.first[node]], span)
    most: cython.uint = 0
    for at in range(tree.first[node], tree.first[node] + tree.must[node] + tree.should[node] + tree.must_not[node]):
        size = size_in(tree, tree.children[at], span)
        if at < tree.first[node] + tree.must[node]:
            least = size if size < least else least
        most = size if size > most else most
    return LOOKED_UP * least < FIXED + most


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _set_all(bits: cython.uchar[::1], base: cython.uint, byte: cython.uchar) -> cython.void:
    at: cython.uint
    for at in range(BYTES):
        bits[base + at] = byte


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _cut(
    bits: cython.uchar[::1],
    base: cython.uint,
    start: cython.ulonglong,
    low: cython.ulonglong,
    high: cython.ulonglong,
) -> cython.void:
    """Clears the bits of documents outside [low, high); the range begins with document `start`."""
    first: cython.uint = cython.cast(cython.uint, low - start) if low > start else 0
    last: cython.uint = cython.cast(cython.uint, high - start) if high > start else 0
    at: cython.uint
    if low >= start + 8 * BYTES:
        first = 8 * BYTES
    if high >= start + 8 * BYTES:
        last = 8 * BYTES
    for at in range(first >> 3):
        bits[base + at] = 0
    if first & 7:
        bits[base + (first >> 3)] = bits[base + (first >> 3)] & (255 << (first & 7)) & 255
    for at in range((last + 7) >> 3, BYTES):
        bits[base + at] = 0
    if last & 7:
        bits[base + (last >> 3)] = bits[base + (last >> 3)] & ((1 << (last & 7)) - 1)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _count(bits: cython.uchar[::1]) -> cython.uint:
    """How many bits of the first bitmap are set: the halves of each byte, then of each half … side by side."""
    at: cython.uint
    byte: cython.uchar
    total: cython.uint = 0
    for at in range(BYTES):
        byte = bits[at]
        byte = byte - ((byte >> 1) & 0x55)
        byte = (byte & 0x33) + ((byte >> 2) & 0x33)
        total += (byte + (byte >> 4)) & 15
    return total
