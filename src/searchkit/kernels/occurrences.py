# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""How often the words of a phrase stand side by side in a document.

The positions of the rarest word are read, and those of each other word kept only where they fit. Positions of
different documents lie far apart, and nobody else has looked at them lately: so while one document is looked at, the
processor fetches those of documents that follow, and for others further on what says where theirs begin.
"""

from __future__ import annotations

import cython
from cython.cimports.searchkit.kernels.positions import keep_followed, positions_of
from cython.cimports.searchkit.kernels.state import State

BLOCK_BITS = cython.declare(cython.uint, 5)
BLOCK_MASK = cython.declare(cython.uint, 31)
ZONE_BITS = cython.declare(cython.uint, 28)
LINE_BITS = cython.declare(cython.uint, 6)
MOST_LINES = cython.declare(cython.ulonglong, 16)
POSITIONS_AHEAD = cython.declare(cython.uint, 4)
INDEX_AHEAD = cython.declare(cython.uint, 12)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def occurrences_in(
    state: State, first: cython.uint, count: cython.uint, span: cython.uint, at: cython.uint, found: cython.uint
) -> cython.uint:
    """How often the phrase stands in the `at`-th of `found` documents, which are gone through in order; by zone, that
    goes to `by_zone`.
    """
    leaf: cython.uint = state.order[first]
    slot: cython.uint
    place: cython.uint
    kept: cython.uint
    zone: cython.uint
    if cython.compiled:
        _bring_near(state, first, count, at, found)
    kept = positions_of(state, leaf, state.found[(leaf - first) * 4096 + at], span, state.standing)
    for place in range(kept):
        state.standing[place] -= leaf - first
    for slot in range(1, count):
        if not kept:
            return 0
        leaf = state.order[first + slot]
        kept = keep_followed(
            state, leaf, state.found[(leaf - first) * 4096 + at], span, state.standing, kept, leaf - first
        )
    if kept:
        place = 0
        for zone in range(state.segment.zones):
            state.by_zone[zone] = 0
            while place < kept and state.standing[place] >> ZONE_BITS == zone:
                state.by_zone[zone] += 1
                place += 1
    return kept


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _bring_near(
    state: State, first: cython.uint, count: cython.uint, at: cython.uint, found: cython.uint
) -> cython.void:
    """Has the processor fetch what is needed soon, when the `at`-th document is looked at."""
    ahead: cython.uint
    leaf: cython.uint
    for leaf in range(first, first + count):
        if at == 0:
            for ahead in range(min(INDEX_AHEAD, found)):
                _bring_index(state, leaf, state.found[(leaf - first) * 4096 + ahead])
        if at + INDEX_AHEAD < found:
            _bring_index(state, leaf, state.found[(leaf - first) * 4096 + at + INDEX_AHEAD])
    for leaf in range(first, first + count):
        if at == 0:
            for ahead in range(min(POSITIONS_AHEAD, found)):
                _bring_positions(state, leaf, state.found[(leaf - first) * 4096 + ahead])
        if at + POSITIONS_AHEAD < found:
            _bring_positions(state, leaf, state.found[(leaf - first) * 4096 + at + POSITIONS_AHEAD])


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _bring_index(state: State, leaf: cython.uint, posting: cython.uint) -> cython.void:
    block: cython.uint = posting >> BLOCK_BITS
    if block:
        prefetch(state.segment.position_index + state.index_place[leaf] + block - 1)


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _bring_positions(state: State, leaf: cython.uint, posting: cython.uint) -> cython.void:
    """What is read of the block of a posting, if all in it have as many positions, and a line more, as it may begin
    at the end of one; of a large block the beginning.
    """
    block: cython.uint = posting >> BLOCK_BITS
    start: cython.ulonglong = 0
    lines: cython.ulonglong = 2
    line: cython.ulonglong
    index: cython.pointer(cython.const[cython.uint]) = state.segment.position_index + state.index_place[leaf]
    if block:
        start = index[block - 1]
    if block < (state.frequency[leaf] - 1) >> BLOCK_BITS and index[block] > start:
        lines += ((index[block] - start) * (posting & BLOCK_MASK)) >> (BLOCK_BITS + LINE_BITS)
    start += state.position_place[leaf]
    for line in range(min(lines, MOST_LINES)):
        prefetch(state.segment.positions + start + (line << LINE_BITS))
