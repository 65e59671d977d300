# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""The positions of a posting.

They are found by skipping the varints of the postings before it: from the start of its block of 32, or from where the
last look in the same block ended. Damaged data never lead beyond the end of the section.

A position is zone << 28 | place in the zone, and a bias that what comes before it in a phrase can be taken from: so a
phrase never crosses from one zone to the next.
"""

from __future__ import annotations

import cython
from cython.cimports.searchkit.kernels.leaves import exception_at, rank_of, rank_of_exception
from cython.cimports.searchkit.kernels.state import State

RANGE_BITS = cython.declare(cython.uint, 12)
PLACE_MASK = cython.declare(cython.uint, 4095)
ESCAPE = cython.declare(cython.uint, 15)
BLOCK_BITS = cython.declare(cython.uint, 5)
ZONE_BITS = cython.declare(cython.uint, 28)
BIAS = cython.declare(cython.uint, 1 << 16)
VALUE = cython.declare(cython.ulonglong, (1 << 32) - 1)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def postings_of(state: State, leaf: cython.uint) -> cython.pointer(cython.const[cython.ushort]):
    """What holds the postings of a leaf, from state.place[leaf] on."""
    if state.frequent[leaf]:
        return state.segment.postings
    return state.spare


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def rank_at(state: State, leaf: cython.uint, posting: cython.uint, span: cython.uint) -> cython.uint:
    """The rank of the vector of a posting in this range or one before it."""
    rank: cython.uint = postings_of(state, leaf)[state.place[leaf] + posting] >> RANGE_BITS
    if rank < ESCAPE:
        return rank
    return rank_of(state, leaf, _document(state, leaf, posting, span))


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _document(state: State, leaf: cython.uint, posting: cython.uint, span: cython.uint) -> cython.uint:
    """The document of a posting in this range or one before it."""
    while span and state.starts[leaf * (state.segment.ranges + 1) + span] > posting:
        span -= 1
    return (span << RANGE_BITS) | (postings_of(state, leaf)[state.place[leaf] + posting] & PLACE_MASK)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def locate(state: State, leaf: cython.uint, posting: cython.uint, span: cython.uint) -> cython.ulonglong:
    """The byte at which the positions of a posting begin; its range is `span`."""
    block: cython.uint = posting >> BLOCK_BITS
    first: cython.uint = block << BLOCK_BITS
    current: cython.uint
    code: cython.uint
    escapes: cython.uint = 0
    skip: cython.ulonglong = 0
    base: cython.ulonglong = state.place[leaf]
    postings: cython.pointer(cython.const[cython.ushort]) = postings_of(state, leaf)
    totals: cython.pointer(cython.const[cython.uint]) = state.segment.totals
    exception: cython.ulonglong
    at: cython.ulonglong = state.position_place[leaf]
    limit: cython.ulonglong = state.segment.position_bytes
    data: cython.pointer(cython.const[cython.uchar]) = state.segment.positions
    if block:
        at += state.segment.position_index[state.index_place[leaf] + block - 1]
    if first <= state.cursor_posting[leaf] <= posting:
        first = state.cursor_posting[leaf]
        at = state.cursor_byte[leaf]
    # Exceptions are rare: their code is counted as if it stood for a vector, and put right below.
    for current in range(first, posting):
        code = postings[base + current] >> RANGE_BITS
        escapes += code == ESCAPE
        skip += totals[code]
    if escapes:
        skip -= cython.cast(cython.ulonglong, escapes) * totals[ESCAPE]
        exception = exception_at(state, leaf, _document(state, leaf, first, span))
        for current in range(escapes):
            skip += totals[rank_of_exception(state, leaf, exception + current)]
    while skip >= 8 and at + 8 <= limit:
        skip -= _ends(data, at)
        at += 8
    while skip and at < limit:
        skip -= data[at] < 128
        at += 1
    return at


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _ends(data: cython.pointer(cython.const[cython.uchar]), at: cython.ulonglong) -> cython.uint:
    """How many of the 8 bytes from `at` on are the last of a varint: those whose highest bit is 0."""
    word: cython.ulonglong = 0
    if cython.compiled:
        memcpy(cython.address(word), data + at, 8)
        word = ((~word) >> 7) & cython.cast(cython.ulonglong, 0x0101010101010101)
        return (word * cython.cast(cython.ulonglong, 0x0101010101010101)) >> 56
    else:
        return sum(byte < 128 for byte in data[at : at + 8])


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _varint(
    data: cython.pointer(cython.const[cython.uchar]), at: cython.ulonglong, limit: cython.ulonglong
) -> cython.ulonglong:
    """The varint at `at`: its value, and above 32 bits its length, which is 1 at least, even at the limit."""
    value: cython.uint = 0
    shift: cython.uint = 0
    length: cython.ulonglong = 1
    while at < limit and data[at] >= 128:
        value |= cython.cast(cython.uint, data[at] & 127) << (shift & 31)
        shift += 7
        at += 1
        length += 1
    if at < limit:
        value |= cython.cast(cython.uint, data[at]) << (shift & 31)
    return length << 32 | (value & VALUE)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def positions_of(
    state: State, leaf: cython.uint, posting: cython.uint, span: cython.uint, out: cython.p_uint
) -> cython.uint:
    """Writes the positions of a posting to `out`, ascending, and returns how many."""
    at: cython.ulonglong = locate(state, leaf, posting, span)
    limit: cython.ulonglong = state.segment.position_bytes
    data: cython.pointer(cython.const[cython.uchar]) = state.segment.positions
    vector: cython.uint = rank_at(state, leaf, posting, span) * state.segment.zones
    zone: cython.uint
    frequency: cython.uint
    delta: cython.ulonglong
    key: cython.uint
    count: cython.uint = 0
    for zone in range(state.segment.zones):
        key = (zone << ZONE_BITS) + BIAS
        for frequency in range(state.segment.vectors[vector + zone]):
            delta = _varint(data, at, limit)
            at += delta >> 32
            key = (key + delta) & VALUE
            out[count] = key
            count += 1
    state.cursor_posting[leaf] = posting + 1
    state.cursor_byte[leaf] = at
    return count


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def keep_followed(
    state: State,
    leaf: cython.uint,
    posting: cython.uint,
    span: cython.uint,
    positions: cython.p_uint,
    count: cython.uint,
    offset: cython.uint,
) -> cython.uint:
    """Keeps of the positions in `positions`, ascending and one at least, those that a position of a posting follows by
    `offset`; returns how many. Reads no further than the last of them.
    """
    start: cython.ulonglong = locate(state, leaf, posting, span)
    at: cython.ulonglong = start
    limit: cython.ulonglong = state.segment.position_bytes
    data: cython.pointer(cython.const[cython.uchar]) = state.segment.positions
    vector: cython.uint = rank_at(state, leaf, posting, span) * state.segment.zones
    zone: cython.uint
    frequency: cython.uint
    delta: cython.ulonglong
    key: cython.uint
    next: cython.uint = 0
    kept: cython.uint = 0
    wanted: cython.uint = positions[0] + offset
    for zone in range(state.segment.zones):
        key = (zone << ZONE_BITS) + BIAS
        for frequency in range(state.segment.vectors[vector + zone]):
            delta = _varint(data, at, limit)
            at += delta >> 32
            key = (key + delta) & VALUE
            while wanted <= key:
                positions[kept] = positions[next]
                kept += wanted == key
                next += 1
                if next == count:
                    state.cursor_posting[leaf] = posting
                    state.cursor_byte[leaf] = start
                    return kept
                wanted = positions[next] + offset
    state.cursor_posting[leaf] = posting + 1
    state.cursor_byte[leaf] = at
    return kept
