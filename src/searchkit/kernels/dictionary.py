# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""The term dictionary of a segment: sorted keys, front-coded in blocks of 16, searched in place.

A key is a term (what analysis made of words; it has postings), a form (a folded word as people wrote it; it points
to its terms), or both. An entry: the number of bytes shared with the key before and of those that follow, as
varints; these bytes; flags; for a term its document frequency, the bytes of its positions and, if flagged, its
number of exceptions; for a form of other terms their number and their entry numbers. A block begins with the places
at which its first term's data begin in the other sections, so that adding up inside the block gives those of every
term. `index` holds the offset of every block, and of the end; `heads` how the first key of each begins, for most steps
of a search to be decided by numbers that lie close together.
"""

from __future__ import annotations

import cython
from cython.cimports.searchkit.kernels.records import TermRecord, record_of

TERM = cython.declare(cython.uint, 1)
POINTER = cython.declare(cython.uint, 4)
EXCEPTIONS = cython.declare(cython.uint, 8)
BLOCK = cython.declare(cython.uint, 16)
POSITION_BLOCK = cython.declare(cython.uint, 32)
FREQUENT = cython.declare(cython.uint, 4)
HEADER = cython.declare(cython.uint, 6)
KEY_BYTES = cython.declare(cython.uint, 1 << 16)

FLAG_TERM, FLAG_FORM, FLAG_POINTER = 1, 2, 4


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _write(out: cython.uchar[::1], at: cython.ulonglong, value: cython.ulonglong) -> cython.ulonglong:
    """Writes a varint and returns where it ends."""
    while value >= 128:
        out[at] = (value & 127) | 128
        value >>= 7
        at += 1
    out[at] = value
    return at + 1


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def pass_term(
    places: cython.p_ulonglong,
    frequency: cython.uint,
    length: cython.uint,
    exceptions: cython.uint,
    ranges: cython.uint,
) -> cython.void:
    """Moves the six places behind a term's data: postings, rare postings, frequent terms, positions, their index,
    exceptions.
    """
    if frequency >= FREQUENT * ranges:
        places[0] += frequency
        places[2] += 1
    else:
        places[1] += frequency
    places[3] += length
    places[4] += (frequency - 1) // POSITION_BLOCK if length else 0
    places[5] += exceptions


def build(
    blob: cython.const[cython.uchar][::1],
    starts: cython.const[cython.uint][::1],
    order: cython.const[cython.uint][::1],
    flags: cython.const[cython.uchar][::1],
    frequencies: cython.const[cython.uint][::1],
    lengths: cython.const[cython.uint][::1],
    exceptions: cython.const[cython.uint][::1],
    pointer_starts: cython.const[cython.uint][::1],
    pointers: cython.const[cython.uint][::1],
    ranges: cython.uint,
    out: cython.uchar[::1],
    index: cython.ulonglong[::1],
    heads: cython.ulonglong[::1],
) -> int:
    """Writes the dictionary to `out`, its block offsets to `index`, and heads to `heads`; returns the bytes written.

    Entry i has the key blob[starts[order[i]]:starts[order[i] + 1]], and flags, frequencies … [i]; it points to the
    entries pointers[pointer_starts[i]:pointer_starts[i + 1]]. `out` needs the bytes of all keys, 32 an entry, 64 a
    block, 10 a pointer.
    """
    entry: cython.uint
    count: cython.uint = order.shape[0] if cython.compiled else len(order)
    at: cython.ulonglong = 0
    start: cython.uint
    length: cython.uint
    before: cython.uint = 0
    before_length: cython.uint = 0
    shared: cython.uint
    item: cython.uint
    places: cython.ulonglong[6] = [0, 0, 0, 0, 0, 0]
    with cython.nogil:
        for entry in range(count):
            start = starts[order[entry]]
            length = starts[order[entry] + 1] - start
            shared = 0
            if entry % BLOCK == 0:
                index[entry // BLOCK] = at
                if cython.compiled:
                    heads[entry // BLOCK] = head_of(cython.address(blob[0]), start, length)
                else:
                    heads[entry // BLOCK] = head_of(blob, start, length)
                for item in range(HEADER):
                    at = _write(out, at, places[item])
            else:
                while shared < length and shared < before_length and blob[start + shared] == blob[before + shared]:
                    shared += 1
            at = _write(out, at, shared)
            at = _write(out, at, length - shared)
            for item in range(shared, length):
                out[at] = blob[start + item]
                at += 1
            out[at] = flags[entry] | (EXCEPTIONS if flags[entry] & TERM and exceptions[entry] else 0)
            at += 1
            if flags[entry] & TERM:
                at = _write(out, at, frequencies[entry])
                at = _write(out, at, lengths[entry])
                if exceptions[entry]:
                    at = _write(out, at, exceptions[entry])
                pass_term(places, frequencies[entry], lengths[entry], exceptions[entry], ranges)
            if flags[entry] & POINTER:
                at = _write(out, at, pointer_starts[entry + 1] - pointer_starts[entry])
                for item in range(pointer_starts[entry], pointer_starts[entry + 1]):
                    at = _write(out, at, pointers[item])
            before = start
            before_length = length
        index[(count + BLOCK - 1) // BLOCK] = at
    return at


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def head_of(
    data: cython.pointer(cython.const[cython.uchar]), start: cython.ulonglong, length: cython.uint
) -> cython.ulonglong:
    """The first 8 bytes of a key as a number, most significant first, padded with zeros: sorts as keys do."""
    value: cython.ulonglong = 0
    at: cython.uint
    for at in range(8):
        value <<= 8
        if at < length:
            value |= data[start + at]
    return value


@cython.cclass
class Dictionary:
    """Reads a dictionary in place.

    data, index, heads: its three sections; entries: how many; ranges: of the segment. Raises ValueError where index and
    heads are not those of so many entries. Reading past the end of damaged data stops at its end and gives nonsense,
    never a crash.
    """

    def __init__(self, data: object, index: object, heads: object, entries: int, ranges: int) -> None:
        self.data, self.index, self.heads = data, index, heads
        self.size = len(data)
        self.entries = entries
        self._blocks = (entries + 15) // 16
        self.ranges = ranges
        if len(heads) != self._blocks or len(index) != self._blocks + 1 or index[self._blocks] != len(data):
            raise ValueError("the dictionary's index does not fit its data")

    def __len__(self) -> int:
        return self.entries

    def record(self, entry: int) -> TermRecord:
        """The record of an entry; of one that is no term, its frequency is 0."""
        walker: Walker = Walker(self, entry)
        walker.advance()
        return walker.record()

    def key(self, entry: int) -> bytes:
        """The key of an entry."""
        walker: Walker = Walker(self, entry)
        walker.advance()
        return walker.key()

    def walk(self, entry: int = 0) -> Walker:
        """A walker that stands before `entry`."""
        return Walker(self, entry)

    def seek(self, key: bytes) -> int:
        """The first entry whose key is not before `key`; the number of entries where there is none."""
        walker: Walker = Walker(self, 16 * self.block_of(key, len(key)))
        return walker.entry() if walker.reach(key) else self.entries

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def block_of(self, sought: cython.pointer(cython.const[cython.uchar]), length: cython.uint) -> cython.uint:
        """The block that a key is in if anywhere: the last whose first key does not sort after it, or the first."""
        low: cython.uint = 0
        high: cython.uint = self._blocks
        middle: cython.uint
        head: cython.ulonglong = head_of(sought, 0, length)
        known: cython.ulonglong
        while low < high:
            middle = (low + high) // 2
            known = self.heads[middle]
            if (known < head) if known != head else self._first_is_within(middle, sought, length):
                low = middle + 1
            else:
                high = middle
        return low - 1 if low else 0

    @cython.cfunc
    @cython.inline
    @cython.nogil
    @cython.exceptval(check=False)
    def is_frequent(self, frequency: cython.uint) -> cython.bint:
        """Whether a term that so many documents have has 16-bit postings, by ranges."""
        return frequency >= FREQUENT * self.ranges

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def _first_is_within(
        self, block: cython.uint, key: cython.pointer(cython.const[cython.uchar]), length: cython.uint
    ) -> cython.bint:
        """Whether the first key of a block is `key` or sorts before it."""
        at: cython.ulonglong = self.index[block]
        field: cython.uint = 0
        size: cython.uint = 0
        shift: cython.uint = 0
        byte: cython.uint
        while field < HEADER + 2 and at < self.size:
            byte = self.data[at]
            if field == HEADER + 1:
                size |= (byte & 127) << (shift & 31)
                shift += 7
            if byte < 128:
                field += 1
            at += 1
        if size > KEY_BYTES or at + size > self.size:
            return False
        for field in range(size if size < length else length):
            if self.data[at + field] != key[field]:
                return self.data[at + field] < key[field]
        return size <= length


@cython.cclass
class Walker:
    """Walks the entries of a dictionary in order; `advance` first, then ask.

    Of the entry at hand: `bytes` begins with its key, `length` bytes long; places: where its data would begin.
    """

    def __init__(self, dictionary: Dictionary, entry: int) -> None:
        self.dictionary = dictionary
        self.bytes = memoryview(bytearray(256))
        if not cython.compiled:
            self.places = [0] * HEADER
        self.length = self.frequency = self.position_bytes = self.exceptions = self.key_flags = 0
        self.pointers_at = self.pointer_count = 0
        self.next = entry - entry % 16
        self.at = 0
        while self.next < entry and self.advance():
            pass

    def advance(self) -> bool:
        """Goes to the next entry; False at the end, or where the data are damaged."""
        if self.next >= self.dictionary.entries:
            return False
        return self.read()

    def reach(self, key: bytes) -> bool:
        """Goes on to the first entry whose key is not before `key`; False where there is none."""
        at: cython.uint
        shorter: cython.uint
        length: cython.uint = len(key)
        sought: cython.pointer(cython.const[cython.uchar]) = key
        while self.next < self.dictionary.entries and self.read():
            shorter = self.length if self.length < length else length
            at = 0
            while at < shorter and self.bytes[at] == sought[at]:
                at += 1
            if (self.bytes[at] > sought[at]) if at < shorter else self.length >= length:
                return True
        return False

    def entry(self) -> int:
        """The number of the entry at hand."""
        return self.next - 1

    def key(self) -> bytes:
        """Its key."""
        return bytes(memoryview(self.bytes)[: self.length])

    def flags(self) -> int:
        """1: a term, 2: a form that is its own term, 4: a form that points to other terms."""
        return self.key_flags & 7

    def pointers(self) -> tuple[int, ...]:
        """The entries that a form points to."""
        after: cython.ulonglong = self.at
        self.at = self.pointers_at
        found: tuple = tuple([self.varint() for _ in range(self.pointer_count)])
        self.at = after
        return found

    def record(self) -> TermRecord:
        """Its record."""
        frequent: cython.bint = self.dictionary.is_frequent(self.frequency)
        return record_of(self.next - 1, self.frequency, frequent, self.position_bytes, self.exceptions, self.places)

    @cython.cfunc
    @cython.exceptval(check=False)
    def varint(self) -> cython.ulonglong:
        """The number at hand in the data."""
        value: cython.ulonglong = 0
        shift: cython.uint = 0
        byte: cython.uint
        while self.at < self.dictionary.size and shift < 64:
            byte = self.dictionary.data[self.at]
            self.at += 1
            value |= cython.cast(cython.ulonglong, byte & 127) << shift
            if byte < 128:
                break
            shift += 7
        return value

    @cython.cfunc
    @cython.exceptval(-1, check=True)
    def read(self) -> cython.bint:
        """Reads the next entry; False where the data are damaged."""
        item: cython.uint
        shared: cython.ulonglong
        more: cython.ulonglong
        if self.next % BLOCK == 0:
            self.at = self.dictionary.index[self.next // BLOCK]
            for item in range(HEADER):
                self.places[item] = self.varint()
            self.length = 0
        elif self.key_flags & TERM:
            pass_term(self.places, self.frequency, self.position_bytes, self.exceptions, self.dictionary.ranges)
        shared = self.varint()
        more = self.varint()
        if shared > self.length or more > KEY_BYTES or self.at + more >= self.dictionary.size:
            return False
        self.length = shared + more
        if self.length > len(self.bytes):
            grown: bytearray = bytearray(2 * self.length)
            grown[:shared] = memoryview(self.bytes)[:shared]
            self.bytes = grown
        for item in range(more):
            self.bytes[shared + item] = self.dictionary.data[self.at + item]
        self.at += more
        self.key_flags = self.dictionary.data[self.at]
        self.at += 1
        self.frequency = self.position_bytes = self.exceptions = 0
        if self.key_flags & TERM:
            self.frequency = self.varint()
            self.position_bytes = self.varint()
            if self.key_flags & EXCEPTIONS:
                self.exceptions = self.varint()
        self.pointer_count = 0
        if self.key_flags & POINTER:
            self.pointer_count = self.varint()
            if self.pointer_count > self.dictionary.size:
                return False
            self.pointers_at = self.at
            for more in range(self.pointer_count):
                self.varint()
        self.next += 1
        return True
