# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""What the search kernels share: a segment's sections, the scoring tables for it, and the scratch memory of one search.

Attributes are declared in `state.pxd`. Compiled, the buffers are plain pointers (their owners are kept alive beside
them); uncompiled, they are memoryviews; both are indexed alike.
"""

from __future__ import annotations

import cython

RANGE = cython.declare(cython.uint, 4096)


def words(count: int) -> memoryview:
    """Zeroed unsigned 32-bit integers."""
    return memoryview(bytearray(4 * (count + 1))).cast("I")


def longs(count: int) -> memoryview:
    """Zeroed unsigned 64-bit integers."""
    return memoryview(bytearray(8 * (count + 1))).cast("Q")


def shorts(count: int) -> memoryview:
    """Zeroed unsigned 16-bit integers."""
    return memoryview(bytearray(2 * (count + 1))).cast("H")


def _filled(view: memoryview, format: str) -> memoryview:
    """The view, or one zero where it is empty, so that its address can be taken."""
    return view if len(view) else memoryview(bytes(8)).cast(format)


@cython.cclass
class SegmentView:
    """The sections of a segment that searches read; see the file format for each.

    documents, zones: how many; vectors: the codebook, rank after rank; totals: the sum of each vector.
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
    ) -> None:
        self.documents = documents
        self.ranges = (documents + 4095) >> 12
        self.zones = zones
        self.ranks = len(totals)
        self.position_bytes = len(positions)
        a: cython.const[cython.ushort][::1] = _filled(postings, "H")
        b: cython.const[cython.uint][::1] = _filled(rare, "I")
        c: cython.const[cython.ushort][::1] = _filled(range_counts, "H")
        d: cython.const[cython.uchar][::1] = _filled(range_bounds, "B")
        e: cython.const[cython.uint][::1] = _filled(exception_documents, "I")
        f: cython.const[cython.uint][::1] = _filled(exception_ranks, "I")
        g: cython.const[cython.uchar][::1] = _filled(norms, "B")
        h: cython.const[cython.uchar][::1] = _filled(positions, "B")
        i: cython.const[cython.uint][::1] = _filled(position_index, "I")
        j: cython.const[cython.uint][::1] = _filled(vectors, "I")
        k: cython.const[cython.uint][::1] = _filled(totals, "I")
        self.owners = (a, b, c, d, e, f, g, h, i, j, k)
        if cython.compiled:
            self.postings, self.rare = cython.address(a[0]), cython.address(b[0])
            self.range_counts, self.range_bounds = cython.address(c[0]), cython.address(d[0])
            self.exception_documents, self.exception_ranks = cython.address(e[0]), cython.address(f[0])
            self.norms, self.positions = cython.address(g[0]), cython.address(h[0])
            self.position_index, self.vectors = cython.address(i[0]), cython.address(j[0])
            self.totals = cython.address(k[0])
        else:
            self.postings, self.rare, self.range_counts, self.range_bounds = a, b, c, d
            self.exception_documents, self.exception_ranks = e, f
            self.norms, self.positions, self.position_index = g, h, i
            self.vectors, self.totals = j, k


