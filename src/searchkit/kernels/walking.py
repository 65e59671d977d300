# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Walks a dictionary and an automaton together: the forms that start so, fit a pattern, or are like a word.

The keys are read in order, front-coded as they are (see `dictionary`), so that a key goes on from the state that the
automaton was in after the bytes which it shares with the key before. Where no word can begin as a key does, the least
text that is greater and can begin one is worked out from the state before; entries below it are passed over by their
shared bytes, and blocks below it by binary search. (The idea is that of Lucene's AutomatonTermsEnum.)

An automaton is the table of a deterministic one (`automata.Automaton`), or the rows of `distances`.
Damaged data are never read beyond their end, and give nonsense at most.
"""

from __future__ import annotations

import cython
from cython.cimports.searchkit.kernels.clock import ticks
from cython.cimports.searchkit.kernels.distances import least_after, next_row

from searchkit.deadlines import left, overdue
from searchkit.kernels.buffers import zeros

BLOCK = cython.declare(cython.uint, 16)
HEADER = cython.declare(cython.uint, 6)
TERM = cython.declare(cython.uint, 1)
FORM = cython.declare(cython.uint, 2)
POINTER = cython.declare(cython.uint, 4)
EXCEPTIONS = cython.declare(cython.uint, 8)
KEY_BYTES = cython.declare(cython.uint, 1 << 16)
ALIVE = cython.declare(cython.uint, 4294967295)
LAST = cython.declare(cython.uint, 0x10FFFF)
FIRST_OF_WORDS = cython.declare(cython.uint, 2)
MOST_FREQUENT = cython.declare(cython.uint, (1 << 29) - 1)

TERMS = cython.declare(cython.uint, 0)
TERMS_OF_FORMS = cython.declare(cython.uint, 1)

_PREFIX = cython.declare(cython.uint, 0)
_TABLE = cython.declare(cython.uint, 1)
_DISTANCE = cython.declare(cython.uint, 2)


@cython.cclass
class Walk:
    """Walks through one dictionary, one after the other, in the same memory.

    data, index, heads: of the dictionary; entries: how many.
    """

    _owners: object
    _base_owner: object
    _pattern_owner: object
    _mark_owner: object
    _state_owner: object
    _data: cython.pointer(cython.const[cython.uchar])
    _index: cython.pointer(cython.const[cython.ulonglong])
    _heads: cython.pointer(cython.const[cython.ulonglong])
    _size: cython.ulonglong
    _blocks: cython.uint
    _entries: cython.uint
    _kind: cython.uint
    _wanted: cython.uint
    # The place of the next entry, its number, and what was read of the last.
    _at: cython.ulonglong
    _next: cython.uint
    _key: cython.p_uchar
    _length: cython.uint
    _common: cython.uint
    _flags: cython.uint
    _frequency: cython.ulonglong
    _pointers: cython.ulonglong
    _pointers_at: cython.ulonglong
    _damaged: cython.bint
    # What all keys begin with, and the least key that may match, while it is looked for.
    _base: cython.pointer(cython.const[cython.uchar])
    _base_length: cython.uint
    _inside: cython.bint
    _target: cython.p_uchar
    _target_length: cython.uint
    _target_head: cython.ulonglong
    _seeking: cython.bint
    # Characters of the key after the base: where each ends, and the state after it. No key that shares `_dead` bytes
    # can match.
    _ends: cython.p_uint
    _codes: cython.p_uint
    _states: cython.p_uint
    _characters: cython.uint
    _dead: cython.uint
    # A table.
    _lows: cython.pointer(cython.const[cython.uint])
    _kinds: cython.pointer(cython.const[cython.uint])
    _ascii: cython.p_uint
    _intervals: cython.uint
    _classes: cython.uint
    _table: cython.pointer(cython.const[cython.uint])
    _accepting: cython.pointer(cython.const[cython.uchar])
    # Distances.
    _word: cython.pointer(cython.const[cython.uint])
    _word_length: cython.uint
    _most: cython.uint
    _rows: cython.p_uchar
    # What was found: for each entry 0 or the distance + 1; for each block whether one is in it, and the first and the
    # last such block. All 0 between walks.
    _least: cython.p_uchar
    _touched: cython.p_uchar
    _first_touched: cython.uint
    _last_touched: cython.uint
    _count: cython.uint
    _has_marks: cython.bint
    _has_states: cython.bint
    # When it has to be done, by `clock.ticks`, or 0; and whether it was not.
    _deadline: cython.ulonglong
    _late: cython.bint

    def __init__(self, data: object, index: object, heads: object, entries: int) -> None:
        self._size, self._entries, self._blocks = len(data), entries, (entries + 15) // 16
        self._has_marks, self._has_states = False, False
        self._deadline, self._late = 0, False
        a: cython.const[cython.uchar][::1] = data if len(data) else memoryview(bytes(1))
        b: cython.const[cython.ulonglong][::1] = index
        c: cython.const[cython.ulonglong][::1] = heads
        d: cython.uchar[::1] = zeros(65536 + 8, "B")
        e: cython.uchar[::1] = zeros(65536 + 16, "B")
        self._owners = [a, b, c, d, e]
        if cython.compiled:
            self._data, self._index, self._heads = cython.address(a[0]), cython.address(b[0]), cython.address(c[0])
            self._key, self._target = cython.address(d[0]), cython.address(e[0])
        else:
            self._data, self._index, self._heads = a, b, c
            self._key, self._target = d, e
        self.begin(b"", 0)

    def begin(self, base: bytes, wanted: int) -> None:
        """Begins another walk.

        base: what all keys to be found begin with. wanted: what to find: terms (0), the terms that forms point to (1),
        or forms themselves (2).
        """
        a: cython.const[cython.uchar][::1] = memoryview(base + b"\0")
        self._base_owner = a
        if cython.compiled:
            self._base = cython.address(a[0])
        else:
            self._base = a
        self._kind, self._wanted = 0, wanted
        # Words begin behind the keys of keywords.
        target: bytes = base or b"\x02"
        self._base_length, self._target_length = len(base), len(target)
        for item in range(len(target)):
            self._target[item] = target[item]
        self._target_head = int.from_bytes(target[:8].ljust(8, b"\0"), "big")
        self._at = self._next = self._length = self._flags = self._frequency = 0
        self._pointers = self._pointers_at = self._common = self._characters = self._count = 0
        self._first_touched, self._last_touched = self._blocks, 0
        self._damaged, self._inside, self._seeking = False, False, True
        self._dead = ALIVE

    def automaton(self, lows: object, kinds: object, classes: int, table: object, accepting: object) -> None:
        """Takes the table to walk with."""
        a: cython.const[cython.uint][::1] = lows
        b: cython.const[cython.uint][::1] = kinds
        c: cython.const[cython.uint][::1] = table
        d: cython.const[cython.uchar][::1] = accepting
        self._pattern_owner = [a, b, c, d]
        self._kind, self._intervals, self._classes = 1, len(lows), classes
        self._need_states()
        if cython.compiled:
            self._lows, self._kinds, self._table = cython.address(a[0]), cython.address(b[0]), cython.address(c[0])
            self._accepting = cython.address(d[0])
        else:
            self._lows, self._kinds, self._table, self._accepting = a, b, c, d
        self._states[0] = 1
        interval: cython.uint = 0
        code: cython.uint
        for code in range(128):
            if interval + 1 < self._intervals and self._lows[interval + 1] <= code:
                interval += 1
            self._ascii[code] = self._kinds[interval]

    @cython.cfunc
    def _need_states(self) -> object:
        """Makes room for the characters of the longest key, the first time."""
        if self._has_states:
            return None
        self._has_states = True
        a: cython.uint[::1] = zeros(65536 + 8)
        b: cython.uint[::1] = zeros(65536 + 8)
        c: cython.uint[::1] = zeros(65536 + 8)
        d: cython.uint[::1] = zeros(128)
        self._state_owner = [a, b, c, d]
        if cython.compiled:
            self._ends, self._codes = cython.address(a[0]), cython.address(b[0])
            self._states, self._ascii = cython.address(c[0]), cython.address(d[0])
        else:
            self._ends, self._codes, self._states, self._ascii = a, b, c, d
        return None

    def word(self, word: object, distance: int) -> None:
        """Takes the word to compare with. Keys that are too long are not read to their end."""
        a: cython.const[cython.uint][::1] = word if len(word) else zeros(1)
        b: cython.uchar[::1] = zeros((len(word) + distance + 5) * (len(word) + 1), "B")
        self._pattern_owner = [a, b]
        self._kind, self._word_length, self._most = 2, len(word), distance
        self._need_states()
        for item in range(len(word) + 1):
            b[item] = min(item, distance + 1)
        if cython.compiled:
            self._word, self._rows = cython.address(a[0]), cython.address(b[0])
        else:
            self._word, self._rows = a, b

    def found(self) -> memoryview:
        """Walks, and gives the ranks of the terms found, ascending by entry; the less the better.

        Raises `SearchTimeout` where the deadline passes meanwhile; it is not to be used again then.

        A rank is an integer of 64 bits: from the highest, 3 of the distance, 29 of what the number of documents that
        have the term falls short of the greatest possible, 32 of the entry.
        """
        self._need_marks()
        nanoseconds: cython.ulonglong = left()
        self._deadline = ticks() + nanoseconds if nanoseconds else 0
        with cython.nogil:
            self._run()
        if self._late:
            raise overdue()
        ranks: cython.ulonglong[::1] = zeros(self._count + 1, "Q")
        found: cython.uint
        with cython.nogil:
            found = self._collect(ranks)
        return memoryview(ranks)[:found]

    @cython.cfunc
    def _need_marks(self) -> object:
        """Makes room for what is found, the first time."""
        if self._has_marks:
            return None
        self._has_marks = True
        a: cython.uchar[::1] = zeros(self._entries + 1, "B")
        b: cython.uchar[::1] = zeros(self._blocks + 1, "B")
        self._mark_owner = [a, b]
        if cython.compiled:
            self._least, self._touched = cython.address(a[0]), cython.address(b[0])
        else:
            self._least, self._touched = a, b
        return None

    def key_of(self, entry: int) -> bytes:
        """The key of an entry; entries asked for in ascending order are read but once."""
        if not self._next or entry < self._next or entry // 16 != (self._next - 1) // 16:
            self._start_block(entry // 16)
        while self._next <= entry and not self._damaged:
            self._read()
        return bytes(memoryview(self._key)[: self._length])

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def _run(self) -> cython.void:
        block: cython.uint
        side: cython.int
        while self._next < self._entries and not self._damaged:
            if self._next % BLOCK == 0:
                if self._deadline and ticks() >= self._deadline:
                    self._late = True
                    return
                block = self._next // BLOCK
                if self._seeking:
                    block = self._block_of_target(block)
                self._start_block(block)
            self._read()
            if self._common >= self._dead or self._damaged:
                continue
            if not self._inside or self._common < self._base_length:
                side = self._side_of_base()
                if side > 0:
                    return
                self._inside = side == 0
                if not self._inside:
                    continue
            self._seeking = False
            self._dead = ALIVE
            if self._kind == _PREFIX:
                self._mark(1)
                continue
            while self._characters and self._ends[self._characters - 1] > self._common:
                self._characters -= 1
            if self._read_characters():
                self._accept()
            elif not self._seeking:
                return

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def _start_block(self, block: cython.uint) -> cython.void:
        """Goes before the first entry of a block."""
        field: cython.uint
        self._next = block * BLOCK
        self._at = self._index[block]
        for field in range(HEADER):
            self._varint()

    @cython.cfunc
    @cython.inline
    @cython.nogil
    @cython.exceptval(check=False)
    def _varint(self) -> cython.ulonglong:
        value: cython.ulonglong = 0
        shift: cython.uint = 0
        byte: cython.uint
        while self._at < self._size and shift < 64:
            byte = self._data[self._at]
            self._at += 1
            value |= cython.cast(cython.ulonglong, byte & 127) << shift
            if byte < 128:
                return value
            shift += 7
        return value

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def _read(self) -> cython.void:
        """Reads an entry; its key only as far as it goes on from bytes that may match.

        _common: how many bytes the key shares with the last key that was read whole.
        """
        data: cython.pointer(cython.const[cython.uchar]) = self._data
        key: cython.p_uchar = self._key
        size: cython.ulonglong = self._size
        at: cython.ulonglong
        dead: cython.uint = self._dead
        shared: cython.ulonglong = self._varint()
        more: cython.ulonglong = self._varint()
        item: cython.uint = 0
        first: cython.bint = self._next % BLOCK == 0
        at = self._at
        if (shared > self._length and not first) or shared + more > KEY_BYTES or at + more >= size:
            self._damaged = True
            return
        if first:
            shared = 0
            while item < more and item < self._length and item < dead and key[item] == data[at + item]:
                item += 1
            self._common = item
        else:
            self._common = cython.cast(cython.uint, shared)
        if self._common < dead:
            for item in range(cython.cast(cython.uint, more)):
                key[shared + item] = data[at + item]
        self._length = cython.cast(cython.uint, shared + more)
        self._next += 1
        at += more
        self._flags = data[at]
        self._at = at + 1
        self._pointers = 0
        if self._flags & TERM:
            self._frequency = self._varint()
            self._varint()
            if self._flags & EXCEPTIONS:
                self._varint()
        if self._flags & POINTER:
            self._pointers = self._varint()
            self._pointers_at = self._at
            if self._pointers > size:
                self._damaged = True
                return
            for item in range(cython.cast(cython.uint, self._pointers)):
                self._varint()

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def _block_of_target(self, block: cython.uint) -> cython.uint:
        """The last block, from this one on, whose first key is not behind the target; this one where there is none."""
        low: cython.uint = block
        step: cython.uint = 1
        high: cython.uint
        middle: cython.uint
        while low + step < self._blocks and not self._is_behind_target(low + step):
            low += step
            step *= 2
        high = low + step if low + step < self._blocks else self._blocks
        # The first key of `low` is not behind the target (or low is the block to start from), that of `high` is.
        while high - low > 1:
            middle = low + (high - low) // 2
            if self._is_behind_target(middle):
                high = middle
            else:
                low = middle
        return low

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def _is_behind_target(self, block: cython.uint) -> cython.bint:
        """Whether the first key of a block is greater than the target."""
        if self._heads[block] != self._target_head:
            return self._heads[block] > self._target_head
        return self._is_wholly_behind_target(block)

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def _is_wholly_behind_target(self, block: cython.uint) -> cython.bint:
        at: cython.ulonglong = self._index[block]
        field: cython.uint = 0
        size: cython.ulonglong = 0
        shift: cython.uint = 0
        byte: cython.uint
        item: cython.uint
        while field < HEADER + 2 and at < self._size:
            byte = self._data[at]
            if field == HEADER + 1:
                size |= cython.cast(cython.ulonglong, byte & 127) << (shift & 31)
                shift += 7
            if byte < 128:
                field += 1
            at += 1
        if size > KEY_BYTES or at + size > self._size:
            return True
        for item in range(self._target_length if self._target_length < size else cython.cast(cython.uint, size)):
            byte = self._data[at + item]
            if byte != self._target[item]:
                return byte > self._target[item]
        return size > self._target_length

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def _side_of_base(self) -> cython.int:
        """-1 for a key before all that start with the base, 1 for one behind them, 0 for one of them."""
        item: cython.uint
        if not self._base_length:
            return -1 if self._length and self._key[0] < FIRST_OF_WORDS else 0
        for item in range(self._base_length):
            if item >= self._length or self._key[item] < self._base[item]:
                return -1
            if self._key[item] > self._base[item]:
                return 1
        return 0

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def _read_characters(self) -> cython.bint:
        """Takes the automaton along the rest of the key; False where no match can begin so.

        Then the target is set, and `_seeking`, if any key behind this one can match.
        """
        at: cython.uint = self._ends[self._characters - 1] if self._characters else self._base_length
        size: cython.uint
        code: cython.uint
        while at < self._length:
            size = self._size_at(at)
            code = self._code_at(at, size)
            self._codes[self._characters] = code
            self._ends[self._characters] = at + size
            if not self._step(self._characters, code):
                self._aim(self._characters)
                return False
            self._characters += 1
            at += size
        return True

    @cython.cfunc
    @cython.inline
    @cython.nogil
    @cython.exceptval(check=False)
    def _size_at(self, at: cython.uint) -> cython.uint:
        """The bytes of the character that begins at a byte of the key."""
        byte: cython.uint = self._key[at]
        size: cython.uint = 1
        if byte >= 0xF0:
            size = 4
        elif byte >= 0xE0:
            size = 3
        elif byte >= 0xC0:
            size = 2
        return size if at + size <= self._length else self._length - at

    @cython.cfunc
    @cython.inline
    @cython.nogil
    @cython.exceptval(check=False)
    def _code_at(self, at: cython.uint, size: cython.uint) -> cython.uint:
        byte: cython.uint = self._key[at]
        code: cython.uint
        item: cython.uint
        if size == 1:
            return byte
        code = byte & (0xFF >> (size + 1))
        for item in range(1, size):
            code = (code << 6) | (self._key[at + item] & 63)
        return code

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def _step(self, level: cython.uint, code: cython.uint) -> cython.bint:
        """From the state after `level` characters to that after one more; False where nothing leads on."""
        state: cython.uint
        kind: cython.uint
        if self._kind == _TABLE:
            kind = self._ascii[code] if code < 128 else self._kinds[self._interval_of(code)]
            state = self._table[self._states[level] * self._classes + kind]
            self._states[level + 1] = state
            return state != 0
        return next_row(self._rows, self._word, self._word_length, self._codes, level, self._most, code) <= self._most

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def _interval_of(self, code: cython.uint) -> cython.uint:
        """The last interval that begins at a code point or before it."""
        low: cython.uint = 0
        high: cython.uint = self._intervals
        middle: cython.uint
        while high - low > 1:
            middle = (low + high) // 2
            if self._lows[middle] <= code:
                low = middle
            else:
                high = middle
        return low

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def _aim(self, level: cython.uint) -> cython.void:
        """Sets the target: the least text that can begin a match, greater than the first `level` + 1 characters."""
        code: cython.uint
        at: cython.uint
        item: cython.uint
        while True:
            code = self._least_after(level, self._codes[level])
            if code <= LAST:
                break
            if level == 0:
                self._seeking = False
                return
            level -= 1
        at = self._ends[level - 1] if level else self._base_length
        self._seeking = True
        self._dead = self._ends[level]
        self._characters = level
        for item in range(at):
            self._target[item] = self._key[item]
        self._write_target(at, code)

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def _write_target(self, at: cython.uint, code: cython.uint) -> cython.void:
        """Ends the target with a character, and takes its first eight bytes."""
        item: cython.uint
        if code < 0x80:
            self._target[at] = code
            self._target_length = at + 1
        elif code < 0x800:
            self._target[at] = 0xC0 | (code >> 6)
            self._target[at + 1] = 0x80 | (code & 63)
            self._target_length = at + 2
        elif code < 0x10000:
            self._target[at] = 0xE0 | (code >> 12)
            self._target[at + 1] = 0x80 | ((code >> 6) & 63)
            self._target[at + 2] = 0x80 | (code & 63)
            self._target_length = at + 3
        else:
            self._target[at] = 0xF0 | (code >> 18)
            self._target[at + 1] = 0x80 | ((code >> 12) & 63)
            self._target[at + 2] = 0x80 | ((code >> 6) & 63)
            self._target[at + 3] = 0x80 | (code & 63)
            self._target_length = at + 4
        self._target_head = 0
        for item in range(8):
            self._target_head = (self._target_head << 8) | (self._target[item] if item < self._target_length else 0)

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def _least_after(self, level: cython.uint, code: cython.uint) -> cython.uint:
        """The least character greater than `code` that leads on from the state after `level` characters.

        More than any character where there is none.
        """
        interval: cython.uint
        if self._kind == _DISTANCE:
            return least_after(self._rows, self._word, self._word_length, self._codes, level, self._most, code)
        for interval in range(self._interval_of(code + 1), self._intervals):
            if self._table[self._states[level] * self._classes + self._kinds[interval]]:
                return self._lows[interval] if self._lows[interval] > code else code + 1
        return LAST + 1

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def _accept(self) -> cython.void:
        """Marks the entry at hand where the automaton accepts its key."""
        distance: cython.uint
        if self._kind == _TABLE:
            if self._accepting[self._states[self._characters]]:
                self._mark(1)
            return
        if self._characters + self._most < self._word_length or self._characters > self._word_length + self._most:
            return
        distance = self._rows[self._characters * (self._word_length + 1) + self._word_length]
        if distance <= self._most:
            self._mark(distance + 1)

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def _mark(self, mark: cython.uint) -> cython.void:
        """Marks what is wanted of the entry at hand."""
        item: cython.uint
        after: cython.ulonglong = self._at
        if self._wanted != TERMS_OF_FORMS:
            if self._flags & (TERM if self._wanted == TERMS else FORM | POINTER):
                self._mark_entry(self._next - 1, mark)
            return
        if self._flags & TERM and self._flags & FORM:
            self._mark_entry(self._next - 1, mark)
        if self._pointers:
            self._at = self._pointers_at
            for item in range(cython.cast(cython.uint, self._pointers)):
                self._mark_entry(self._varint(), mark)
            self._at = after

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def _mark_entry(self, entry: cython.ulonglong, mark: cython.uint) -> cython.void:
        if entry >= self._entries:
            return
        if not self._least[entry]:
            self._count += 1
            self._least[entry] = mark
        elif mark < self._least[entry]:
            self._least[entry] = mark
        block: cython.uint = cython.cast(cython.uint, entry // BLOCK)
        self._touched[block] = 1
        if block < self._first_touched:
            self._first_touched = block
        if block > self._last_touched:
            self._last_touched = block

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def _collect(self, ranks: cython.ulonglong[::1]) -> cython.uint:
        """Writes the ranks of the entries that are marked, and takes the marks away; returns how many."""
        block: cython.uint
        entry: cython.uint
        found: cython.uint = 0
        left: cython.ulonglong
        self._dead = 0
        for block in range(self._first_touched, self._last_touched + 1):
            if not self._touched[block]:
                continue
            self._touched[block] = 0
            self._start_block(block)
            while self._next < self._entries and self._next < (block + 1) * BLOCK and not self._damaged:
                entry = self._next
                self._read()
                if self._least[entry] and not self._damaged:
                    left = MOST_FREQUENT - (self._frequency if self._frequency < MOST_FREQUENT else MOST_FREQUENT)
                    ranks[found] = (cython.cast(cython.ulonglong, self._least[entry] - 1) << 61) | (left << 32) | entry
                    found += 1
            for entry in range(block * BLOCK, (block + 1) * BLOCK):
                if entry < self._entries:
                    self._least[entry] = 0
        return found
