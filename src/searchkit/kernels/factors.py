# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""What scores are multiplied by: dates and numbers of documents, as whole numbers of 2**-32.

A factor is between its least share and 1, and grows with the document's value. So the greatest value of a range of
documents says what its scores come to at most, and what a document needs without factors to reach a score with them:
searches skip by that as they do without factors.
"""

from __future__ import annotations

import cython
from cython.cimports.searchkit.kernels.state import as_longs, as_words, longs, words

RECENCY, INTEGERS, FLOATS = range(3)
RANGE_BITS = cython.declare(cython.uint, 12)
_RECENCY = cython.declare(cython.uint, 0)
_INTEGERS = cython.declare(cython.uint, 1)
LEAST = cython.declare(cython.longlong, -9223372036854775807)
ONE = cython.declare(cython.ulonglong, 1 << 32)
HALF = cython.declare(cython.ulonglong, 32)
LARGEST = cython.declare(cython.ulonglong, 4294967295)
INFINITE = cython.declare(cython.double, float("inf"))


@cython.cclass
class Factors:
    """The factors of a search in one segment, at most `room` of them. now: microseconds since the epoch."""

    def __init__(self, room: int, now: int) -> None:
        kinds, leasts, scales = words(room), longs(room), longs(room)
        self.owners, self.count, self.room, self.now = [kinds, leasts, scales], 0, room, now
        # A compiler that knew the base might take another function for the power.
        self.two = 2.0
        if cython.compiled:
            columns, greatest = longs(room), longs(room)
            self.owners += [columns, greatest]
            self.kinds = as_words(kinds)
            self.leasts = cython.cast(cython.p_double, as_longs(leasts))
            self.scales = cython.cast(cython.p_double, as_longs(scales))
            self.columns = cython.cast(cython.pointer(Column), as_longs(columns))
            self.greatest = cython.cast(cython.pointer(Column), as_longs(greatest))
        else:
            self.kinds, self.leasts, self.scales = kinds, leasts.cast("B").cast("d"), scales.cast("B").cast("d")
            self.columns, self.greatest = [None] * room, [None] * room

    def add(self, kind: int, least: float, scale: float, values: object, greatest: object) -> None:
        """One more factor: by dates (`RECENCY`; scale: the half-life in microseconds) or numbers (the pivot).

        values: one a document, integers "q" or floats "d", or empty where no document has any. greatest: of each range,
        by `greatest_of`.
        """
        number: cython.uint = self.count
        if number >= self.room:
            raise IndexError("there is no room for another factor")
        self.kinds[number], self.leasts[number], self.scales[number] = kind, least, scale
        self.count += 1
        if not len(values):
            return
        if cython.compiled:
            a: cython.const[cython.longlong][::1] = memoryview(values).cast("B").cast("q")
            b: cython.const[cython.longlong][::1] = memoryview(greatest).cast("B").cast("q")
            self.owners += [a, b]
            self.columns[number], self.greatest[number] = cython.address(a[0]), cython.address(b[0])
        else:
            self.columns[number], self.greatest[number] = values, greatest

    def share(self, number: int, document: int) -> int:
        """The factor of that number, of a document, in 2**-32."""
        return self._share(number, self.columns[number], document)

    def units(self, document: int, units: int) -> int:
        """A document's units, multiplied."""
        return multiplied(self, units, document)

    def multiply(self, bitmap: cython.const[cython.uchar][::1], scores: cython.uint[::1]) -> None:
        """Multiplies the scores of the documents in a bitmap."""
        size: cython.uint = scores.shape[0] if cython.compiled else len(scores)
        document: cython.uint
        with cython.nogil:
            for document in range(size):
                if (bitmap[document >> 3] >> (document & 7)) & 1:
                    scores[document] = multiplied(self, scores[document], document)

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def _share(self, number: cython.uint, values: Column, place: cython.ulonglong) -> cython.ulonglong:
        kind: cython.uint = self.kinds[number]
        least: cython.double = self.leasts[number]
        scale: cython.double = self.scales[number]
        full: cython.double = 0.0
        value: cython.double
        if values:
            if kind == _RECENCY:
                if values[place] >= self.now:
                    full = 1.0
                elif values[place] >= LEAST:
                    full = pow(self.two, -(_age(self.now, values[place]) / scale))
            else:
                if cython.compiled:
                    if kind == _INTEGERS:
                        value = cython.cast(cython.double, values[place])
                    else:
                        value = cython.cast(cython.pointer(cython.const[cython.double]), values)[place]
                else:
                    value = float(values[place])
                if value > 0.0:
                    full = 1.0 if value == INFINITE else value / (value + scale)
        return cython.cast(cython.ulonglong, int(4294967296.0 * (least + (1.0 - least) * full)))

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def _most_share(self, number: cython.uint, span: cython.uint) -> cython.ulonglong:
        """What a factor is at most in a range: one more than its greatest value gives, since powers are rounded."""
        share: cython.ulonglong = self._share(number, self.greatest[number], span) + 1
        return share if share < ONE else ONE


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _age(now: cython.longlong, date: cython.longlong) -> cython.double:
    """How long ago a date before now is, however long."""
    if cython.compiled:
        return cython.cast(cython.double, cython.cast(cython.ulonglong, now) - cython.cast(cython.ulonglong, date))
    else:
        return float(now - date)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def multiplied(factors: Factors, units: cython.uint, document: cython.uint) -> cython.uint:
    """The units of a document times all factors, rounded down after each."""
    at: cython.uint
    for at in range(factors.count):
        units = (units * factors._share(at, factors.columns[at], document)) >> HALF
    return units


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def most_of(factors: Factors, units: cython.longlong, span: cython.uint) -> cython.longlong:
    """What so many units (-1: no document) come to at most in a range."""
    at: cython.uint
    for at in range(factors.count):
        if units > 0:
            if units > cython.cast(cython.longlong, LARGEST):
                units = cython.cast(cython.longlong, LARGEST)
            units = (cython.cast(cython.ulonglong, units) * factors._most_share(at, span)) >> HALF
    return units


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def units_at_least(factors: Factors, units: cython.uint) -> cython.uint:
    """What units come to in any document."""
    at: cython.uint
    for at in range(factors.count):
        units = (units * cython.cast(cython.ulonglong, int(4294967296.0 * factors.leasts[at]))) >> 32
    return units


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def needed_for(factors: Factors, wanted: cython.uint, span: cython.uint) -> cython.uint:
    """The least units that may come to what is wanted in a range."""
    at: cython.uint
    units: cython.ulonglong = wanted
    share: cython.ulonglong
    for at in range(factors.count):
        share = factors._most_share(factors.count - 1 - at, span)
        units = ((units << HALF) + share - 1) // share
        if units > LARGEST:
            return cython.cast(cython.uint, LARGEST)
    return cython.cast(cython.uint, units)


def greatest_of(values: object, floats: bool) -> memoryview:
    """The greatest value of each range of 4,096 documents; a missing one is less than any.

    values: integers "q", or floats "d" with not-a-number for a missing one, of which the greatest is at least 0.
    """
    documents: cython.uint = len(values)
    found: memoryview = memoryview(bytearray(8 * ((documents + 4095) >> 12)))
    at: cython.uint
    if floats:
        numbers: cython.const[cython.double][::1] = values
        tops: cython.double[::1] = found.cast("d")
        with cython.nogil:
            for at in range(documents):
                if numbers[at] > tops[at >> RANGE_BITS]:
                    tops[at >> RANGE_BITS] = numbers[at]
        return found.cast("d")
    integers: cython.const[cython.longlong][::1] = values
    most: cython.longlong[::1] = found.cast("q")
    with cython.nogil:
        for at in range(documents):
            if not at & 4095 or integers[at] > most[at >> RANGE_BITS]:
                most[at >> RANGE_BITS] = integers[at]
    return found.cast("q")


NO_FACTORS = Factors(0, 0)
"""For a search without any."""
