# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""The postings of a term in one range as a list: places, ascending, and what each adds to its document's score.

Exceptions of the codebook come in the same order as postings, so each is the next one.
"""

from __future__ import annotations

import cython
from cython.cimports.searchkit.kernels.leaves import exception_at, has_zone, posting_at, rank_of_exception, value
from cython.cimports.searchkit.kernels.state import State, saturate

RANGE_BITS = cython.declare(cython.uint, 12)
PLACE_MASK = cython.declare(cython.uint, 4095)
ESCAPE = cython.declare(cython.uint, 15)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def listed(
    state: State, leaf: cython.uint, span: cython.uint, places: cython.p_ushort, scores: cython.p_uint
) -> cython.uint:
    """Writes the places of a leaf in a range and what it adds there, ascending; returns how many.

    Documents that do not reach `state.needed`, which is taken back, may be left out.
    """
    posting: cython.uint
    at: cython.uint = leaf * (state.segment.ranges + 1) + span
    count: cython.uint = 0
    gain: cython.longlong
    if state.scoring[leaf] and not state.mask[leaf]:
        return _scored(state, leaf, span, places, scores, False)
    if state.scoring[leaf]:
        return _scored(state, leaf, span, places, scores, True)
    state.needed = 0
    for posting in range(state.starts[at], state.starts[at + 1]):
        gain = value(state, leaf, posting, span)
        if gain >= 0:
            places[count] = posting_at(state, leaf, posting) & PLACE_MASK
            scores[count] = gain
            count += 1
    return count


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _scored(
    state: State,
    leaf: cython.uint,
    span: cython.uint,
    places: cython.p_ushort,
    scores: cython.p_uint,
    zoned: cython.bint,
) -> cython.uint:
    """As `listed`, for a scoring leaf; leaves out what does not reach `state.needed`.

    zoned: whether only some zones count; a constant to each caller, so that compilers make a loop without a look at it.
    """
    posting: cython.ulonglong
    at: cython.uint = leaf * (state.segment.ranges + 1) + span
    start: cython.ulonglong = state.place[leaf] + state.starts[at]
    stop: cython.ulonglong = state.place[leaf] + state.starts[at + 1]
    base: cython.uint = span << RANGE_BITS
    weight: cython.ulonglong = state.weight[leaf]
    mask: cython.uint = state.mask[leaf]
    codes: cython.uint = state.saturations.codes[mask]
    # A posting that is not in the zones of the leaf gains nothing, where every other gains 1 at least.
    needed: cython.uint = max(1, state.needed)
    exception: cython.ulonglong = 0
    count: cython.uint = 0
    word: cython.uint
    has: cython.uint = 1
    norm: cython.uint
    rank: cython.uint
    gain: cython.uint
    postings: cython.pointer(cython.const[cython.ushort]) = state.segment.postings
    norms: cython.pointer(cython.const[cython.uchar]) = state.segment.norms
    table: cython.pointer(cython.const[cython.uint])
    if cython.compiled:
        table = state.saturations.table + mask * 4096
    else:
        table = state.saturations.table[mask * 4096 :]
    if not state.frequent[leaf]:
        postings = state.spare
    state.needed = 0
    if state.exception_count[leaf]:
        exception = exception_at(state, leaf, base)
    for posting in range(start, stop):
        word = postings[posting]
        norm = norms[base + (word & PLACE_MASK)]
        gain = table[((word >> RANGE_BITS) << 8) | norm]
        if zoned:
            has = (codes >> (word >> RANGE_BITS)) & 1
        if word >> RANGE_BITS == ESCAPE:
            rank = rank_of_exception(state, leaf, exception)
            gain = saturate(
                state.saturations.weights[mask * state.segment.ranks + rank], state.saturations.lengths[norm]
            )
            if zoned:
                has = has_zone(state, rank, mask)
            exception += 1
        gain = cython.cast(cython.uint, (weight * gain) >> 32) + 1
        if zoned:
            gain *= has
        places[count] = word & PLACE_MASK
        scores[count] = gain
        count += gain >= needed
    return count
