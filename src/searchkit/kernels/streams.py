# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""The positions of words in one document as streams: read one after the other, never kept.

So the words of a sloppy phrase need no memory but a few integers each, however often they stand in a document, and no
damaged count leads beyond a buffer. A word is a row of streams: most often one; several where it stands for several
terms, whose positions are then merged. Positions are those of `positions.py`, END comes after the last.
"""

from __future__ import annotations

import cython
from cython.cimports.searchkit.kernels.leaves import count_in, posting_at, seek
from cython.cimports.searchkit.kernels.phrases import with_all_words
from cython.cimports.searchkit.kernels.positions import locate, rank_at
from cython.cimports.searchkit.kernels.state import State

RANGE = cython.declare(cython.uint, 4096)
PLACE_MASK = cython.declare(cython.uint, 4095)
ZONE_BITS = cython.declare(cython.uint, 28)
BIAS = cython.declare(cython.uint, 1 << 16)
END = cython.declare(cython.uint, 4294967295)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def having_words(
    state: State,
    first: cython.uint,
    required: cython.uint,
    words: cython.pointer(cython.const[cython.uint]),
    count: cython.uint,
    span: cython.uint,
    places: cython.p_ushort,
) -> cython.uint:
    """Writes the places in a range of the documents that may have every word, ascending; returns how many.

    first, required: the leaves that a document must have, one after the other, each once. words: four numbers a word:
    its leaves, from the first up to the last exclusive; the two others are the caller's. count: of words. Where each
    word stands for several terms, the first decides.
    """
    word: cython.uint
    leaf: cython.uint
    posting: cython.uint
    stop: cython.uint
    place: cython.uint
    found: cython.uint = 0
    for word in range(count):
        for leaf in range(words[4 * word], words[4 * word + 1]):
            state.cursor_posting[leaf] = END
    if required:
        return with_all_words(state, first, required, span, places, 0)
    for leaf in range(words[0], words[1]):
        stop = state.starts[leaf * (state.segment.ranges + 1) + span + 1]
        for posting in range(state.starts[leaf * (state.segment.ranges + 1) + span], stop):
            state.marks[posting_at(state, leaf, posting) & PLACE_MASK] = 1
    for place in range(RANGE):
        if state.marks[place]:
            state.marks[place] = 0
            places[found] = place
            found += 1
    return found


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def open_words(
    state: State,
    first: cython.uint,
    required: cython.uint,
    words: cython.pointer(cython.const[cython.uint]),
    count: cython.uint,
    into: cython.uint,
    span: cython.uint,
    at: cython.uint,
    place: cython.uint,
) -> cython.bint:
    """Opens the streams of words in a document: the `at`-th of those that `having_words` found, in that place.

    into: number of the first word; the streams of word `into + i` are those from word_streams[into + i] up to the
    next word's. False where the document lacks one.
    """
    stream: cython.uint = state.word_streams[into]
    word: cython.uint
    leaf: cython.uint
    posting: cython.uint
    stop: cython.uint
    for word in range(count):
        for leaf in range(words[4 * word], words[4 * word + 1]):
            if leaf < first + required:
                _open(state, stream, leaf, state.found[(leaf - first) * RANGE + at], span)
                stream += 1
            elif count_in(state, leaf, span):
                posting = state.starts[leaf * (state.segment.ranges + 1) + span]
                stop = posting + count_in(state, leaf, span)
                posting = seek(state, leaf, posting, stop, place)
                if posting < stop and (posting_at(state, leaf, posting) & PLACE_MASK) == place:
                    _open(state, stream, leaf, posting, span)
                    stream += 1
        if stream == state.word_streams[into + word]:
            return False
        state.word_streams[into + word + 1] = stream
    return True


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def open_again(state: State, count: cython.uint) -> cython.void:
    """Opens the streams of the first `count` words once more, as those of the words from `count + 1` on; none of them
    has gone on yet.
    """
    streams: cython.uint = state.word_streams[count]
    stream: cython.uint
    word: cython.uint
    for word in range(count + 1):
        state.word_streams[count + 1 + word] = streams + state.word_streams[word]
    for stream in range(streams):
        state.stream_byte[streams + stream] = state.stream_byte[stream]
        state.stream_rank[streams + stream] = state.stream_rank[stream]
        state.stream_zone[streams + stream] = state.stream_zone[stream]
        state.stream_left[streams + stream] = state.stream_left[stream]
        state.stream_position[streams + stream] = state.stream_position[stream]


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def from_position(state: State, word: cython.uint, target: cython.ulonglong) -> cython.uint:
    """The first position of a word that is not before `target`, at or after the one before; END where there is none."""
    stream: cython.uint
    best: cython.uint = END
    for stream in range(state.word_streams[word], state.word_streams[word + 1]):
        while state.stream_position[stream] < target and state.stream_position[stream] != END:
            _step(state, stream)
        if state.stream_position[stream] < best:
            best = state.stream_position[stream]
    return best


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def frequency_in(state: State, word: cython.uint, zone: cython.uint) -> cython.uint:
    """How often a word stands in a zone of the document."""
    stream: cython.uint
    total: cython.uint = 0
    for stream in range(state.word_streams[word], state.word_streams[word + 1]):
        total += state.segment.vectors[state.stream_rank[stream] * state.segment.zones + zone]
    return total


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _open(state: State, stream: cython.uint, leaf: cython.uint, posting: cython.uint, span: cython.uint) -> cython.void:
    state.stream_byte[stream] = locate(state, leaf, posting, span)
    # What is located next in the same block is found from here.
    state.cursor_posting[leaf] = posting
    state.cursor_byte[leaf] = state.stream_byte[stream]
    state.stream_rank[stream] = rank_at(state, leaf, posting, span)
    state.stream_zone[stream] = 0
    state.stream_left[stream] = state.segment.vectors[state.stream_rank[stream] * state.segment.zones]
    state.stream_position[stream] = BIAS
    _step(state, stream)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _step(state: State, stream: cython.uint) -> cython.void:
    """Goes on to the next position; a damaged one may be anywhere, but the number of steps is what the posting says."""
    at: cython.ulonglong = state.stream_byte[stream]
    limit: cython.ulonglong = state.segment.position_bytes
    data: cython.pointer(cython.const[cython.uchar]) = state.segment.positions
    zone: cython.uint = state.stream_zone[stream]
    delta: cython.uint = 0
    shift: cython.uint = 0
    while not state.stream_left[stream]:
        zone += 1
        if zone >= state.segment.zones:
            state.stream_position[stream] = END
            return
        state.stream_zone[stream] = zone
        state.stream_position[stream] = (zone << ZONE_BITS) + BIAS
        state.stream_left[stream] = state.segment.vectors[state.stream_rank[stream] * state.segment.zones + zone]
    state.stream_left[stream] -= 1
    while at < limit and data[at] >= 128:
        delta |= cython.cast(cython.uint, data[at] & 127) << (shift & 31)
        shift += 7
        at += 1
    if at < limit:
        delta |= cython.cast(cython.uint, data[at]) << (shift & 31)
    state.stream_byte[stream] = at + 1
    state.stream_position[stream] = (state.stream_position[stream] + delta) & END
