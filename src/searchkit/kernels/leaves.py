# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""The postings of one term of a query, range by range: opening, streaming, seeking and scoring.

A posting is counted from the first of its term; range r of a leaf holds the postings starts[r] up to starts[r + 1].
Rare terms are expanded into 16-bit postings in `State.spare` when they are opened, so that one code serves both kinds.

What a posting adds to its document's score is an integer, (q * g >> 32) + 1, with q the weight of the leaf and g the
saturation in 1/2**32. Integers make sums exact in any order, so that a search that skips gives the very scores of
one that does not. A sum of 0 therefore also says that no leaf was met.
"""

from __future__ import annotations

import cython
from cython.cimports.searchkit.kernels.records import TermRecord
from cython.cimports.searchkit.kernels.state import State, saturate

RANGE_BITS = cython.declare(cython.uint, 12)
RANGE = cython.declare(cython.uint, 4096)
PLACE_MASK = cython.declare(cython.uint, 4095)
ESCAPE = cython.declare(cython.uint, 15)
STRIDE = cython.declare(cython.uint, 16)
LEAP = cython.declare(cython.uint, 256)


@cython.ccall
def open_leaf(
    state: State, record: TermRecord, weight: cython.ulonglong, scoring: cython.uint, mask: cython.uint
) -> cython.uint:
    """Adds a term as a leaf and returns its number.

    record: of the term. weight: q; scoring: 1, or 0 for a filter, whose postings
    add nothing; mask: number of the zones that count.
    """
    leaf: cython.uint = state.leaves
    state.need_leaves(leaf + 1)
    state.leaves += 1
    state.frequency[leaf], state.place[leaf] = record.frequency, record.postings
    state.frequent[leaf] = record.frequent >= 0
    state.number[leaf] = record.frequent if record.frequent >= 0 else 0
    state.position_place[leaf], state.index_place[leaf] = record.positions, record.index
    state.exception_place[leaf], state.exception_count[leaf] = record.exceptions, record.exception_count
    state.cursor_exception[leaf] = 0
    state.weight[leaf], state.scoring[leaf], state.mask[leaf] = weight, scoring, mask
    span: cython.uint
    for span in range(state.segment.ranges):
        state.bounds[leaf * state.segment.ranges + span] = 0
    if record.frequent >= 0:
        _open_frequent(state, leaf, record.frequent)
    else:
        state.need_spare(state.frequency[leaf])
        _open_rare(state, leaf)
    return leaf


@cython.ccall
def open_leaves(
    state: State, records: list, weight: cython.ulonglong, scoring: cython.uint, mask: cython.uint
) -> cython.int:
    """Adds terms as leaves, one after the other, and returns the number of the first; -1, and adds nothing, where one
    of the records is None. Otherwise as `open_leaf`.
    """
    first: cython.int = state.leaves
    if None in records:
        return -1
    for record in records:
        open_leaf(state, record, weight, scoring, mask)
    return first


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _open_frequent(state: State, leaf: cython.uint, number: cython.ulonglong) -> cython.void:
    ranges: cython.uint = state.segment.ranges
    base: cython.ulonglong = number * ranges
    span: cython.uint
    total: cython.uint = 0
    most: cython.uint = 0
    bound: cython.uint
    weight: cython.ulonglong = state.weight[leaf]
    for span in range(ranges):
        state.starts[leaf * (ranges + 1) + span] = total
        total += state.segment.range_counts[base + span]
        most = max(most, state.segment.range_counts[base + span])
        bound = state.segment.range_bounds[base + span]
        if bound and state.scoring[leaf]:
            state.bounds[leaf * ranges + span] = ((weight * state.saturations.transform[bound]) >> 32) + 1
    # Never past the postings that the dictionary promised, nor more in a range than memory is there for, whatever the
    # counts of a damaged file say.
    state.starts[leaf * (ranges + 1) + ranges] = total
    if total != state.frequency[leaf] or most > RANGE:
        for span in range(ranges + 1):
            state.starts[leaf * (ranges + 1) + span] = 0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _open_rare(state: State, leaf: cython.uint) -> cython.void:
    ranges: cython.uint = state.segment.ranges
    source: cython.ulonglong = state.place[leaf]
    posting: cython.uint
    word: cython.uint
    document: cython.uint
    span: cython.uint
    current: cython.uint = 0
    least: cython.uint = 0
    gain: cython.longlong
    state.place[leaf] = state.spare_used
    for posting in range(state.frequency[leaf]):
        word = state.segment.rare[source + posting]
        document = word >> 4
        # Damage: no range may get more postings than it has documents, which is what memory is there for.
        if document < least or document >= state.segment.documents:
            for span in range(ranges + 1):
                state.starts[leaf * (ranges + 1) + span] = 0
            return
        least = document + 1
        span = document >> RANGE_BITS
        while current < span:
            current += 1
            state.starts[leaf * (ranges + 1) + current] = posting
        state.spare[state.spare_used] = ((word & 15) << RANGE_BITS) | (document & PLACE_MASK)
        state.spare_used += 1
        if state.scoring[leaf]:
            gain = value(state, leaf, posting, span)
            if gain > state.bounds[leaf * ranges + span]:
                state.bounds[leaf * ranges + span] = gain
    while current < ranges:
        current += 1
        state.starts[leaf * (ranges + 1) + current] = state.frequency[leaf]


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def count_in(state: State, leaf: cython.uint, span: cython.uint) -> cython.uint:
    """The postings of a leaf in a range."""
    at: cython.uint = leaf * (state.segment.ranges + 1) + span
    return state.starts[at + 1] - state.starts[at]


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def posting_at(state: State, leaf: cython.uint, posting: cython.uint) -> cython.uint:
    """The 16 bits of a posting."""
    if state.frequent[leaf]:
        return state.segment.postings[state.place[leaf] + posting]
    return state.spare[state.place[leaf] + posting]


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def seek(state: State, leaf: cython.uint, start: cython.uint, stop: cython.uint, place: cython.uint) -> cython.uint:
    """The first posting in [start, stop) whose place is not before `place`; `stop` where there is none."""
    half: cython.uint
    size: cython.uint = stop - start
    base: cython.ulonglong = state.place[leaf]
    if start >= stop:
        return stop
    if state.frequent[leaf]:
        while size > 1:
            half = size >> 1
            start += half if (state.segment.postings[base + start + half - 1] & PLACE_MASK) < place else 0
            size -= half
        return start + ((state.segment.postings[base + start] & PLACE_MASK) < place)
    while size > 1:
        half = size >> 1
        start += half if (state.spare[base + start + half - 1] & PLACE_MASK) < place else 0
        size -= half
    return start + ((state.spare[base + start] & PLACE_MASK) < place)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def advance(
    postings: cython.pointer(cython.const[cython.ushort]),
    start: cython.ulonglong,
    stop: cython.ulonglong,
    place: cython.short,
) -> cython.ulonglong:
    """The first of the postings in [start, stop) whose place is not before `place`, which is probably near the start.

    Goes on in strides, the last of which is counted whole, by a vector unit where there is one: to look at every
    posting, or to halve what is left, costs a wrong guess of the processor now and then.
    """
    lane: cython.uint
    before: cython.short = 0
    while start + LEAP <= stop and (postings[start + LEAP - 1] & PLACE_MASK) < place:
        start += LEAP
    while start + STRIDE <= stop and (postings[start + STRIDE - 1] & PLACE_MASK) < place:
        start += STRIDE
    if start + STRIDE <= stop:
        for lane in range(16):
            before += cython.cast(cython.short, postings[start + lane] & 4095) < place
        return start + before
    while start < stop and (postings[start] & PLACE_MASK) < place:
        start += 1
    return start


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def exception_at(state: State, leaf: cython.uint, document: cython.uint) -> cython.ulonglong:
    """The first exception of a leaf whose document is not before `document`.

    Searches from where the last one was found, in steps that double (Bentley and Yao, "An almost optimal algorithm for
    unbounded searching", 1976), as ranges and documents are mostly gone through in order.
    """
    place: cython.ulonglong = state.exception_place[leaf]
    low: cython.uint = 0
    high: cython.uint = state.exception_count[leaf]
    at: cython.uint = state.cursor_exception[leaf]
    step: cython.uint = 1
    documents: cython.pointer(cython.const[cython.uint]) = state.segment.exception_documents
    if at < high and documents[place + at] < document:
        low = at + 1
        while high - low > step and documents[place + low + step] < document:
            low += step + 1
            step += step
        if high - low > step:
            high = low + step
    else:
        high = at
        while high > step and documents[place + high - step] >= document:
            high -= step
            step += step
        if high > step:
            low = high - step + 1
    while low < high:
        at = (low + high) >> 1
        if documents[place + at] < document:
            low = at + 1
        else:
            high = at
    state.cursor_exception[leaf] = low
    return place + low


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def rank_of(state: State, leaf: cython.uint, document: cython.uint) -> cython.uint:
    """The rank of the vector of a document that is among the exceptions."""
    return rank_of_exception(state, leaf, exception_at(state, leaf, document))


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def rank_of_exception(state: State, leaf: cython.uint, at: cython.ulonglong) -> cython.uint:
    """The rank of the vector of an exception of a leaf; 0 where damaged data lead beyond the last."""
    rank: cython.uint = 0
    if at < state.exception_place[leaf] + state.exception_count[leaf]:
        rank = state.segment.exception_ranks[at]
    return rank if rank < state.segment.ranks else 0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def value(state: State, leaf: cython.uint, posting: cython.uint, span: cython.uint) -> cython.longlong:
    """What a posting adds to its document's score; -1 where the leaf's zones do not have the term there."""
    word: cython.uint = posting_at(state, leaf, posting)
    code: cython.uint = word >> RANGE_BITS
    document: cython.uint = (span << RANGE_BITS) | (word & PLACE_MASK)
    mask: cython.uint = state.mask[leaf]
    rank: cython.uint
    gain: cython.uint
    if not mask and not state.scoring[leaf]:
        return 0
    if code < ESCAPE:
        if mask and not (state.saturations.codes[mask] >> code) & 1:
            return -1
        gain = state.saturations.table[(mask * 16 + code) * 256 + state.segment.norms[document]]
    else:
        rank = rank_of(state, leaf, document)
        if mask and not has_zone(state, rank, mask):
            return -1
        gain = saturate(
            state.saturations.weights[mask * state.segment.ranks + rank],
            state.saturations.lengths[state.segment.norms[document]],
        )
    if not state.scoring[leaf]:
        return 0
    return ((state.weight[leaf] * gain) >> 32) + 1


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def has_zone(state: State, rank: cython.uint, mask: cython.uint) -> cython.bint:
    zone: cython.uint
    for zone in range(state.segment.zones):
        if (state.saturations.zone_masks[mask] >> zone) & 1 and state.segment.vectors[
            rank * state.segment.zones + zone
        ]:
            return True
    return False


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _add_exceptions(state: State, leaf: cython.uint, span: cython.uint, sums: cython.p_uint) -> cython.void:
    """Adds the saturation of the exceptions in a range to sums other than 0; the 1 that every posting adds was added
    with the code 15.
    """
    at: cython.ulonglong
    stop: cython.ulonglong = state.exception_place[leaf] + state.exception_count[leaf]
    document: cython.uint
    rank: cython.uint
    gain: cython.ulonglong
    weight: cython.ulonglong = state.weight[leaf]
    if not state.exception_count[leaf]:
        return
    at = exception_at(state, leaf, span << RANGE_BITS)
    while at < stop:
        document = state.segment.exception_documents[at]
        if document >> RANGE_BITS != span:
            break
        if sums[document & PLACE_MASK]:
            rank = state.segment.exception_ranks[at]
            if rank >= state.segment.ranks:
                rank = 0
            gain = saturate(state.saturations.weights[rank], state.saturations.lengths[state.segment.norms[document]])
            sums[document & PLACE_MASK] += (weight * gain) >> 32
        at += 1


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def add(state: State, leaf: cython.uint, span: cython.uint, sums: cython.p_uint) -> cython.void:
    """Adds a scoring leaf over all zones to the sums of a range."""
    posting: cython.ulonglong
    at: cython.uint = leaf * (state.segment.ranges + 1) + span
    start: cython.ulonglong = state.place[leaf] + state.starts[at]
    stop: cython.ulonglong = state.place[leaf] + state.starts[at + 1]
    base: cython.ulonglong = cython.cast(cython.ulonglong, span) << RANGE_BITS
    weight: cython.ulonglong = state.weight[leaf]
    place: cython.uint
    word: cython.uint
    postings: cython.pointer(cython.const[cython.ushort]) = state.segment.postings
    norms: cython.pointer(cython.const[cython.uchar]) = state.segment.norms
    table: cython.pointer(cython.const[cython.uint]) = state.saturations.table
    if not state.frequent[leaf]:
        postings = state.spare
    for posting in range(start, stop):
        word = postings[posting]
        place = word & PLACE_MASK
        sums[place] += ((weight * table[((word >> RANGE_BITS) << 8) | norms[base + place]]) >> 32) + 1
    _add_exceptions(state, leaf, span, sums)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def add_noting(
    state: State, leaf: cython.uint, span: cython.uint, sums: cython.p_uint, noted: cython.p_ushort, count: cython.uint
) -> cython.uint:
    """As `add`, and notes the places whose sum was 0; returns the new number of notes."""
    posting: cython.ulonglong
    at: cython.uint = leaf * (state.segment.ranges + 1) + span
    start: cython.ulonglong = state.place[leaf] + state.starts[at]
    stop: cython.ulonglong = state.place[leaf] + state.starts[at + 1]
    base: cython.ulonglong = cython.cast(cython.ulonglong, span) << RANGE_BITS
    weight: cython.ulonglong = state.weight[leaf]
    place: cython.uint
    word: cython.uint
    before: cython.uint
    postings: cython.pointer(cython.const[cython.ushort]) = state.segment.postings
    norms: cython.pointer(cython.const[cython.uchar]) = state.segment.norms
    table: cython.pointer(cython.const[cython.uint]) = state.saturations.table
    if not state.frequent[leaf]:
        postings = state.spare
    for posting in range(start, stop):
        word = postings[posting]
        place = word & PLACE_MASK
        before = sums[place]
        noted[count] = place
        count += before == 0
        sums[place] = before + ((weight * table[((word >> RANGE_BITS) << 8) | norms[base + place]]) >> 32) + 1
    _add_exceptions(state, leaf, span, sums)
    return count


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def add_met(state: State, leaf: cython.uint, span: cython.uint, sums: cython.p_uint) -> cython.void:
    """As `add`, to the sums only that are not 0, which are few."""
    posting: cython.ulonglong
    at: cython.uint = leaf * (state.segment.ranges + 1) + span
    start: cython.ulonglong = state.place[leaf] + state.starts[at]
    stop: cython.ulonglong = state.place[leaf] + state.starts[at + 1]
    base: cython.ulonglong = cython.cast(cython.ulonglong, span) << RANGE_BITS
    weight: cython.ulonglong = state.weight[leaf]
    place: cython.uint
    word: cython.uint
    postings: cython.pointer(cython.const[cython.ushort]) = state.segment.postings
    norms: cython.pointer(cython.const[cython.uchar]) = state.segment.norms
    table: cython.pointer(cython.const[cython.uint]) = state.saturations.table
    if not state.frequent[leaf]:
        postings = state.spare
    for posting in range(start, stop):
        word = postings[posting]
        place = word & PLACE_MASK
        if sums[place]:
            sums[place] += ((weight * table[((word >> RANGE_BITS) << 8) | norms[base + place]]) >> 32) + 1
    _add_exceptions(state, leaf, span, sums)
