# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Phrases: the documents of a range that have all the words, the rarest first; then those in which they stand side by
side (`occurrences`).

Of long phrases the postings are looked up once the documents are known: to note them on the way would take the square
of the number of words.

A phrase is nowhere more frequent than any of its words. So where a document needs a score to be of use, each of its
words needs it too, and documents in which one is too rare are passed over before their positions are read. `phrase`
goes all the way; where others add to the score, their part is added between `with_all_words` and `promising`, before
`confirmed` reads positions.
"""

from __future__ import annotations

import cython
from cython.cimports.searchkit.kernels.leaves import advance, count_in, rank_of
from cython.cimports.searchkit.kernels.occurrences import occurrences_in
from cython.cimports.searchkit.kernels.positions import postings_of
from cython.cimports.searchkit.kernels.state import State, is_late, saturate

RANGE_BITS = cython.declare(cython.uint, 12)
PLACE_MASK = cython.declare(cython.uint, 4095)
ESCAPE = cython.declare(cython.uint, 15)
FEW = cython.declare(cython.uint, 8)
DENSE = cython.declare(cython.uint, 8)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def phrase(
    state: State,
    first: cython.uint,
    count: cython.uint,
    span: cython.uint,
    places: cython.p_ushort,
    scores: cython.p_uint,
) -> cython.uint:
    """Writes the places in a range of the documents that have the phrase, ascending, and what it adds; returns how
    many.

    The phrase is the leaves from `first` on, `count` of them (below 65,536); all have the weight of the phrase.
    Documents that do not reach `state.needed` may be left out.
    """
    least: cython.ulonglong = least_for(state, first, state.needed)
    found: cython.uint
    at: cython.uint
    state.needed = 0
    found = with_all_words(state, first, count, span, places, least)
    for at in range(found):
        scores[at] = 0
    return confirmed(state, first, count, span, places, scores, found)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def confirmed(
    state: State,
    first: cython.uint,
    count: cython.uint,
    span: cython.uint,
    places: cython.p_ushort,
    scores: cython.p_uint,
    found: cython.uint,
) -> cython.uint:
    """Keeps of the documents that `with_all_words` found those that have the phrase, and adds to their scores; returns
    how many.
    """
    kept: cython.uint = 0
    before: cython.uint
    more: cython.uint
    at: cython.uint
    for at in range(found):
        if state.deadline and is_late(state):
            break
        if occurrences_in(state, first, count, span, at, found):
            before = scores[at]
            more = keep(state, first, span, places[at], places, scores, kept)
            if more > kept:
                scores[kept] = scores[kept] + before
                kept = more
    return kept


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def promising(
    state: State,
    first: cython.uint,
    count: cython.uint,
    span: cython.uint,
    places: cython.p_ushort,
    scores: cython.p_uint,
    found: cython.uint,
    needed: cython.uint,
) -> cython.uint:
    """Keeps of the documents that `with_all_words` found those whose score so far is `needed`, or may be with the
    phrase; returns how many.
    """
    alone: cython.ulonglong = least_for(state, first, needed)
    least: cython.ulonglong
    kept: cython.uint = 0
    at: cython.uint
    leaf: cython.uint
    row: cython.uint
    word: cython.uint
    enough: cython.bint
    for at in range(found):
        least = alone
        if scores[at]:
            least = least_for(state, first, needed - scores[at]) if scores[at] < needed else 0
        enough = True
        if least:
            for leaf in range(first, first + count):
                word = postings_of(state, leaf)[state.place[leaf] + state.found[(leaf - first) * 4096 + at]]
                if not _reaches(state, leaf, word, span, least):
                    enough = False
                    break
        if enough:
            places[kept] = places[at]
            scores[kept] = scores[at]
            for leaf in range(count):
                row = leaf * 4096
                state.found[row + kept] = state.found[row + at]
            kept += 1
    return kept


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def least_for(state: State, leaf: cython.uint, needed: cython.ulonglong) -> cython.ulonglong:
    """The saturation that makes a leaf's score `needed`; a little less, since the division in `saturate` rounds; 0
    where any will do.
    """
    least: cython.ulonglong
    if needed < 2 or not state.scoring[leaf] or not state.weight[leaf]:
        return 0
    least = ((needed - 1) << 32) // state.weight[leaf]
    return least - 2 if least > 2 else 0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _reaches(
    state: State, leaf: cython.uint, word: cython.uint, span: cython.uint, least: cython.ulonglong
) -> cython.bint:
    """Whether the saturation of a posting, `word`, is not below `least`."""
    document: cython.uint = (span << RANGE_BITS) | (word & PLACE_MASK)
    norm: cython.uint = state.segment.norms[document]
    rank: cython.uint = word >> RANGE_BITS
    if rank < ESCAPE:
        return state.saturations.table[(state.mask[leaf] * 16 + rank) * 256 + norm] >= least
    rank = rank_of(state, leaf, document)
    return (
        saturate(
            state.saturations.weights[state.mask[leaf] * state.segment.ranks + rank], state.saturations.lengths[norm]
        )
        >= least
    )


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def with_all_words(
    state: State,
    first: cython.uint,
    count: cython.uint,
    span: cython.uint,
    places: cython.p_ushort,
    least: cython.ulonglong,
) -> cython.uint:
    """The places of documents that have every leaf, with a saturation of `least` or more;
    found[(leaf - first) * 4096 + i] is its posting in the i-th of them.
    """
    at: cython.uint
    slot: cython.uint
    leaf: cython.uint
    found: cython.uint
    start: cython.uint
    word: cython.uint
    base: cython.ulonglong
    postings: cython.pointer(cython.const[cython.ushort])
    kept: cython.uint = 0
    # state.order: the leaves by their number of postings here, the rarest first.
    for at in range(count):
        leaf = first + at
        state.cursor_posting[leaf] = cython.cast(cython.uint, 4294967295)
        slot = at
        while slot and count_in(state, state.order[first + slot - 1], span) > count_in(state, leaf, span):
            state.order[first + slot] = state.order[first + slot - 1]
            slot -= 1
        state.order[first + slot] = leaf
    leaf = state.order[first]
    found = count_in(state, leaf, span)
    start = state.starts[leaf * (state.segment.ranges + 1) + span]
    postings = postings_of(state, leaf)
    base = state.place[leaf] + start
    for at in range(found):
        word = postings[base + at]
        if least and not _reaches(state, leaf, word, span, least):
            continue
        places[kept] = word & PLACE_MASK
        state.found[(leaf - first) * 4096 + kept] = start + at
        kept += 1
    for slot in range(1, count):
        if not kept:
            break
        kept = _intersect(state, first, slot, span, places, kept, least, count <= FEW)
    if count > FEW:
        for slot in range(count):
            _look_up(state, first, state.order[first + slot], span, places, kept)
    return kept


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _intersect(
    state: State,
    first: cython.uint,
    slot: cython.uint,
    span: cython.uint,
    places: cython.p_ushort,
    count: cython.uint,
    least: cython.ulonglong,
    noting: cython.bint,
) -> cython.uint:
    """Keeps the places that the leaf in a slot of the order has too, with a saturation of `least` or more; noting: and
    the postings of all leaves so far.
    """
    leaf: cython.uint = state.order[first + slot]
    base: cython.ulonglong = state.place[leaf]
    posting: cython.ulonglong = base + state.starts[leaf * (state.segment.ranges + 1) + span]
    stop: cython.ulonglong = base + state.starts[leaf * (state.segment.ranges + 1) + span + 1]
    kept: cython.uint = 0
    at: cython.uint
    word: cython.uint
    postings: cython.pointer(cython.const[cython.ushort]) = postings_of(state, leaf)
    if stop - posting < DENSE * count:
        return _read(state, first, slot, span, places, count, least, noting)
    for at in range(count):
        posting = advance(postings, posting, stop, places[at])
        if posting >= stop:
            break
        word = postings[posting]
        if (word & PLACE_MASK) == places[at] and (not least or _reaches(state, leaf, word, span, least)):
            places[kept] = places[at]
            _note(state, first, slot if noting else 0, at, kept)
            state.found[(leaf - first) * 4096 + kept] = posting - base
            kept += 1
    return kept


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _read(
    state: State,
    first: cython.uint,
    slot: cython.uint,
    span: cython.uint,
    places: cython.p_ushort,
    count: cython.uint,
    least: cython.ulonglong,
    noting: cython.bint,
) -> cython.uint:
    """As `_intersect`, for a leaf that is read whole, with the bits of the places set."""
    leaf: cython.uint = state.order[first + slot]
    base: cython.ulonglong = state.place[leaf]
    start: cython.ulonglong = base + state.starts[leaf * (state.segment.ranges + 1) + span]
    stop: cython.ulonglong = base + state.starts[leaf * (state.segment.ranges + 1) + span + 1]
    posting: cython.ulonglong
    kept: cython.uint = 0
    at: cython.uint
    word: cython.uint
    place: cython.uint
    wanted: cython.p_ushort = state.wanted
    postings: cython.pointer(cython.const[cython.ushort]) = postings_of(state, leaf)
    for at in range(256):
        wanted[at] = 0
    for at in range(count):
        wanted[places[at] >> 4] |= 1 << (places[at] & 15)
    at = 0
    for posting in range(start, stop):
        word = postings[posting]
        place = word & PLACE_MASK
        if not (wanted[place >> 4] >> (place & 15)) & 1:
            continue
        # Damage: postings that do not ascend must not lead beyond the places.
        while at < count and places[at] != place:
            at += 1
        if at == count:
            break
        if not least or _reaches(state, leaf, word, span, least):
            places[kept] = place
            _note(state, first, slot if noting else 0, at, kept)
            state.found[(leaf - first) * 4096 + kept] = posting - base
            kept += 1
        at += 1
    return kept


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _note(state: State, first: cython.uint, slots: cython.uint, at: cython.uint, kept: cython.uint) -> cython.void:
    """Moves the postings of the leaves in the first slots from place `at` to place `kept`."""
    other: cython.uint
    row: cython.uint
    for other in range(slots):
        row = (state.order[first + other] - first) * 4096
        state.found[row + kept] = state.found[row + at]


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _look_up(
    state: State,
    first: cython.uint,
    leaf: cython.uint,
    span: cython.uint,
    places: cython.p_ushort,
    count: cython.uint,
) -> cython.void:
    """Notes the postings of a leaf in places that it has."""
    base: cython.ulonglong = state.place[leaf]
    posting: cython.ulonglong = base + state.starts[leaf * (state.segment.ranges + 1) + span]
    stop: cython.ulonglong = base + state.starts[leaf * (state.segment.ranges + 1) + span + 1]
    at: cython.uint
    postings: cython.pointer(cython.const[cython.ushort]) = postings_of(state, leaf)
    for at in range(count):
        posting = advance(postings, posting, stop, places[at])
        # Damage: postings that do not ascend may lack a place that was found in them before.
        if posting == stop:
            posting -= 1
        state.found[(leaf - first) * 4096 + at] = posting - base


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def keep(
    state: State,
    leaf: cython.uint,
    span: cython.uint,
    place: cython.uint,
    places: cython.p_ushort,
    scores: cython.p_uint,
    kept: cython.uint,
) -> cython.uint:
    """Writes a document with the score of the occurrences in `by_zone` behind the `kept` ones before it; returns how
    many there are then: no more where none is in a zone that counts.
    """
    gain: cython.longlong = _gain(state, leaf, (span << RANGE_BITS) | place)
    if gain < 0:
        return kept
    places[kept] = place
    scores[kept] = gain
    return kept + 1


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _gain(state: State, leaf: cython.uint, document: cython.uint) -> cython.longlong:
    """The score of the occurrences in `by_zone`; -1 where none is in a zone that counts."""
    mask: cython.uint = state.mask[leaf]
    zone: cython.uint
    weight: cython.double = 0.0
    present: cython.bint = False
    gain: cython.ulonglong
    for zone in range(state.segment.zones):
        if state.by_zone[zone] and (state.saturations.zone_masks[mask] >> zone) & 1:
            present = True
            weight += state.saturations.zone_weights[zone] * state.by_zone[zone]
    if not present:
        return -1
    if not state.scoring[leaf]:
        return 0
    gain = saturate(weight, state.saturations.lengths[state.segment.norms[document]])
    return ((state.weight[leaf] * gain) >> 32) + 1
