# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Sloppy phrases: words that stand about where they would stand in the phrase, in any order.

A word that stands at p and is the i-th of the phrase is shifted by p - i. The phrase is there where every word has a
position of its own, in one zone, and no two shifts differ by more than the slop; words that are the same take theirs in
order. It counts once for each least shift, but no more often than its rarest word stands there, so that the bounds
of its words bound it.

A sweep over the streams of positions: with all shifts to be in [low, low + slop], each word takes its first position
that fits. One that only fits further on says what `low` must be at least; where all fit, `low` can rise to the least
shift. So `low` grows at each round, and a document costs no more than its positions times the words of the phrase.
"""

from __future__ import annotations

import cython
from cython.cimports.searchkit.kernels.phrases import keep
from cython.cimports.searchkit.kernels.state import State, is_late
from cython.cimports.searchkit.kernels.streams import frequency_in, from_position, having_words, open_words

ZONE_BITS = cython.declare(cython.uint, 28)
END = cython.declare(cython.uint, 4294967295)
NONE = cython.declare(cython.ulonglong, 18446744073709551615)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def sloppy(
    state: State,
    first: cython.uint,
    required: cython.uint,
    words: cython.pointer(cython.const[cython.uint]),
    count: cython.uint,
    slop: cython.uint,
    span: cython.uint,
    places: cython.p_ushort,
    scores: cython.p_uint,
) -> cython.uint:
    """Writes the places in a range of the documents that have the phrase, ascending, and what it adds; returns how
    many.

    words: four numbers each: its leaves, from the first up to the last exclusive; its place in the phrase (below
    65,536, as the slop is); and the number of the last word before it that is the same, counted from 1, or 0. Other
    arguments as for `having_words`.
    """
    found: cython.uint = having_words(state, first, required, words, count, span, places)
    kept: cython.uint = 0
    at: cython.uint
    for at in range(found):
        if state.deadline and is_late(state):
            break
        if not open_words(state, first, required, words, count, 0, span, at, places[at]):
            continue
        if _count_shifts(state, words, count, slop):
            kept = keep(state, first, span, places[at], places, scores, kept)
    return kept


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _count_shifts(
    state: State, words: cython.pointer(cython.const[cython.uint]), count: cython.uint, slop: cython.uint
) -> cython.uint:
    """How often the phrase is in the document; of each zone, in `by_zone`."""
    zone: cython.uint
    word: cython.uint
    frequency: cython.uint
    total: cython.uint = 0
    low: cython.ulonglong = 0
    least: cython.ulonglong
    for zone in range(state.segment.zones):
        state.by_zone[zone] = 0
    while True:
        least = _next_shift(state, words, count, slop, low)
        if least == NONE:
            break
        zone = state.word_position[0] >> ZONE_BITS
        if zone >= state.segment.zones:
            break
        state.by_zone[zone] += 1
        total += 1
        low = least + 1
    for zone in range(state.segment.zones):
        if state.by_zone[zone] > 1:
            for word in range(count):
                frequency = frequency_in(state, word, zone)
                if frequency < state.by_zone[zone]:
                    state.by_zone[zone] = frequency
    return total


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _next_shift(
    state: State,
    words: cython.pointer(cython.const[cython.uint]),
    count: cython.uint,
    slop: cython.uint,
    low: cython.ulonglong,
) -> cython.ulonglong:
    """The first least shift from `low` on at which the phrase is there, or NONE; `word_position` has its positions."""
    word: cython.uint = 0
    before: cython.uint
    position: cython.uint
    target: cython.ulonglong
    shift: cython.ulonglong
    least: cython.ulonglong = NONE
    while word < count:
        target = low + words[4 * word + 2]
        before = words[4 * word + 3]
        if before and state.word_position[before - 1] >= target:
            target = cython.cast(cython.ulonglong, state.word_position[before - 1]) + 1
        position = from_position(state, word, target)
        if position == END:
            return NONE
        state.word_position[word] = position
        shift = position - words[4 * word + 2]
        if shift > low + slop:
            low = shift - slop
            least = NONE
            word = 0
            continue
        if shift < least:
            least = shift
        word += 1
    return least
