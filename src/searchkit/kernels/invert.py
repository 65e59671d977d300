# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Tokens by document → documents by term: a counting sort of all tokens of a batch, then one walk over each term's
tokens.

Three steps, each a function here:

1. `expand` puts the documents in their final order and replaces surfaces by the terms that the analysis gave them.
2. `scatter` sorts the *places* of tokens (their indexes in the whole batch) by term. A place says everything: the
   document, the zone and the position follow from where documents and zones end.
3. `Gatherer.gather` walks a term's places, which ascend, and writes for each document that has the term its number,
   the number of its vector of zone frequencies, and its positions.

Positions are deltas within a zone (the first one from the zone's start) as varints, 7 bits a byte, low bits first.
The frequency in each zone is in the vector, so no counts stand between them. Every 32nd document of a term notes
where its positions begin.
"""

from __future__ import annotations

import cython

from searchkit.kernels.buffers import zeros

SEVERAL = cython.declare(cython.uint, 1 << 31)
FIRST_LIST = 1 << 31
BLOCK_BITS = cython.declare(cython.uint, 6)
POSITION_BLOCK = cython.declare(cython.uint, 32)


def expanded_size(
    tokens: cython.const[cython.uint][::1], terms: cython.const[cython.uint][::1], lists: cython.const[cython.uint][::1]
) -> int:
    """How many terms the tokens (surface numbers) stand for; `terms` and `lists` as in `expand`."""
    size: cython.ulonglong = 0
    at: cython.Py_ssize_t
    term: cython.uint
    with cython.nogil:
        for at in range(tokens.shape[0]):
            term = terms[tokens[at]]
            if term >= SEVERAL:
                size += lists[term - SEVERAL]
            else:
                size += 1
    return size


def expand(
    tokens: cython.const[cython.uint][::1],
    ends: cython.const[cython.uint][::1],
    zones: cython.uint,
    order: cython.const[cython.uint][::1],
    terms: cython.const[cython.uint][::1],
    lists: cython.const[cython.uint][::1],
    stops: cython.const[cython.uint][::1],
    out: cython.uint[::1],
    out_ends: cython.uint[::1],
    counts: cython.uint[::1],
    lengths: cython.uint[::1],
) -> int:
    """Writes the terms of the documents in `order` to `out`, where each zone ends to `out_ends`, counts each term's
    tokens, and writes the length of each document, its tokens that are no stop words, to `lengths`.

    tokens: surface numbers of all documents in the order of their arrival; ends: where each zone of each ends in it.
    order: the arrival numbers of the documents to keep, in their final order.
    terms: for each surface its term, or `FIRST_LIST` + a place in `lists`, where a count and so many terms stand.
    stops: for each surface how many of its tokens are stop words.
    Returns the number of tokens written.
    """
    used: cython.ulonglong = 0
    at: cython.Py_ssize_t
    place: cython.ulonglong
    stop: cython.ulonglong
    start: cython.ulonglong
    zone: cython.uint
    document: cython.uint
    term: cython.uint
    item: cython.uint
    light: cython.uint
    with cython.nogil:
        for at in range(order.shape[0]):
            document = order[at]
            place = ends[document * zones - 1] if document else 0
            start = used
            light = 0
            for zone in range(zones):
                stop = ends[document * zones + zone]
                while place < stop:
                    term = terms[tokens[place]]
                    light += stops[tokens[place]]
                    if term < SEVERAL:
                        out[used] = term
                        counts[term] += 1
                        used += 1
                    else:
                        for item in range(lists[term - SEVERAL]):
                            out[used] = lists[term - SEVERAL + 1 + item]
                            counts[out[used]] += 1
                            used += 1
                    place += 1
                out_ends[at * zones + zone] = used
            lengths[at] = used - start - light
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


def scatter(
    terms: cython.const[cython.uint][::1],
    count: cython.ulonglong,
    order: cython.const[cython.uint][::1],
    counts: cython.const[cython.uint][::1],
    starts: cython.uint[::1],
    places: cython.uint[::1],
) -> None:
    """Sorts the places of tokens by term, the terms in `order`; `starts` (by term) ends up where each term's places
    end.
    """
    at: cython.ulonglong
    number: cython.Py_ssize_t
    term: cython.uint
    start: cython.uint = 0
    with cython.nogil:
        for number in range(order.shape[0]):
            starts[order[number]] = start
            start += counts[order[number]]
        for at in range(count):
            term = terms[at]
            places[starts[term]] = at
            starts[term] += 1


@cython.cclass
class VectorTable:
    """The distinct vectors of zone frequencies, numbered from 0 in the order of their first sight, with their
    counts.
    """

    zones: cython.uint
    used: cython.uint
    capacity: cython.uint
    _mask: cython.uint
    _slots: cython.uint[::1]
    _vectors: cython.uint[::1]
    _counts: cython.ulonglong[::1]

    def __init__(self, zones: int) -> None:
        """`zones`: the length of the vectors."""
        self.zones = zones
        self.used = 0
        self._vectors = zeros(zones)
        self._counts = zeros(1, "Q")
        self._resize(1 << 12)

    def __len__(self) -> int:
        return self.used

    def vector(self, number: int) -> tuple[int, ...]:
        """The frequencies by zone."""
        at: cython.uint = number
        return tuple([self._vectors[at * self.zones + zone] for zone in range(self.zones)])

    def count(self, number: int) -> int:
        """How often the vector was met."""
        at: cython.uint = number
        return self._counts[at]

    def reserve(self, more: int) -> None:
        """Makes room for so many further vectors."""
        while self.used + more + 1 > self.capacity:
            self._resize(2 * self.capacity)

    def add(self, vector: tuple[int, ...], count: int) -> int:
        """The number of the vector, counted `count` times more."""
        self.reserve(1)
        zone: cython.uint
        for zone in range(self.zones):
            self._vectors[self.used * self.zones + zone] = vector[zone]
        number: cython.uint = self.number()
        self._counts[number] += count - 1
        return number

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def number(self) -> cython.uint:
        """The number of the vector that stands behind the last one in `_vectors`, which is where callers build it."""
        zone: cython.uint
        zones: cython.uint = self.zones
        new: cython.uint = self.used * zones
        hashed: cython.uint = 0
        known: cython.uint
        same: cython.bint
        for zone in range(zones):
            hashed = (hashed * 31 + self._vectors[new + zone]) & 0x7FFFFF
        slot: cython.uint = hashed & self._mask
        while True:
            known = self._slots[slot]
            if known == 0:
                self._slots[slot] = self.used + 1
                self._counts[self.used] = 1
                self.used += 1
                return self.used - 1
            same = True
            for zone in range(zones):
                if self._vectors[(known - 1) * zones + zone] != self._vectors[new + zone]:
                    same = False
                    break
            if same:
                self._counts[known - 1] += 1
                return known - 1
            slot = (slot + 1) & self._mask

    @cython.cfunc
    def _resize(self, capacity: cython.uint) -> object:
        vectors: object = zeros(capacity * self.zones)
        vectors[: self.used * self.zones] = memoryview(self._vectors)[: self.used * self.zones]
        counts: object = zeros(capacity, "Q")
        counts[: self.used] = memoryview(self._counts)[: self.used]
        self.capacity = capacity
        self._vectors, self._counts = vectors, counts
        self._slots = zeros(2 * capacity)
        self._mask = 2 * capacity - 1
        at: cython.uint
        zone: cython.uint
        slot: cython.uint
        for at in range(self.used):
            slot = 0
            for zone in range(self.zones):
                slot = (slot * 31 + self._vectors[at * self.zones + zone]) & 0x7FFFFF
            slot &= self._mask
            while self._slots[slot]:
                slot = (slot + 1) & self._mask
            self._slots[slot] = at + 1
        return None


@cython.cclass
class Gatherer:
    """Walks the sorted places of a batch, term by term.

    ends: where each zone of each document ends, in tokens, in final order; blocks: what `document_blocks` made of it.
    places: what `scatter` made; the document numbers are written over it, a term's from where its places began.
    numbers: as long as places; the vector numbers go here, at the same indexes.
    positions: room for 5 bytes a token; index: room for a 32nd of the places.
    """

    _zones: cython.uint
    _table: VectorTable
    _ends: cython.const[cython.uint][::1]
    _blocks: cython.const[cython.uint][::1]
    _places: cython.uint[::1]
    _numbers: cython.uint[::1]
    _positions: cython.uchar[::1]
    _index: cython.uint[::1]
    _bytes: cython.ulonglong
    _entries: cython.ulonglong

    def __init__(
        self,
        zones: int,
        table: VectorTable,
        ends: object,
        blocks: object,
        places: object,
        numbers: object,
        positions: object,
        index: object,
    ) -> None:
        self._zones = zones
        self._table = table
        self._ends, self._blocks, self._places, self._numbers = ends, blocks, places, numbers
        self._positions, self._index = positions, index
        self._bytes = self._entries = 0

    @property
    def position_bytes(self) -> int:
        """Bytes of `positions` used so far."""
        return self._bytes

    @property
    def index_entries(self) -> int:
        """Entries of `index` used so far."""
        return self._entries

    def gather(
        self,
        order: cython.const[cython.uint][::1],
        first: cython.uint,
        counts: cython.const[cython.uint][::1],
        stops: cython.const[cython.uint][::1],
        frequencies: cython.uint[::1],
        lengths: cython.uint[::1],
        documents: cython.uint,
    ) -> int:
        """Gathers the terms order[first:], and returns the index of the first that was left for want of room for
        vectors.

        counts, stops: by term, the number of its tokens, and where its places end.
        frequencies, lengths: by index in `order`, gets the document frequency and the bytes of positions.
        """
        at: cython.uint = first
        count: cython.uint = order.shape[0] if cython.compiled else len(order)
        before: cython.ulonglong
        room: cython.uint
        with cython.nogil:
            while at < count:
                room = counts[order[at]]
                if room > documents:
                    room = documents
                if self._table.used + room + 1 > self._table.capacity:
                    break
                before = self._bytes
                frequencies[at] = self._gather_term(stops[order[at]] - counts[order[at]], stops[order[at]])
                lengths[at] = self._bytes - before
                at += 1
        return at

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def _gather_term(self, start: cython.uint, stop: cython.uint) -> cython.uint:
        """One term; returns its document frequency."""
        zones: cython.uint = self._zones
        at: cython.uint = start
        out: cython.uint = start
        place: cython.uint
        document: cython.uint = 0
        limit: cython.uint
        previous: cython.uint
        zone: cython.uint
        frequency: cython.uint
        vector: cython.uint
        delta: cython.uint
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
            if place >= ends[document * zones + zones - 1]:
                if self._blocks[place >> BLOCK_BITS] > document:
                    document = self._blocks[place >> BLOCK_BITS]
                while place >= ends[document * zones + zones - 1]:
                    document += 1
            if out > start and (out - start) % POSITION_BLOCK == 0:
                self._index[self._entries] = used - base
                self._entries += 1
            vector = self._table.used * zones
            previous = ends[document * zones - 1] if document else 0
            for zone in range(zones):
                limit = ends[document * zones + zone]
                frequency = 0
                while at < stop and places[at] < limit:
                    delta = places[at] - previous
                    previous = places[at]
                    while delta >= 128:
                        positions[used] = (delta & 127) | 128
                        used += 1
                        delta >>= 7
                    positions[used] = delta
                    used += 1
                    frequency += 1
                    at += 1
                self._table._vectors[vector + zone] = frequency
                previous = limit
            places[out] = document
            self._numbers[out] = self._table.number()
            out += 1
        self._bytes = used
        return out - start
