# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Documents and vectors of a term → its postings on disk (layout P16).

Document numbers fall into ranges of 4,096. A posting is 16 bits: 12 for the place in its range, 4 for a code; codes
0 to 14 are the segment's commonest vectors of zone frequencies, 15 says that the vector stands in the list of
exceptions (document, rank of the vector), in the same order. A frequent term (4 postings or more a range, on
average) has for each range the number of its postings and a bound of its saturation there; a rarer one is kept as
32-bit words, document << 4 | code, and has neither.

Bounds are bytes: `bound(g) = int(255 g) + 1` for a saturation g of at least 0 and below 1, so that g <= byte / 255,
and g >= (byte - 1) / 255. They are taken at the reference parameters of the segment; a search with others transforms
them. For a frequent term the bytes (less one) of its 10th, 100th and 1000th best posting are kept too: they prime
the threshold of a search.
"""

from __future__ import annotations

import cython

RANGE_BITS = cython.declare(cython.uint, 12)
PLACE_MASK = cython.declare(cython.uint, 4095)
ESCAPE = cython.declare(cython.uint, 15)
FREQUENT = cython.declare(cython.uint, 4)


@cython.cclass
class PostingsEncoder:
    """Encodes terms one after the other into buffers that the caller made large enough.

    norms: the length code of each document.
    bounds: rank of a vector × 256 + norm → bound byte, for the 15 inline codes.
    weights: rank → weighted frequency, for all vectors; lengths: norm → K of the formula.
    postings, rare: 16-bit and 32-bit postings; range_counts, range_bounds: by frequent term and range; tops: 3 a
    frequent term. exception_documents, exception_ranks: the exceptions.
    """

    ranges: cython.uint
    _norms: cython.const[cython.uchar][::1]
    _bounds: cython.const[cython.uchar][::1]
    _weights: cython.const[cython.double][::1]
    _lengths: cython.const[cython.double][::1]
    _postings: cython.ushort[::1]
    _rare: cython.uint[::1]
    _range_counts: cython.ushort[::1]
    _range_bounds: cython.uchar[::1]
    _tops: cython.uchar[::1]
    _exception_documents: cython.uint[::1]
    _exception_ranks: cython.uint[::1]
    _histogram: cython.uint[::1]
    _postings_used: cython.ulonglong
    _rare_used: cython.ulonglong
    _frequent_used: cython.ulonglong
    _exceptions_used: cython.ulonglong

    def __init__(
        self,
        ranges: int,
        norms: object,
        bounds: object,
        weights: object,
        lengths: object,
        postings: object,
        rare: object,
        range_counts: object,
        range_bounds: object,
        tops: object,
        exception_documents: object,
        exception_ranks: object,
    ) -> None:
        self.ranges = ranges
        self._norms, self._bounds, self._weights, self._lengths = norms, bounds, weights, lengths
        self._postings, self._rare = postings, rare
        self._range_counts, self._range_bounds, self._tops = range_counts, range_bounds, tops
        self._exception_documents, self._exception_ranks = exception_documents, exception_ranks
        self._histogram = memoryview(bytearray(4 * 256)).cast("I")
        self._postings_used = self._rare_used = self._frequent_used = self._exceptions_used = 0

    @property
    def used(self) -> tuple[int, int, int, int]:
        """Postings, rare postings, frequent terms and exceptions written so far."""
        return self._postings_used, self._rare_used, self._frequent_used, self._exceptions_used

    def encode(
        self,
        starts: cython.const[cython.uint][::1],
        frequencies: cython.const[cython.uint][::1],
        documents: cython.const[cython.uint][::1],
        numbers: cython.const[cython.uint][::1],
        ranks: cython.const[cython.uint][::1],
        exceptions: cython.uint[::1],
    ) -> None:
        """Encodes the terms whose postings stand at documents[starts[i] : starts[i] + frequencies[i]].

        numbers: the vector number of each posting; ranks: vector number → rank in the codebook.
        exceptions: gets the number of exceptions of each term.
        """
        term: cython.Py_ssize_t
        before: cython.ulonglong
        with cython.nogil:
            for term in range(frequencies.shape[0]):
                before = self._exceptions_used
                if frequencies[term] >= FREQUENT * self.ranges:
                    self._encode_frequent(starts[term], frequencies[term], documents, numbers, ranks)
                else:
                    self._encode_rare(starts[term], frequencies[term], documents, numbers, ranks)
                exceptions[term] = self._exceptions_used - before

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def _code(self, document: cython.uint, rank: cython.uint) -> cython.uint:
        if rank < ESCAPE:
            return rank
        self._exception_documents[self._exceptions_used] = document
        self._exception_ranks[self._exceptions_used] = rank
        self._exceptions_used += 1
        return ESCAPE

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def _encode_rare(
        self,
        start: cython.uint,
        count: cython.uint,
        documents: cython.const[cython.uint][::1],
        numbers: cython.const[cython.uint][::1],
        ranks: cython.const[cython.uint][::1],
    ) -> cython.void:
        at: cython.uint
        for at in range(start, start + count):
            self._rare[self._rare_used] = (documents[at] << 4) | self._code(documents[at], ranks[numbers[at]])
            self._rare_used += 1

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def _encode_frequent(
        self,
        start: cython.uint,
        count: cython.uint,
        documents: cython.const[cython.uint][::1],
        numbers: cython.const[cython.uint][::1],
        ranks: cython.const[cython.uint][::1],
    ) -> cython.void:
        at: cython.uint
        document: cython.uint
        rank: cython.uint
        code: cython.uint
        bound: cython.uint
        best: cython.uint = 0
        current: cython.uint = 0
        inside: cython.uint = 0
        weight: cython.double
        table: cython.ulonglong = self._frequent_used * self.ranges
        for at in range(256):
            self._histogram[at] = 0
        for at in range(start, start + count):
            document = documents[at]
            while document >> RANGE_BITS > current:
                self._range_counts[table + current] = inside
                self._range_bounds[table + current] = best
                current += 1
                inside = best = 0
            rank = ranks[numbers[at]]
            code = self._code(document, rank)
            if code < ESCAPE:
                bound = self._bounds[code * 256 + self._norms[document]]
            else:
                weight = self._weights[rank]
                bound = (
                    cython.cast(cython.uint, int(255.0 * (weight / (weight + self._lengths[self._norms[document]]))))
                    + 1
                )
            self._histogram[bound] += 1
            if bound > best:
                best = bound
            inside += 1
            self._postings[self._postings_used] = (code << RANGE_BITS) | (document & PLACE_MASK)
            self._postings_used += 1
        while current < self.ranges:
            self._range_counts[table + current] = inside
            self._range_bounds[table + current] = best
            current += 1
            inside = best = 0
        self._write_tops()
        self._frequent_used += 1

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def _write_tops(self) -> cython.void:
        bound: cython.uint = 255
        above: cython.uint = 0
        wanted: cython.uint = 10
        top: cython.uint = 0
        while bound > 0 and top < 3:
            above += self._histogram[bound]
            while top < 3 and above >= wanted:
                self._tops[3 * self._frequent_used + top] = bound - 1
                top += 1
                wanted *= 10
            bound -= 1
        while top < 3:
            self._tops[3 * self._frequent_used + top] = 0
            top += 1
