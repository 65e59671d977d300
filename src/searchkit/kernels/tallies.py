# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""How often each value of a column occurs among the documents of a segment that match.

Values are numbers of a dictionary (ordinals), in 1, 2 or 4 bytes each, little endian, put together from their bytes,
which compiles to one load. Those that occur are noted when they are first met: what is chosen from and cleared
afterwards are these alone, however many values a column has.

The documents of a term or a union of terms are counted while their postings are read: a posting counts unless an
earlier one has set its bit. Of other trees the bitmap of each range is read, 64 bits at a time.
"""

from __future__ import annotations

import cython
from cython.cimports.searchkit.kernels.bounds import bound
from cython.cimports.searchkit.kernels.leaves import count_in
from cython.cimports.searchkit.kernels.nodes import Tree
from cython.cimports.searchkit.kernels.plain_counts import is_any_of
from cython.cimports.searchkit.kernels.positions import postings_of
from cython.cimports.searchkit.kernels.sets import members
from cython.cimports.searchkit.kernels.state import as_words, is_brief, is_late, words
from cython.cimports.searchkit.kernels.top import Top, push

RANGE_BITS = cython.declare(cython.uint, 12)
PLACE_MASK = cython.declare(cython.uint, 4095)
BYTES = cython.declare(cython.uint, 512)
_TERM = cython.declare(cython.uint, 0)
_CHOSEN = cython.declare(cython.uint, 16)


@cython.cclass
class Tally:
    """The counts of a column's values; memory for one search at a time, which is empty before and after.

    numbers: the ordinals, one a document, in `width` bytes each; with `starts` any number a document, which says where
    each document's start, and where the last one's end; `wide`: in two words a place. none: how many values there are;
    where a document has one number, this is the number of those without a value. damaged: whether numbers were met
    that cannot be; the counts are worth nothing then.
    """

    def __init__(self, numbers: object, width: int, none: int, starts: object, wide: bool) -> None:
        columns: cython.const[cython.uchar][::1] = numbers if len(numbers) else bytes(1)
        places: cython.const[cython.uint][::1] = memoryview(bytes(4)).cast("I") if starts is None else starts
        counts: object = words(none + 1)
        met: object = words(none + 1)
        self.owners = (columns, places, counts, met)
        self.width, self.none, self.several, self.wide = width, none, starts is not None, wide
        self.room = len(numbers) // width
        self.documents = self.room if starts is None else len(starts) // (2 if wide else 1) - 1
        self.counts, self.met = as_words(counts), as_words(met)
        if cython.compiled:
            self.numbers, self.starts = cython.address(columns[0]), cython.address(places[0])
        else:
            self.numbers, self.starts = columns, places
        self.distinct, self.damaged = 0, False
        self.top = Top(_CHOSEN)

    def clear(self) -> None:
        """Makes it empty, for another search."""
        at: cython.uint
        for at in range(self.distinct):
            self.counts[self.met[at]] = 0
        self.distinct = 0

    def add(self, bitmap: cython.uchar[::1]) -> None:
        """Counts the documents of a bitmap, 512 bytes a range."""
        span: cython.uint
        ranges: cython.uint = len(bitmap) // BYTES
        with cython.nogil:
            for span in range(ranges):
                _add_bits(self, bitmap, BYTES * span, span)

    def add_matches(
        self,
        tree: Tree,
        root: cython.uint,
        low: cython.uint,
        high: cython.uint,
        live: cython.const[cython.uchar][::1],
    ) -> int:
        """Counts the live documents from `low` up to, not including, `high` that match the root of the tree; returns
        how many there are.

        live: as for `search`.
        """
        total: cython.ulonglong
        if low >= high:
            return 0
        if is_brief(tree.state):
            return _add_matches(self, tree, root, low, high, live)
        with cython.nogil:
            total = _add_matches(self, tree, root, low, high, live)
        return total

    @cython.ccall
    def count(self, number: cython.uint) -> cython.uint:
        """How often a value occurs, or how many documents have none."""
        return self.counts[number]

    def sums(self) -> tuple[int, int]:
        """How many values occur, and their counts added up."""
        at: cython.uint
        total: cython.ulonglong = 0
        missing: cython.uint = self.counts[self.none]
        for at in range(self.distinct):
            total += self.counts[self.met[at]]
        return self.distinct - (missing > 0), total - missing

    def occurring(self) -> list[tuple[int, int]]:
        """(number, count) of all values that occur, in order of their numbers."""
        at: cython.uint
        met: list = [self.met[at] for at in range(self.distinct)]
        met.sort()
        return [(number, self.counts[number]) for number in met if number != self.none]

    def most_frequent(self, wanted: cython.uint) -> list[tuple[int, int]]:
        """(number, count) of the values with the greatest counts, at most `wanted`: of equal counts the smaller number
        first.
        """
        at: cython.uint
        number: cython.uint
        least: cython.uint = 0
        top: Top = self.top
        top.reset(wanted if wanted < self.distinct else self.distinct, 0)
        for at in range(self.distinct):
            number = self.met[at]
            if number != self.none and self.counts[number] >= least:
                # Of equal counts the greater place is better there.
                push(top, self.counts[number], self.none - number)
                if top.size == top.capacity:
                    least = top.scores[0]
        return [(self.none - place, count) for count, _, place in top.ranked(None, 0)]


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _add_matches(
    tally: Tally,
    tree: Tree,
    root: cython.uint,
    low: cython.uint,
    high: cython.uint,
    live: cython.const[cython.uchar][::1],
) -> cython.ulonglong:
    span: cython.uint
    first: cython.uint = low >> RANGE_BITS
    last: cython.uint = (high - 1) >> RANGE_BITS
    total: cython.ulonglong = 0
    whole: cython.bint
    plain: cython.bint = live.shape[0] == 0 and not tally.several and is_any_of(tree, root)
    for span in range(first, last + 1):
        if is_late(tree.state):
            break
        whole = first < span < last or (low == 0 and high == tree.state.segment.documents)
        if plain and whole:
            total += _add_plain(tally, tree, root, span)
        elif bound(tree, root, span) >= 0:
            total += members(tree, root, span, low, high, live, tree.state.bits)
            _add_bits(tally, tree.state.bits, 0, span)
    return total


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _add_plain(tally: Tally, tree: Tree, root: cython.uint, span: cython.uint) -> cython.ulonglong:
    """Counts the documents of a term or a union in a range; returns how many there are."""
    at: cython.uint
    total: cython.ulonglong = 0
    if tree.kind[root] == _TERM:
        _clear(tree.state.bits)
        return _add_leaf(tally, tree, tree.first[root], span)
    for at in range(tree.first[root], tree.first[root] + tree.should[root]):
        if count_in(tree.state, tree.first[tree.children[at]], span):
            if not total:
                _clear(tree.state.bits)
            total += _add_leaf(tally, tree, tree.first[tree.children[at]], span)
    return total


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _clear(bits: cython.uchar[::1]) -> cython.void:
    """Clears the first bitmap."""
    at: cython.uint
    for at in range(BYTES):
        bits[at] = 0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _add_leaf(tally: Tally, tree: Tree, leaf: cython.uint, span: cython.uint) -> cython.uint:
    """Counts the documents of a leaf in a range that are not set in the bitmap, and sets them; returns how many."""
    posting: cython.ulonglong
    row: cython.uint = leaf * (tree.state.segment.ranges + 1) + span
    start: cython.ulonglong = tree.state.place[leaf] + tree.state.starts[row]
    stop: cython.ulonglong = tree.state.place[leaf] + tree.state.starts[row + 1]
    postings: cython.pointer(cython.const[cython.ushort]) = postings_of(tree.state, leaf)
    bits: cython.uchar[::1] = tree.state.bits
    numbers: cython.pointer(cython.const[cython.uchar]) = tally.numbers
    counts: cython.p_uint = tally.counts
    met: cython.p_uint = tally.met
    width: cython.uint = tally.width
    none: cython.uint = tally.none
    distinct: cython.uint = tally.distinct
    documents: cython.ulonglong = tally.documents
    document: cython.ulonglong
    number: cython.uint
    place: cython.uint
    byte: cython.uint
    new: cython.uint
    total: cython.uint = 0
    for posting in range(start, stop):
        place = postings[posting] & PLACE_MASK
        byte = bits[place >> 3]
        new = ((byte >> (place & 7)) & 1) ^ 1
        bits[place >> 3] = byte | (1 << (place & 7))
        document = (cython.cast(cython.ulonglong, span) << RANGE_BITS) + place
        if document >= documents:
            continue
        number = _number(numbers, width, document)
        if number > none:
            tally.damaged = True
            break
        # A value that is met again is written over by the next.
        met[distinct] = number
        distinct += counts[number] == 0
        counts[number] += new
        total += new
    tally.distinct = distinct
    return total


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _add_bits(tally: Tally, bits: cython.uchar[::1], base: cython.ulonglong, span: cython.uint) -> cython.void:
    """Counts the documents of a range, whose bitmap is at `base`."""
    at: cython.uint
    word: cython.ulonglong
    document: cython.ulonglong
    number: cython.uint
    numbers: cython.pointer(cython.const[cython.uchar]) = tally.numbers
    counts: cython.p_uint = tally.counts
    met: cython.p_uint = tally.met
    width: cython.uint = tally.width
    none: cython.uint = tally.none
    distinct: cython.uint = tally.distinct
    documents: cython.ulonglong = tally.documents
    if tally.several:
        _add_several(tally, bits, base, span)
        return
    for at in range(0, BYTES, 8):
        word = _word(bits, base + at)
        while word:
            document = (cython.cast(cython.ulonglong, span) << RANGE_BITS) + at * 8 + _lowest(word)
            word &= word - 1
            if document >= documents:
                break
            number = _number(numbers, width, document)
            if number > none:
                tally.damaged = True
                break
            met[distinct] = number
            distinct += counts[number] == 0
            counts[number] += 1
    tally.distinct = distinct


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _add_several(tally: Tally, bits: cython.uchar[::1], base: cython.ulonglong, span: cython.uint) -> cython.void:
    """The same where a document has any number of values."""
    at: cython.uint
    word: cython.ulonglong
    document: cython.ulonglong
    place: cython.ulonglong
    start: cython.ulonglong
    stop: cython.ulonglong
    for at in range(0, BYTES, 8):
        word = _word(bits, base + at)
        while word:
            document = (cython.cast(cython.ulonglong, span) << RANGE_BITS) + at * 8 + _lowest(word)
            word &= word - 1
            if document >= tally.documents:
                break
            start, stop = _place(tally, document), _place(tally, document + 1)
            if start > stop or stop > tally.room:
                tally.damaged = True
                break
            if start == stop:
                _add_number(tally, tally.none)
            for place in range(start, stop):
                if _number(tally.numbers, tally.width, place) >= tally.none:
                    tally.damaged = True
                    break
                _add_number(tally, _number(tally.numbers, tally.width, place))


@cython.cfunc
@cython.nogil
@cython.inline
@cython.exceptval(check=False)
def _add_number(tally: Tally, number: cython.uint) -> cython.void:
    # A value that is met again is written over by the next.
    tally.met[tally.distinct] = number
    tally.distinct += tally.counts[number] == 0
    tally.counts[number] += 1


@cython.cfunc
@cython.nogil
@cython.inline
@cython.exceptval(check=False)
def _word(bits: cython.uchar[::1], at: cython.ulonglong) -> cython.ulonglong:
    """The 64 bits from byte `at` on."""
    part: cython.uint
    word: cython.ulonglong = 0
    for part in range(8):
        word |= cython.cast(cython.ulonglong, bits[at + part]) << (8 * part)
    return word


@cython.cfunc
@cython.nogil
@cython.inline
@cython.exceptval(check=False)
def _lowest(word: cython.ulonglong) -> cython.uint:
    """The place of the lowest bit that is set."""
    if cython.compiled:
        return lowest_bit(word)
    else:
        return (word & -word).bit_length() - 1


@cython.cfunc
@cython.nogil
@cython.inline
@cython.exceptval(check=False)
def _number(
    numbers: cython.pointer(cython.const[cython.uchar]), width: cython.uint, at: cython.ulonglong
) -> cython.uint:
    """The number at a place of an array of numbers of 1, 2 or 4 bytes."""
    if width == 1:
        return numbers[at]
    if width == 2:
        return numbers[2 * at] | cython.cast(cython.uint, numbers[2 * at + 1]) << 8
    return (
        numbers[4 * at]
        | cython.cast(cython.uint, numbers[4 * at + 1]) << 8
        | cython.cast(cython.uint, numbers[4 * at + 2]) << 16
        | cython.cast(cython.uint, numbers[4 * at + 3]) << 24
    )


@cython.cfunc
@cython.nogil
@cython.inline
@cython.exceptval(check=False)
def _place(tally: Tally, document: cython.ulonglong) -> cython.ulonglong:
    if tally.wide:
        return tally.starts[2 * document] | cython.cast(cython.ulonglong, tally.starts[2 * document + 1]) << 32
    return tally.starts[document]
