# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Two words or phrases near each other: in either order, in one zone, apart, the first word of the later one at most so
many positions after the last word of the earlier one.

It counts once for each position where a pair begins, but no more often than the rarer of the two stands in the zone, so
that the bounds of the words bound it.

A merge of both lists of occurrences, each of which asks for the next occurrence of the other one behind it: four
streams, each of which only goes on.
"""

from __future__ import annotations

import cython
from cython.cimports.searchkit.kernels.phrases import keep
from cython.cimports.searchkit.kernels.state import State, is_late
from cython.cimports.searchkit.kernels.streams import from_position, having_words, open_again, open_words

ZONE_BITS = cython.declare(cython.uint, 28)
END = cython.declare(cython.uint, 4294967295)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def near(
    state: State,
    first: cython.uint,
    required: cython.uint,
    words: cython.pointer(cython.const[cython.uint]),
    count: cython.uint,
    split: cython.uint,
    distance: cython.uint,
    span: cython.uint,
    places: cython.p_ushort,
    scores: cython.p_uint,
) -> cython.uint:
    """Writes the places in a range of the documents that have the pair, ascending, and what it adds; returns how many.

    words: those of the one phrase, `split` of them, and then those of the other; see `having_words`. distance: below
    65,536.
    """
    found: cython.uint = having_words(state, first, required, words, count, span, places)
    kept: cython.uint = 0
    at: cython.uint
    for at in range(found):
        if state.deadline and is_late(state):
            break
        # The same words twice: as what stands here, and as what comes behind.
        if not open_words(state, first, required, words, count, 0, span, at, places[at]):
            continue
        open_again(state, count)
        if _count_pairs(state, count, split, distance):
            kept = keep(state, first, span, places[at], places, scores, kept)
    return kept


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _count_pairs(state: State, count: cython.uint, split: cython.uint, distance: cython.uint) -> cython.uint:
    """How often the pair is in the document; of each zone, in `by_zone`."""
    other: cython.uint = count - split
    behind: cython.uint = count + 1
    left: cython.uint = _occurrence(state, 0, split, 0)
    right: cython.uint = _occurrence(state, split, other, 0)
    here: cython.uint
    zone: cython.uint
    total: cython.uint = 0
    met: cython.bint
    for zone in range(state.segment.zones):
        state.by_zone[zone] = state.of_left[zone] = state.of_right[zone] = 0
    while left != END or right != END:
        here = left if left < right else right
        zone = here >> ZONE_BITS
        if zone >= state.segment.zones:
            break
        met = False
        if left == here:
            state.of_left[zone] += 1
            met = _follows(state, behind + split, other, here, split, distance)
            left = _occurrence(state, 0, split, cython.cast(cython.ulonglong, here) + 1)
        if right == here:
            state.of_right[zone] += 1
            met = _follows(state, behind, split, here, other, distance) or met
            right = _occurrence(state, split, other, cython.cast(cython.ulonglong, here) + 1)
        if met:
            state.by_zone[zone] += 1
            total += 1
    for zone in range(state.segment.zones):
        if state.of_left[zone] < state.by_zone[zone]:
            state.by_zone[zone] = state.of_left[zone]
        if state.of_right[zone] < state.by_zone[zone]:
            state.by_zone[zone] = state.of_right[zone]
    return total


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _follows(
    state: State, word: cython.uint, count: cython.uint, here: cython.uint, length: cython.uint, distance: cython.uint
) -> cython.bint:
    """Whether a phrase, the `count` words from `word` on, stands within a distance behind the `length` words here."""
    after: cython.ulonglong = cython.cast(cython.ulonglong, here) + length
    start: cython.uint = _occurrence(state, word, count, after)
    return start != END and start < after + distance


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _occurrence(state: State, word: cython.uint, count: cython.uint, start: cython.ulonglong) -> cython.uint:
    """Where the phrase of the `count` words from `word` on stands first, not before `start`; END where it does not."""
    at: cython.uint = 0
    position: cython.uint
    while at < count:
        position = from_position(state, word + at, start + at)
        if position == END:
            return END
        if position != start + at:
            start = position - at
            if at:
                at = 0
                continue
        at += 1
    return cython.cast(cython.uint, start)
