# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Text → numbers of surfaces: finds the surfaces of a text and gives each distinct one a number.

A surface is a maximal run of ASCII letters, ASCII digits, apostrophes and bytes from 0x80 up, with ASCII letters
lowered; a dot between two ASCII letters that each stand alone, as in "u.s.a", is part of it. What it means (one word,
several, none) is for the analysis to say, once for each distinct surface; this loop only tells them apart.

Method: one pass lowers and classifies the bytes (the compiler vectorises it), one notes where runs begin and end,
without branches; then runs are looked up in an open-addressing hash table, 64 at a time, so that the memory of all
64 slots is under way before the first is compared. A slot is 32 bytes: the first 16 bytes of the surface (longer
ones: 8 bytes and a hash of the rest), its number (from 1) and tag, and where its bytes lie. The tag is the length
and, in the upper bits, the group: texts that are analysed differently have surfaces of their own. Before that, short
surfaces are looked for where the last ones stand that had the same hash: a slot of 16 bytes (the surface, its number
and tag) in a quarter of a megabyte, which the processor keeps close; two thirds of all tokens are found there. Texts
fill at most half of the table. The strings that analysis makes of surfaces are numbered by the same table, once all
texts are in: most are surfaces. They may fill it to three quarters, so that it need not grow for the few that are not.
"""

from __future__ import annotations

from array import array

import cython

from searchkit.kernels.buffers import zeros

BATCH = cython.declare(cython.uint, 64)
PADDING = cython.declare(cython.uint, 32)
RECENT_BITS = cython.declare(cython.uint, 14)


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _times(a: cython.ulonglong, b: cython.ulonglong) -> cython.ulonglong:
    if cython.compiled:
        return a * b
    else:
        return (a * b) & 0xFFFFFFFFFFFFFFFF


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _load(data: cython.p_uchar, at: cython.ulonglong) -> cython.ulonglong:
    """The 8 bytes from `at`, little-endian."""
    word: cython.ulonglong = 0
    if cython.compiled:
        memcpy(cython.address(word), data + at, 8)
        return word
    else:
        return int.from_bytes(data[at : at + 8], "little")


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _low(word: cython.ulonglong, count: cython.uint) -> cython.ulonglong:
    """The lowest `count` bytes of a word, 0 to 8."""
    if count >= 8:
        return word
    return word & ((cython.cast(cython.ulonglong, 1) << (8 * count)) - 1)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _tail_hash(data: cython.p_uchar, at: cython.ulonglong, length: cython.uint) -> cython.ulonglong:
    value: cython.ulonglong = length
    while length >= 8:
        value = _times(value ^ _load(data, at), cython.cast(cython.ulonglong, 0x9FB21C651E98DF25))
        value ^= value >> 29
        at += 8
        length -= 8
    value = _times(value ^ _low(_load(data, at), length), cython.cast(cython.ulonglong, 0x9FB21C651E98DF25))
    return value ^ (value >> 32)


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _mix(first: cython.ulonglong, second: cython.ulonglong, length: cython.uint) -> cython.ulonglong:
    value: cython.ulonglong = _times(first, cython.cast(cython.ulonglong, 0x9E3779B97F4A7C15))
    if cython.compiled:
        second += length
    else:
        second = (second + length) & 0xFFFFFFFFFFFFFFFF
    value ^= _times(second, cython.cast(cython.ulonglong, 0xC2B2AE3D27D4EB4F))
    return _times(value, cython.cast(cython.ulonglong, 0xD6E8FEB86659FD93))


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _lower(
    text: cython.pointer(cython.const[cython.uchar]),
    length: cython.ulonglong,
    data: cython.p_uchar,
    flags: cython.p_uchar,
) -> cython.void:
    """Copies the text with ASCII letters lowered, and flags the bytes that belong to surfaces."""
    at: cython.ulonglong
    byte: cython.uchar
    upper: cython.uchar
    letter: cython.uchar
    digit: cython.uchar
    for at in range(length):
        byte = text[at]
        upper = (byte - 65) & 0xFF
        byte = byte + ((upper < 26) << 5)
        letter = (byte - 97) & 0xFF
        digit = (byte - 48) & 0xFF
        data[at] = byte
        flags[at] = (letter < 26) | (digit < 10) | (byte >= 128) | (byte == 39)


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _dot(data: cython.p_uchar, at: cython.ulonglong, length: cython.ulonglong) -> cython.ulonglong:
    """Where the next dot from `at` on is, or `length`."""
    found: cython.p_uchar
    if cython.compiled:
        found = cython.cast(cython.p_uchar, memchr(data + at, 46, length - at))
        return length if found == cython.NULL else found - data
    else:
        while at < length and data[at] != 46:
            at += 1
        return at


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _join(data: cython.p_uchar, length: cython.ulonglong, flags: cython.p_uchar) -> cython.void:
    """Flags the dots of acronyms: those between two letters that have nothing else beside them."""
    at: cython.ulonglong = _dot(data, 0, length)
    while at + 1 < length:
        if (
            at > 0
            and 97 <= data[at - 1] <= 122
            and 97 <= data[at + 1] <= 122
            and (at < 2 or not flags[at - 2] or data[at - 2] == 46)
            and (at + 2 >= length or not flags[at + 2])
        ):
            flags[at] = 1
        at = _dot(data, at + 1, length)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _edges(flags: cython.p_uchar, length: cython.ulonglong, edges: cython.p_uint) -> cython.uint:
    """Notes where runs of flagged bytes begin and end, by turns; returns the number of runs."""
    at: cython.ulonglong
    found: cython.uint = 0
    flag: cython.uchar
    before: cython.uchar = 0
    flags[length] = 0
    for at in range(length + 1):
        flag = flags[at]
        edges[found] = at
        found += flag ^ before
        before = flag
    return found >> 1


@cython.cclass
class SurfaceTable:
    """The distinct surfaces met so far, numbered from 0 in the order of their first sight, and the tokens of the
    texts added.

    Not for two threads at once.
    """

    _slots: cython.ulonglong[::1]
    _recent: cython.ulonglong[::1]
    _mask: cython.ulonglong
    _count: cython.uint
    _most: cython.ulonglong
    _blob: cython.uchar[::1]
    _starts: cython.ulonglong[::1]
    _tokens: cython.uint[::1]
    _used: cython.ulonglong
    _data: cython.uchar[::1]
    _flags: cython.uchar[::1]
    _edges: cython.uint[::1]
    _keys: cython.ulonglong[::1]
    _groups: cython.uchar[::1]
    _runs: cython.uint
    _next: cython.uint
    _left: cython.bint

    def __init__(self, slots: int = 1 << 12) -> None:
        """`slots`: the first size of the hash table, a power of two; small, for commits of a document or two."""
        self._slots = zeros(4 * slots, "Q")
        self._recent = zeros(2 << RECENT_BITS, "Q")
        self._mask = slots - 1
        self._count = 0
        self._most = slots // 2
        self._blob = zeros(1 << 16, "B")
        self._starts = zeros(slots, "Q")
        self._tokens = zeros(1 << 12)
        self._used = 0
        self._keys = zeros(4 * BATCH, "Q")
        self._groups = zeros(slots, "B")
        self._data = self._flags = zeros(1, "B")
        self._edges = zeros(1)
        self._runs = self._next = 0
        self._left = False
        self._room(1 << 12, 1 << 12)

    def __len__(self) -> int:
        return self._count

    @property
    def bytes_used(self) -> int:
        """The memory of the table itself, without the tokens."""
        return 32 * (self._mask + 1) + len(self._blob) + 9 * self._count

    def tokens(self) -> memoryview:
        """The surface numbers of all texts added since the last `clear_tokens`, as a view of unsigned 32-bit
        integers.
        """
        return memoryview(self._tokens)[: self._used]

    def edges(self) -> memoryview:
        """Where each surface of the last text starts and ends in it, by turns, in bytes; the next overwrites them."""
        return memoryview(self._edges)

    def clear_tokens(self) -> None:
        """Forgets the tokens, not the surfaces."""
        self._used = 0

    def freeze(self) -> None:
        """Gives back the memory that only further texts would need; none can be added from now on."""
        self._slots = self._recent = zeros(4, "Q")
        self._mask = 0
        self._data = self._flags = zeros(1, "B")
        self._edges = zeros(1)

    def surfaces(self, first: int, last: int | None = None) -> list[str]:
        """The surfaces from number `first` up to, not including, `last` (None: all there are)."""
        stop: cython.uint = self._count if last is None else min(last, self._count)
        blob: bytes = bytes(memoryview(self._blob)[self._starts[first] : self._starts[stop]])
        base: int = self._starts[first]
        number: cython.uint
        found: list = []
        for number in range(first, stop):
            found.append(blob[self._starts[number] - base : self._starts[number + 1] - base].decode())
        return found

    def strings(self) -> tuple[bytes, memoryview]:
        """All surfaces, one after the other, and where each starts and the last one ends, as unsigned 32-bit
        integers.
        """
        starts: cython.uint[::1] = zeros(self._count + 1)
        number: cython.uint
        for number in range(self._count + 1):
            starts[number] = self._starts[number]
        return bytes(memoryview(self._blob)[: self._starts[self._count]]), memoryview(starts)

    def groups(self) -> bytes:
        """The group of each surface."""
        return bytes(memoryview(self._groups)[: self._count])

    def views(self) -> tuple[memoryview, memoryview, memoryview]:
        """In place, as long as nothing is added: all surfaces, one after the other; where each starts and the last one
        ends; the group of each.
        """
        return memoryview(self._blob), memoryview(self._starts), memoryview(self._groups)

    def add_all(self, texts: list, groups: bytes, ends: cython.uint[::1]) -> None:
        """Appends the tokens of several texts (UTF-8) to `tokens`, and notes in `ends` where those of each end.

        groups: of the texts by turns, over and over. The texts are one to the kernel, so that another thread can work
        meanwhile.
        """
        count: cython.uint = len(texts)
        done: cython.uint = 0
        lengths: cython.uint[::1] = memoryview(array("I", [*map(len, texts), 0]))
        places: cython.ulonglong[::1]
        turns: cython.pointer(cython.const[cython.uchar]) = groups
        every: cython.uint = len(groups)
        text: bytes
        self._room(max(lengths), sum(lengths) + count)
        if cython.compiled:
            places = zeros(count + 1, "Q")
            for done in range(count):
                text = texts[done]
                places[done] = cython.cast(cython.size_t, cython.cast(cython.p_uchar, text))
            done = 0
            while done < count:
                with cython.nogil:
                    done = self._some(places, lengths, done, count, turns, every, ends)
                if done < count:
                    self._grow(lengths[done])
        else:
            for done in range(count):
                self.add(texts[done], groups[done % every])
                ends[done] = self._used

    def number(self, strings: bytes, lengths: cython.const[cython.uint][::1]) -> memoryview:
        """The numbers of strings (UTF-8) in group 0, where those that are new get one. No text should come after them.

        strings: one after the other, as they are; lengths: of each.
        """
        count: cython.uint = lengths.shape[0] if cython.compiled else len(lengths)
        at: cython.uint
        place: cython.ulonglong = 0
        first: cython.uint = 0
        self._used = 0
        self._room(max(len(strings), 2 * count), 2 * count)
        memoryview(self._data)[: len(strings)] = strings
        for at in range(count):
            self._edges[2 * at] = place
            place += lengths[at]
            self._edges[2 * at + 1] = place
        self._most = (self._mask + 1) // 4 * 3
        while True:
            first = self._look_up(first, count, 0)
            if first == count:
                break
            self._grow(len(strings))
        found: object = zeros(count)
        found[:] = memoryview(self._tokens)[:count]
        return found

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def _some(
        self,
        places: cython.ulonglong[::1],
        lengths: cython.uint[::1],
        first: cython.uint,
        count: cython.uint,
        groups: cython.pointer(cython.const[cython.uchar]),
        every: cython.uint,
        ends: cython.uint[::1],
    ) -> cython.uint:
        """Adds texts, which stand at `places` in memory, from number `first` on; returns the first that was not added
        to its end, for want of room.
        """
        at: cython.uint
        for at in range(first, count):
            self._text(
                cython.cast(cython.pointer(cython.const[cython.uchar]), places[at]), lengths[at], groups[at % every]
            )
            if self._left:
                return at
            ends[at] = self._used
        return count

    def add(self, text: bytes, group: cython.uint = 0) -> int:
        """Appends the tokens of a text (UTF-8) of a group (below 128) to `tokens` and returns how many they are."""
        length: cython.ulonglong = len(text)
        source: cython.pointer(cython.const[cython.uchar]) = text
        if length + PADDING > len(self._data) or self._used + (length >> 1) + 1 > len(self._tokens):
            self._room(length, length)
        self._text(source, length, group)
        while self._left:
            self._grow(length)
            self._text(source, length, group)
        return self._runs

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def _text(
        self, source: cython.pointer(cython.const[cython.uchar]), length: cython.ulonglong, group: cython.uint
    ) -> cython.void:
        """Adds a text, or goes on with it where runs of it were left."""
        if not self._left:
            self._next = 0
            if cython.compiled:
                _lower(source, length, cython.address(self._data[0]), cython.address(self._flags[0]))
                _join(cython.address(self._data[0]), length, cython.address(self._flags[0]))
                self._runs = _edges(cython.address(self._flags[0]), length, cython.address(self._edges[0]))
            else:
                _lower(source, length, self._data, self._flags)
                _join(self._data, length, self._flags)
                self._runs = _edges(self._flags, length, self._edges)
        self._next = self._look_up(self._next, self._runs, group)
        self._left = self._next < self._runs
        if not self._left:
            self._used += self._runs

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def _look_up(self, first: cython.uint, runs: cython.uint, group: cython.uint) -> cython.uint:
        """Numbers the runs from `first` on; returns the first that was left, for want of room in the table."""
        data: cython.p_uchar
        edges: cython.p_uint
        slots: cython.p_ulonglong
        recent: cython.p_ulonglong
        keys: cython.p_ulonglong
        tokens: cython.p_uint
        if cython.compiled:
            data = cython.address(self._data[0])
            edges = cython.address(self._edges[0])
            slots = cython.address(self._slots[0])
            recent = cython.address(self._recent[0])
            keys = cython.address(self._keys[0])
            tokens = cython.address(self._tokens[0])
        else:
            data, edges, slots, recent = self._data, self._edges, self._slots, self._recent
            keys, tokens = self._keys, self._tokens
        used: cython.ulonglong = self._used
        mask: cython.ulonglong = self._mask
        blob_room: cython.ulonglong = self._blob.shape[0] if cython.compiled else len(self._blob)
        batch: cython.uint
        run: cython.uint
        missed: cython.uint
        again: cython.uint
        start: cython.uint
        length: cython.uint
        head: cython.uint
        tag: cython.uint
        slot: cython.ulonglong
        key: cython.ulonglong
        hashed: cython.ulonglong
        while first < runs:
            batch = runs - first
            if batch > BATCH:
                batch = BATCH
            start = edges[2 * first]
            head = edges[2 * (first + batch) - 1] - start
            if self._count + batch > self._most or self._starts[self._count] + head > blob_room:
                return first
            missed = 0
            for run in range(first, first + batch):
                start = edges[2 * run]
                length = edges[2 * run + 1] - start
                tag = (length & 0xFFFFFF) | (group << 24)
                if 0 < length <= 8:
                    key = _low(_load(data, start), length)
                    hashed = _mix(key, 0, tag)
                    slot = 2 * (hashed >> (64 - RECENT_BITS))
                    if recent[slot] == key and recent[slot + 1] & 0x7FFFFFFF == tag:
                        tokens[used + run] = (recent[slot + 1] >> 32) - 1
                        continue
                    keys[4 * missed + 1] = 0
                elif length <= 16:
                    head = length if length < 8 else 8
                    key = _low(_load(data, start), head)
                    keys[4 * missed + 1] = _low(_load(data, start + 8), length - head)
                    hashed = _mix(key, keys[4 * missed + 1], tag)
                else:
                    key = _load(data, start)
                    keys[4 * missed + 1] = _tail_hash(data, start + 8, length - 8)
                    hashed = _mix(key, keys[4 * missed + 1], tag)
                keys[4 * missed] = key
                keys[4 * missed + 2] = hashed
                keys[4 * missed + 3] = run
                missed += 1
                if cython.compiled:
                    prefetch(slots + 4 * ((hashed >> 20) & mask))
            for again in range(missed):
                run = keys[4 * again + 3]
                start = edges[2 * run]
                length = edges[2 * run + 1] - start
                tag = (length & 0xFFFFFF) | (group << 24)
                key = keys[4 * again]
                hashed = keys[4 * again + 2]
                slot = (hashed >> 20) & mask
                while slots[4 * slot + 2] and not (
                    slots[4 * slot] == key
                    and slots[4 * slot + 1] == keys[4 * again + 1]
                    and slots[4 * slot + 2] & 0x7FFFFFFF == tag
                    and (length <= 16 or self._is(slots[4 * slot + 3], start, length))
                ):
                    slot = (slot + 1) & mask
                if slots[4 * slot + 2] == 0:
                    self._insert(slot, key, keys[4 * again + 1], start, length, tag)
                tokens[used + run] = (slots[4 * slot + 2] >> 32) - 1
                if 0 < length <= 8:
                    recent[2 * (hashed >> (64 - RECENT_BITS))] = key
                    recent[2 * (hashed >> (64 - RECENT_BITS)) + 1] = slots[4 * slot + 2]
            first += batch
        return first

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def _is(self, place: cython.ulonglong, start: cython.uint, length: cython.uint) -> cython.bint:
        """Whether the surface at `place` in the blob is the run at `start` of the text."""
        at: cython.uint
        for at in range(length):
            if self._blob[place + at] != self._data[start + at]:
                return False
        return True

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def _insert(
        self,
        slot: cython.ulonglong,
        first: cython.ulonglong,
        second: cython.ulonglong,
        start: cython.uint,
        length: cython.uint,
        tag: cython.uint,
    ) -> cython.void:
        at: cython.uint
        place: cython.ulonglong = self._starts[self._count]
        for at in range(length):
            self._blob[place + at] = self._data[start + at]
        self._groups[self._count] = tag >> 24
        self._count += 1
        self._starts[self._count] = place + length
        self._slots[4 * slot] = first
        self._slots[4 * slot + 1] = second
        self._slots[4 * slot + 2] = (cython.cast(cython.ulonglong, self._count) << 32) | tag
        self._slots[4 * slot + 3] = place

    @cython.cfunc
    def _room(self, length: cython.ulonglong, total: cython.ulonglong) -> object:
        """Makes room for texts of at most `length` bytes each, `total` bytes together."""
        if length + PADDING > len(self._data):
            size: int = 2 * length + PADDING
            self._data = zeros(size, "B")
            self._flags = zeros(size, "B")
            self._edges = zeros(size)
        needed: int = self._used + (total >> 1) + 1
        if needed > len(self._tokens):
            grown: object = zeros(max(needed, 2 * len(self._tokens)))
            grown[: self._used] = memoryview(self._tokens)[: self._used]
            self._tokens = grown
        return None

    @cython.cfunc
    def _grow(self, length: cython.ulonglong) -> object:
        """Doubles the hash table where it is as full as may be, and makes room in the blob for all bytes of the text
        at hand.
        """
        needed: int = self._starts[self._count] + length
        if needed > len(self._blob):
            blob: object = zeros(max(needed, 2 * len(self._blob)), "B")
            blob[: len(self._blob)] = memoryview(self._blob)
            self._blob = blob
        if self._count + BATCH <= self._most:
            return None
        old: cython.ulonglong[::1] = self._slots
        size: cython.ulonglong = self._mask + 1
        self._slots = zeros(8 * size, "Q")
        self._mask = 2 * size - 1
        self._most = size
        starts: object = zeros(2 * size, "Q")
        starts[: self._count + 1] = memoryview(self._starts)[: self._count + 1]
        self._starts = starts
        groups: object = zeros(2 * size, "B")
        groups[: self._count] = memoryview(self._groups)[: self._count]
        self._groups = groups
        self._rehash(old, size)
        return None

    @cython.cfunc
    @cython.exceptval(check=False)
    def _rehash(self, old: cython.ulonglong[::1], size: cython.ulonglong) -> cython.void:
        at: cython.ulonglong
        slot: cython.ulonglong
        part: cython.uint
        for at in range(size):
            if old[4 * at + 2]:
                slot = (_mix(old[4 * at], old[4 * at + 1], old[4 * at + 2] & 0x7FFFFFFF) >> 20) & self._mask
                while self._slots[4 * slot + 2]:
                    slot = (slot + 1) & self._mask
                for part in range(4):
                    self._slots[4 * slot + part] = old[4 * at + part]