@cython.cclass
class Saturations:
    """The scoring tables of a segment for one setting of weights, k1 and b, and the average length of the whole index.

    A mask is a choice of zones; number 0 is all of them. table: mask × 16 codes × 256 norms → saturation, in 1/2**32
    (code 15: 0); codes: mask → bits of the codes that have a frequency there; weights: mask × rank → weighted
    frequency; lengths: norm → K; zone_weights: zone → weight; zone_masks: mask → bits of its zones; transform: bound
    byte → bound of the saturation under this setting.
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
    ) -> None:
        a: cython.const[cython.uint][::1] = table
        b: cython.const[cython.uint][::1] = codes
        c: cython.const[cython.double][::1] = _filled(weights, "d")
        d: cython.const[cython.double][::1] = lengths
        e: cython.const[cython.double][::1] = zone_weights
        f: cython.const[cython.uint][::1] = transform
        g: cython.const[cython.uint][::1] = zone_masks
        self.owners = (a, b, c, d, e, f, g)
        if cython.compiled:
            self.table, self.codes = cython.address(a[0]), cython.address(b[0])
            self.weights, self.lengths = cython.address(c[0]), cython.address(d[0])
            self.zone_weights, self.transform = cython.address(e[0]), cython.address(f[0])
            self.zone_masks = cython.address(g[0])
        else:
            self.table, self.codes, self.weights, self.lengths, self.zone_weights, self.transform = a, b, c, d, e, f
            self.zone_masks = g


@cython.cclass
class State:
    """The memory of one search in one segment: its leaves (the terms of the query) and scratch space. Between
    searches all scratch that is read before it is written is zero, so that a state can be used again.

    capacity: leaves at most; levels: depth of the query tree; spare: postings of rare terms, together; positions: of
    the longest list of positions of a document that may be met (0 where the query has no phrase); tallies: whether
    phrases with alternatives are among its nodes.
    """

    def __init__(
        self,
        segment: SegmentView,
        saturations: Saturations,
        capacity: int,
        levels: int,
        spare: int,
        positions: int,
        tallies: bool = False,
    ) -> None:
        self.segment, self.saturations = segment, saturations
        self.capacity, self.levels, self.leaves, self.spare_used = capacity, levels, 0, 0
        self.room, self.phrases, self.tallies = spare, positions > 0, tallies
        tally: int = 4096 if tallies else 0
        a: cython.ulonglong[::1] = longs(6 * capacity)
        b: cython.uint[::1] = words(6 * capacity)
        c: cython.uint[::1] = words(capacity * (segment.ranges + 1))
        d: cython.uint[::1] = words(capacity * segment.ranges)
        e: cython.ushort[::1] = shorts(spare)
        f: cython.uint[::1] = words(levels * 4096)
        g: cython.ushort[::1] = shorts(levels * 4096)
        h: cython.ushort[::1] = shorts(levels * 4096)
        i: cython.uint[::1] = words(levels * 4096)
        j: cython.uint[::1] = words(capacity * 4096 if positions else 1)
        k: cython.uint[::1] = words(capacity)
        m: cython.uint[::1] = words(positions)
        n: cython.uint[::1] = words(positions)
        p: cython.uint[::1] = words(segment.zones)
        q: cython.uint[::1] = words(tally * (segment.zones + 1))
        r: cython.ushort[::1] = shorts(tally)
        s: cython.longlong[::1] = memoryview(bytearray(8 * segment.ranges + 8)).cast("q")
        self.owners = (a, b, c, d, e, f, g, h, i, j, k, m, n, p, q, r, s)
        if cython.compiled:
            self.place, self.exception_place = cython.address(a[0]), cython.address(a[capacity])
            self.weight, self.position_place = cython.address(a[2 * capacity]), cython.address(a[3 * capacity])
            self.index_place, self.cursor_byte = cython.address(a[4 * capacity]), cython.address(a[5 * capacity])
            self.frequent, self.frequency = cython.address(b[0]), cython.address(b[capacity])
            self.exception_count, self.scoring = cython.address(b[2 * capacity]), cython.address(b[3 * capacity])
            self.mask, self.cursor_posting = cython.address(b[4 * capacity]), cython.address(b[5 * capacity])
            self.starts, self.bounds, self.spare = cython.address(c[0]), cython.address(d[0]), cython.address(e[0])
            self.sums, self.stamps = cython.address(f[0]), cython.address(g[0])
            self.places, self.scores = cython.address(h[0]), cython.address(i[0])
            self.found, self.order = cython.address(j[0]), cython.address(k[0])
            self.places_a, self.places_b = cython.address(m[0]), cython.address(n[0])
            self.by_zone, self.tally, self.meeting = cython.address(p[0]), cython.address(q[0]), cython.address(r[0])
            self.range_bounds = cython.address(s[0])
        else:
            parts = [memoryview(a)[at * capacity : (at + 1) * capacity] for at in range(6)]
            self.place, self.exception_place, self.weight = parts[:3]
            self.position_place, self.index_place, self.cursor_byte = parts[3:]
            parts = [memoryview(b)[at * capacity : (at + 1) * capacity] for at in range(6)]
            self.frequent, self.frequency, self.exception_count = parts[:3]
            self.scoring, self.mask, self.cursor_posting = parts[3:]
            self.starts, self.bounds, self.spare, self.sums, self.stamps = c, d, e, f, g
            self.places, self.scores, self.found, self.order = h, i, j, k
            self.places_a, self.places_b = m, n
            self.by_zone, self.tally, self.meeting, self.range_bounds = p, q, r, s

    def reset(self) -> None:
        """Makes the memory ready for another search, with other leaves."""
        self.leaves = 0
        self.spare_used = 0


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
