# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""What the search kernels share: a segment's sections, the scoring tables for it, and the scratch memory of one search.

Attributes are declared in `state.pxd`. Compiled, the buffers are plain pointers (their owners are kept alive beside
them); uncompiled, they are memoryviews; both are indexed alike.
"""

from __future__ import annotations

import cython
from cython.cimports.searchkit.kernels.clock import ticks

RANGE = cython.declare(cython.uint, 4096)
CODES = 16
LARGEST = cython.declare(cython.ulonglong, 4294967295)
BRIEF = cython.declare(cython.ulonglong, 1 << 11)


@cython.cfunc
def words(count: cython.ulonglong) -> object:
    """Zeroed unsigned 32-bit integers."""
    return memoryview(bytearray(4 * (count + 1))).cast("I")


@cython.cfunc
def longs(count: cython.ulonglong) -> object:
    """Zeroed unsigned 64-bit integers."""
    return memoryview(bytearray(8 * (count + 1))).cast("Q")


@cython.cfunc
def shorts(count: cython.ulonglong) -> object:
    """Zeroed unsigned 16-bit integers."""
    return memoryview(bytearray(2 * (count + 1))).cast("H")


def _filled(view: memoryview, format: str, least: int = 1) -> memoryview:
    """The view; where it has fewer than `least` items a copy, with zeros after them: so its address can be taken."""
    if len(view) >= least:
        return view
    size: int = memoryview(bytes(8)).cast(format).itemsize
    return memoryview(bytes(view).ljust(least * size, b"\0")).cast(format)


@cython.cclass
class SegmentView:
    """The sections of a segment that searches read; see the file format for each.

    documents, zones: how many; vectors: the codebook, rank after rank; totals: the sum of each vector; tops: what the
    best postings of frequent terms reach (see `kernels.priming`).
    """

    def __init__(
        self,
        documents: int,
        zones: int,
        postings: object,
        rare: object,
        range_counts: object,
        range_bounds: object,
        exception_documents: object,
        exception_ranks: object,
        norms: object,
        positions: object,
        position_index: object,
        vectors: object,
        totals: object,
        tops: object,
    ) -> None:
        self.documents = documents
        self.ranges = (documents + 4095) >> 12
        self.zones = zones
        self.ranks = len(totals)
        self.position_bytes, self.top_bytes = len(positions), len(tops)
        a: cython.const[cython.ushort][::1] = _filled(postings, "H")
        b: cython.const[cython.uint][::1] = _filled(rare, "I")
        c: cython.const[cython.ushort][::1] = _filled(range_counts, "H")
        d: cython.const[cython.uchar][::1] = _filled(range_bounds, "B")
        e: cython.const[cython.uint][::1] = _filled(exception_documents, "I")
        f: cython.const[cython.uint][::1] = _filled(exception_ranks, "I")
        g: cython.const[cython.uchar][::1] = _filled(norms, "B")
        h: cython.const[cython.uchar][::1] = _filled(positions, "B")
        i: cython.const[cython.uint][::1] = _filled(position_index, "I")
        j: cython.const[cython.uint][::1] = _filled(vectors, "I", CODES * max(1, zones))
        k: cython.const[cython.uint][::1] = _filled(totals, "I", CODES)
        m: cython.const[cython.uchar][::1] = _filled(tops, "B")
        self.owners = (a, b, c, d, e, f, g, h, i, j, k, m)
        if cython.compiled:
            self.postings, self.rare = cython.address(a[0]), cython.address(b[0])
            self.range_counts, self.range_bounds = cython.address(c[0]), cython.address(d[0])
            self.exception_documents, self.exception_ranks = cython.address(e[0]), cython.address(f[0])
            self.norms, self.positions = cython.address(g[0]), cython.address(h[0])
            self.position_index, self.vectors = cython.address(i[0]), cython.address(j[0])
            self.totals, self.tops = cython.address(k[0]), cython.address(m[0])
        else:
            self.postings, self.rare, self.range_counts, self.range_bounds = a, b, c, d
            self.exception_documents, self.exception_ranks = e, f
            self.norms, self.positions, self.position_index = g, h, i
            self.vectors, self.totals, self.tops = j, k, m


@cython.cclass
class Saturations:
    """The scoring tables of a segment for one setting of weights, k1 and b, and the average length of the whole index.

    A mask is a choice of zones; number 0 is all of them. table: mask × 16 codes × 256 norms → saturation, in 1/2**32
    (code 15: 0); codes: mask → bits of the codes that have a frequency there; weights: mask × rank → weighted
    frequency; lengths: norm → K; zone_weights: zone → weight; zone_masks: mask → bits of its zones; transform: bound
    byte → bound of the saturation under this setting; least: byte of `tops` → what the saturation is at least.
    """

    def __init__(
        self,
        table: object,
        codes: object,
        weights: object,
        lengths: object,
        zone_weights: object,
        zone_masks: object,
        transform: object,
        least: object,
    ) -> None:
        a: cython.const[cython.uint][::1] = table
        b: cython.const[cython.uint][::1] = codes
        c: cython.const[cython.double][::1] = _filled(weights, "d")
        d: cython.const[cython.double][::1] = lengths
        e: cython.const[cython.double][::1] = zone_weights
        f: cython.const[cython.uint][::1] = transform
        g: cython.const[cython.uint][::1] = zone_masks
        h: cython.const[cython.uint][::1] = least
        self.owners = (a, b, c, d, e, f, g, h)
        if cython.compiled:
            self.table, self.codes = cython.address(a[0]), cython.address(b[0])
            self.weights, self.lengths = cython.address(c[0]), cython.address(d[0])
            self.zone_weights, self.transform = cython.address(e[0]), cython.address(f[0])
            self.zone_masks, self.least = cython.address(g[0]), cython.address(h[0])
        else:
            self.table, self.codes, self.weights, self.lengths, self.zone_weights, self.transform = a, b, c, d, e, f
            self.zone_masks, self.least = g, h


@cython.cfunc
def as_longs(view: object) -> cython.p_ulonglong:
    typed: cython.ulonglong[::1] = view
    if cython.compiled:
        return cython.address(typed[0])
    else:
        return typed


@cython.cfunc
def as_words(view: object) -> cython.p_uint:
    typed: cython.uint[::1] = view
    if cython.compiled:
        return cython.address(typed[0])
    else:
        return typed


@cython.cfunc
def as_shorts(view: object) -> cython.p_ushort:
    typed: cython.ushort[::1] = view
    if cython.compiled:
        return cython.address(typed[0])
    else:
        return typed


@cython.cfunc
def grown(old: object, new: object) -> object:
    """The new memory, with what stood in the old (None: nothing) at its beginning."""
    if old is not None:
        new[: len(old)] = old
    return new


@cython.cclass
class State:
    """The memory of one search in one segment: its leaves (the terms of the query) and scratch space. Between
    searches all scratch that is read before it is written is zero, so that a state can be used again.

    capacity: leaves that there is room for; levels: depths of the query tree; room: postings of rare terms;
    phrase_room: words of a phrase; word_room, stream_room: words of a sloppy phrase, and the streams of their
    positions. All grow as a query needs it, while it is built.
    wanted: a bitmap of a range, of the places that a word of a phrase is looked for in.
    bits: bitmaps of a range, one for each level and one more; what is in them is of no use to the next range.
    needed: the score below which what is evaluated next is of no use; 0: all is. late: whether the deadline has passed;
    what was found is worth nothing then, and the memory is not clean.
    """

    def __init__(self, segment: SegmentView, saturations: Saturations) -> None:
        self.segment, self.saturations = segment, saturations
        self.leaves = self.spare_used = self.capacity = self.levels = self.room = 0
        self.phrase_room = self.word_room = self.stream_room = self.needed = 0
        self.deadline, self.late = 0, False
        self.leaf_memory, self.spare_memory = [None] * 17, None
        bounds: cython.longlong[::1] = memoryview(bytearray(8 * segment.ranges + 8)).cast("q")
        self.bounds_memory = bounds
        if cython.compiled:
            self.range_bounds = cython.address(bounds[0])
        else:
            self.range_bounds = bounds
        self.need_leaves(8)
        self.need_levels(3)
        self.need_spare(4096)

    @cython.ccall
    def reset(self, left: cython.ulonglong) -> object:
        """Makes the memory ready for another search, with other leaves.

        left: the nanoseconds that it has; 0: as many as it takes.
        """
        self.leaves = 0
        self.spare_used = 0
        self.deadline = ticks() + left if left else 0
        return None

    @cython.cfunc
    def need_leaves(self, count: cython.uint) -> object:
        """Makes room for so many leaves in all."""
        if count <= self.capacity:
            return None
        capacity: cython.ulonglong = max(count, 2 * self.capacity)
        ranges: cython.ulonglong = self.segment.ranges
        old: list = self.leaf_memory
        made: list = [grown(old[at], longs(capacity)) for at in range(6)]
        made += [grown(old[at], words(capacity)) for at in range(6, 15)]
        made.append(grown(old[15], words(capacity * (ranges + 1))))
        made.append(grown(old[16], words(capacity * ranges)))
        self.leaf_memory, self.capacity = made, capacity
        self.place, self.exception_place = as_longs(made[0]), as_longs(made[1])
        self.weight, self.position_place = as_longs(made[2]), as_longs(made[3])
        self.index_place, self.cursor_byte = as_longs(made[4]), as_longs(made[5])
        self.frequent, self.frequency = as_words(made[6]), as_words(made[7])
        self.exception_count, self.scoring = as_words(made[8]), as_words(made[9])
        self.mask, self.cursor_posting, self.order = as_words(made[10]), as_words(made[11]), as_words(made[12])
        self.number, self.cursor_exception = as_words(made[13]), as_words(made[14])
        self.starts, self.bounds = as_words(made[15]), as_words(made[16])
        return None

    @cython.cfunc
    def need_levels(self, count: cython.uint) -> object:
        """Makes room for a query tree of so many levels."""
        if count <= self.levels:
            return None
        self.levels = count
        made: list = [words(count * RANGE), shorts(count * RANGE), shorts(count * RANGE), words(count * RANGE)]
        self.level_memory = made
        self.bits = memoryview(bytearray(512 * (count + 1)))
        self.sums, self.stamps = as_words(made[0]), as_shorts(made[1])
        self.places, self.scores = as_shorts(made[2]), as_words(made[3])
        return None

    @cython.cfunc
    def need_spare(self, postings: cython.ulonglong) -> object:
        """Makes room for so many further postings of rare terms."""
        if self.spare_used + postings <= self.room:
            return None
        self.room = max(self.spare_used + postings, 2 * self.room)
        self.spare_memory = grown(self.spare_memory, shorts(self.room))
        self.spare = as_shorts(self.spare_memory)
        return None

    @cython.ccall
    def need_phrases(self, longest: cython.uint, count: cython.uint) -> object:
        """Makes room for phrases. longest: the most positions that a document has of one term; count: of words."""
        made: list
        if not self.phrase_room:
            made = [words(longest), words(self.segment.zones), shorts(RANGE >> 4)]
            self.phrase_memory = made
            self.standing, self.by_zone, self.wanted = as_words(made[0]), as_words(made[1]), as_shorts(made[2])
        if count > self.phrase_room:
            self.phrase_room = count
            self.found_memory = words(cython.cast(cython.ulonglong, self.phrase_room) * RANGE)
            self.found = as_words(self.found_memory)
        return None

    def need_streams(self, count: int, streams: int) -> None:
        """Makes room for so many words of which positions are streams, and so many streams, beside what phrases need.

        Nothing of it is kept from one document to the next.
        """
        made: list
        if not self.word_room:
            made = [words(self.segment.zones), words(self.segment.zones), shorts(RANGE)]
            self.pair_memory = made
            self.of_left, self.of_right, self.marks = as_words(made[0]), as_words(made[1]), as_shorts(made[2])
        if count > self.word_room:
            self.word_room = count
            made = [words(self.word_room + 1), words(self.word_room)]
            self.word_memory = made
            self.word_streams, self.word_position = as_words(made[0]), as_words(made[1])
        if streams > self.stream_room:
            self.stream_room = streams
            made = [words(self.stream_room) for _ in range(4)] + [longs(self.stream_room)]
            self.stream_memory = made
            self.stream_position, self.stream_zone = as_words(made[0]), as_words(made[1])
            self.stream_left, self.stream_rank = as_words(made[2]), as_words(made[3])
            self.stream_byte = as_longs(made[4])


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def is_late(state: State) -> cython.bint:
    """Whether the deadline of the search has passed."""
    if state.deadline and not state.late:
        state.late = ticks() >= state.deadline
    return state.late


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def is_brief(state: State) -> cython.bint:
    """Whether so few postings are to be read that it is not worth while to let another thread have Python's lock.

    These are some microseconds of work. To have the lock again takes about as long where other threads search too, and
    until the interpreter switches threads (`sys.getswitchinterval`) where one runs Python without a pause.
    """
    return work_of(state) <= BRIEF


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def work_of(state: State) -> cython.ulonglong:
    """How many postings the leaves have."""
    leaf: cython.uint
    postings: cython.ulonglong = 0
    for leaf in range(state.leaves):
        postings += state.frequency[leaf]
    return postings


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def saturate(weight: cython.double, length: cython.double) -> cython.uint:
    """The saturation w / (w + K) of a weighted frequency, in 1/2**32.

    BM25F with one length normalisation (Robertson, Zaragoza, Taylor, "Simple BM25 extension to multiple weighted
    fields", 2004).
    """
    value: cython.double
    if weight <= 0.0:
        return 0
    value = 4294967296.0 * (weight / (weight + length))
    if value >= 4294967295.0:
        return cython.cast(cython.uint, 4294967295)
    return cython.cast(cython.uint, int(value))


def fill_bounds(
    most_growth: cython.double, least_growth: cython.double, transform: cython.uint[::1], least: cython.uint[::1]
) -> None:
    """Computes `transform` and `least` of `Saturations`: what a bound byte, or a byte of `tops`, says under a setting.

    A byte is a share of g = x / (1 + x) with x = w / K under the setting that it was made with; x has grown since by at
    least and at most these factors.
    """
    byte: cython.uint
    share: cython.double
    odds: cython.double
    value: cython.ulonglong
    transform[0] = 0
    for byte in range(255):
        share = byte / 255.0
        odds = share / (1.0 - share) * most_growth
        value = cython.cast(cython.ulonglong, int(4294967296.0 * (odds / (1.0 + odds))))
        if byte:
            transform[byte] = cython.cast(cython.uint, min(LARGEST, value + 2))
        odds = share / (1.0 - share) * least_growth
        value = cython.cast(cython.ulonglong, int(4294967296.0 * (odds / (1.0 + odds))))
        least[byte] = cython.cast(cython.uint, value - 2 if value > 2 else 0)
    transform[255] = cython.cast(cython.uint, LARGEST)
    least[255] = least[254]


def fill_saturations(
    vectors: cython.const[cython.uint][::1],
    zones: cython.uint,
    zone_weights: cython.const[cython.double][::1],
    zone_masks: cython.const[cython.uint][::1],
    lengths: cython.const[cython.double][::1],
    table: cython.uint[::1],
    codes: cython.uint[::1],
    weights: cython.double[::1],
) -> None:
    """Computes `table`, `codes` and `weights` of `Saturations` from the codebook (`vectors`, rank after rank) and
    the rest.
    """
    masks: cython.uint = codes.shape[0] if cython.compiled else len(codes)
    ranks: cython.uint = (vectors.shape[0] if cython.compiled else len(vectors)) // zones
    mask: cython.uint
    rank: cython.uint
    zone: cython.uint
    norm: cython.uint
    weight: cython.double
    present: cython.uint
    with cython.nogil:
        for mask in range(masks):
            codes[mask] = 0
            for rank in range(ranks):
                weight = 0.0
                present = 0
                for zone in range(zones):
                    if (zone_masks[mask] >> zone) & 1:
                        weight += zone_weights[zone] * vectors[rank * zones + zone]
                        if vectors[rank * zones + zone]:
                            present = 1
                weights[mask * ranks + rank] = weight
                if rank < 15:
                    codes[mask] |= present << rank
                    for norm in range(256):
                        table[(mask * 16 + rank) * 256 + norm] = saturate(weight, lengths[norm])
