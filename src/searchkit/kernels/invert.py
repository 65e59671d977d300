# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Tokens by document → documents by term: a counting sort of the tokens of a batch, then one walk over each term's
tokens.

1. `count` says how many tokens each term has, and where documents and zones end.
2. `scatter` sorts the *places* of tokens (their indexes in the whole batch) by term. A place says everything: the
   document, the zone and the position follow from where documents and zones end. The tokens themselves are not needed
   any more.
3. `Gatherer.gather` walks a term's places, which ascend, and writes for each document that has the term its number,
   the number of its vector of zone frequencies, and its positions. Most documents have most of their terms once:
   their vectors, one a zone, are known without a look-up.

Positions are deltas within a zone (the first one from the zone's start) as varints, 7 bits a byte, low bits first.
The frequency in each zone is in the vector, so no counts stand between them. Every 32nd document of a term notes
where its positions begin.
"""

from __future__ import annotations

import cython
from cython.cimports.searchkit.kernels.packing import PackedTokens
from cython.cimports.searchkit.kernels.vectors import VectorTable

from searchkit.kernels.buffers import zeros

SEVERAL = cython.declare(cython.uint, 1 << 31)
FIRST_LIST = 1 << 31
LONG = cython.declare(cython.uint, 0xF000)
OTHER = cython.declare(cython.uint, 0xFFFF)
BLOCK_BITS = cython.declare(cython.uint, 6)
POSITION_BLOCK = cython.declare(cython.uint, 32)
AHEAD = cython.declare(cython.uint, 12)
ROOM_BEHIND = 13


def count(
    packed: PackedTokens,
    ends: cython.const[cython.uint][::1],
    zones: cython.uint,
    order: cython.const[cython.uint][::1],
    terms: cython.const[cython.uint][::1],
    lists: cython.const[cython.uint][::1],
    stops: cython.const[cython.uint][::1],
    out_ends: cython.uint[::1],
    counts: cython.uint[::1],
    lengths: cython.uint[::1],
) -> int:
    """Counts the tokens of the documents in `order`, by term; writes where each zone of each ends, in tokens, to
    `out_ends`, and the length of each, its tokens that are no stop words, to `lengths`. Returns the number of tokens.

    packed: surface numbers of all documents in the order of their arrival; ends: where each zone of each ends in it.
    order: the arrival numbers of the documents to keep, in their final order.
    terms: for each surface its term, or `FIRST_LIST` + a place in `lists`, where a count and so many terms stand.
    stops: for each surface how many of its tokens are stop words.
    """
    units: cython.const[cython.ushort][::1] = packed.units
    used: cython.uint = 0
    start: cython.uint
    at: cython.ulonglong
    stop: cython.ulonglong
    number: cython.Py_ssize_t
    zone: cython.uint
    document: cython.uint
    surface: cython.uint
    term: cython.uint
    item: cython.uint
    light: cython.uint
    with cython.nogil:
        for number in range(order.shape[0]):
            document = order[number]
            at = ends[document * zones - 1] if document else 0
            start = used
            light = 0
            for zone in range(zones):
                stop = ends[document * zones + zone]
                while at < stop:
                    surface = units[at]
                    at += 1
                    if surface >= LONG:
                        surface = ((surface & 0xFFF) << 16) | units[at]
                        at += 1
                    term = terms[surface]
                    light += stops[surface]
                    if term < SEVERAL:
                        counts[term] += 1
                        used += 1
                    else:
                        for item in range(term - SEVERAL + 1, term - SEVERAL + 1 + lists[term - SEVERAL]):
                            counts[lists[item]] += 1
                            used += 1
                out_ends[number * zones + zone] = used
            lengths[number] = used - start - light
    return used


def document_blocks(
    ends: cython.const[cython.uint][::1], zones: cython.uint, documents: cython.uint, blocks: cython.uint[::1]
) -> None:
    """Notes for every 64th token the document that it belongs to, so that a token's document is found without a
    search.
    """
    document: cython.uint
    block: cython.uint = 0
    with cython.nogil:
        for document in range(documents):
            while (block << BLOCK_BITS) < ends[document * zones + zones - 1]:
                blocks[block] = document
                block += 1


def present_zones(
    ends: cython.const[cython.uint][::1], zones: cython.uint, documents: cython.uint, out: cython.uchar[::1]
) -> None:
    """Writes the bits of the zones of each document that have a token; zones: 8 at most."""
    document: cython.uint
    zone: cython.uint
    bits: cython.uint
    before: cython.uint = 0
    with cython.nogil:
        for document in range(documents):
            bits = 0
            for zone in range(zones):
                if ends[document * zones + zone] > before:
                    bits |= 1 << zone
                before = ends[document * zones + zone]
            out[document] = bits


def scatter(
    packed: PackedTokens,
    ends: cython.const[cython.uint][::1],
    zones: cython.uint,
    order: cython.const[cython.uint][::1],
    terms: cython.const[cython.uint][::1],
    lists: cython.const[cython.uint][::1],
    place: cython.uint,
    stops: cython.uint[::1],
    places: cython.uint[::1],
) -> None:
    """Sorts the places of tokens by term.

    packed, ends, order, terms, lists: as for `count`. place: that of the first token. stops: by term, where its places
    begin; becomes where they end.
    """
    units: cython.const[cython.ushort][::1] = packed.units
    at: cython.ulonglong
    stop: cython.ulonglong
    number: cython.Py_ssize_t
    document: cython.uint
    surface: cython.uint
    term: cython.uint
    item: cython.uint
    with cython.nogil:
        for number in range(order.shape[0]):
            document = order[number]
            at = ends[document * zones - 1] if document else 0
            stop = ends[document * zones + zones - 1]
            while at < stop:
                surface = units[at]
                at += 1
                if surface >= LONG:
                    surface = ((surface & 0xFFF) << 16) | units[at]
                    at += 1
                term = terms[surface]
                if term < SEVERAL:
                    places[stops[term]] = place
                    stops[term] += 1
                    place += 1
                else:
                    for item in range(term - SEVERAL + 1, term - SEVERAL + 1 + lists[term - SEVERAL]):
                        places[stops[lists[item]]] = place
                        stops[lists[item]] += 1
                        place += 1


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _write(out: cython.p_uchar, at: cython.ulonglong, value: cython.uint) -> cython.ulonglong:
    """Writes a varint and returns where it ends."""
    while value >= 128:
        out[at] = (value & 127) | 128
        value >>= 7
        at += 1
    out[at] = value
    return at + 1


@cython.cclass
class Gatherer:
    """Walks the sorted places of a slice of the terms of a batch, term by term.

    ends: where each zone of each document ends, in tokens, in final order; blocks: what `document_blocks` made of it.
    places: what `scatter` made, and `ROOM_BEHIND` it, since what comes soon is looked at early; the documents of all
    terms, one list after the other, are written over it.
    numbers: as long as places; gets the number of the vector of each of these documents, as far as it is below `OTHER`;
    else that, and the number goes to `others`, in the same order, which is as long too.
    positions, index: room for 5 bytes and a 32nd of an entry for each place.
    """

    _zones: cython.uint
    _table: VectorTable
    _ends: cython.const[cython.uint][::1]
    _blocks: cython.const[cython.uint][::1]
    _places: cython.uint[::1]
    _numbers: cython.ushort[::1]
    _others: cython.uint[::1]
    _positions: cython.uchar[::1]
    _index: cython.uint[::1]
    _single: cython.uint[::1]
    _bytes: cython.ulonglong
    _entries: cython.ulonglong
    _at: cython.uint
    _out: cython.uint
    _further: cython.uint

    def __init__(
        self,
        table: VectorTable,
        ends: object,
        blocks: object,
        places: object,
        numbers: object,
        others: object,
        positions: object,
        index: object,
    ) -> None:
        self._zones, self._table = table.zones, table
        self._ends, self._blocks, self._places = ends, blocks, places
        self._numbers, self._others = numbers, others
        self._positions, self._index = positions, index
        # By zone: the number of the vector of a token in it and none elsewhere, plus 1; 0 as long as there is none.
        self._single = zeros(self._zones)
        self._bytes = self._entries = self._at = self._out = self._further = 0

    @property
    def used(self) -> tuple[int, int]:
        """Bytes of `positions` and entries of `index` that were taken."""
        return self._bytes, self._entries

    def gather(
        self, counts: cython.const[cython.uint][::1], frequencies: cython.uint[::1], lengths: cython.uint[::1]
    ) -> None:
        """Gathers all terms of the slice.

        counts: the number of tokens of each. frequencies, lengths: get the document frequency of each, and the bytes of
        its positions.
        """
        at: cython.Py_ssize_t
        before: cython.ulonglong
        with cython.nogil:
            for at in range(counts.shape[0]):
                before = self._bytes
                frequencies[at] = self._gather_term(self._at + counts[at])
                lengths[at] = self._bytes - before

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(4294967295, check=False)
    def _gather_term(self, stop: cython.uint) -> cython.uint:
        """One term, whose places end at `stop`; returns its document frequency."""
        zones: cython.uint = self._zones
        at: cython.uint = self._at
        start: cython.uint = self._out
        out: cython.uint = start
        place: cython.uint
        document: cython.uint = 0
        limit: cython.uint
        previous: cython.uint
        zone: cython.uint
        frequency: cython.uint
        vector: cython.uint
        number: cython.uint
        single: cython.uint
        into: cython.uint
        used: cython.ulonglong = self._bytes
        base: cython.ulonglong = used
        places: cython.p_uint
        positions: cython.p_uchar
        ends: cython.pointer(cython.const[cython.uint])
        if cython.compiled:
            places, positions = cython.address(self._places[0]), cython.address(self._positions[0])
            ends = cython.address(self._ends[0])
        else:
            places, positions, ends = self._places, self._positions, self._ends
        while at < stop:
            place = places[at]
            if cython.compiled:
                prefetch(cython.address(self._blocks[places[at + AHEAD] >> BLOCK_BITS]))
            if place >= ends[document * zones + zones - 1]:
                if self._blocks[place >> BLOCK_BITS] > document:
                    document = self._blocks[place >> BLOCK_BITS]
                while place >= ends[document * zones + zones - 1]:
                    document += 1
            if out > start and (out - start) % POSITION_BLOCK == 0:
                self._index[self._entries] = used - base
                self._entries += 1
            previous = ends[document * zones - 1] if document else 0
            zone = 0
            if at + 1 == stop or places[at + 1] >= ends[document * zones + zones - 1]:
                while place >= ends[document * zones + zone]:
                    previous = ends[document * zones + zone]
                    zone += 1
                number = self._single[zone]
            else:
                number = 0
            if number:
                used = _write(positions, used, place - previous)
                at += 1
                number -= 1
                self._table.counts[number] += 1
            else:
                single = at + 1
                into = zone
                vector = self._table.used * zones
                previous = ends[document * zones - 1] if document else 0
                for zone in range(zones):
                    limit = ends[document * zones + zone]
                    frequency = 0
                    while at < stop and places[at] < limit:
                        used = _write(positions, used, places[at] - previous)
                        previous = places[at]
                        frequency += 1
                        at += 1
                    self._table.vectors[vector + zone] = frequency
                    previous = limit
                number = self._table.number()
                if at == single:
                    self._single[into] = number + 1
            places[out] = document
            if number >= OTHER:
                self._others[self._further] = number
                self._further += 1
                number = OTHER
            self._numbers[out] = number
            out += 1
        self._bytes, self._at, self._out = used, stop, out
        return out - start


def widen(
    numbers: cython.const[cython.ushort][::1], others: cython.const[cython.uint][::1], out: cython.uint[::1]
) -> None:
    """Writes the numbers that a `Gatherer` made to `out`."""
    at: cython.Py_ssize_t
    further: cython.Py_ssize_t = 0
    with cython.nogil:
        for at in range(out.shape[0]):
            out[at] = numbers[at]
            if out[at] == OTHER:
                out[at] = others[further]
                further += 1
