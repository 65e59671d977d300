# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Document ids → document numbers: an open-addressing hash table in an array of 32-bit slots.

An empty slot is 0. In a segment of `count` documents a document's number plus one fits into bit_length(count) bits: the
low bits of its slot. The other bits are those of the upper half of the id's hash, so that most ids that are not there
are told apart without a look at another id. A document's place is the low bits of its hash, or the next empty slot.

The hash of an id, in 64-bit arithmetic: h = length * A; for each 8 bytes, little-endian, the last ones filled up with
zeros: h = (h ^ word) * B, h ^= h >> 32; at last h = h * C, h ^= h >> 29. It is part of the file format.

Offsets are 32-bit words; where `wide`, two a number, the low one first. What comes from a file is checked before it is
used, so that damage is reported, never followed.
"""

from __future__ import annotations

import cython

ABSENT = 0xFFFFFFFF
DAMAGED = -2
_ABSENT = cython.declare(cython.uint, 0xFFFFFFFF)
_DAMAGED = cython.declare(cython.longlong, -2)


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
def _word(blob: cython.const[cython.uchar][::1], at: cython.ulonglong, length: cython.ulonglong) -> cython.ulonglong:
    """The next `length` bytes, 0 to 8, little-endian."""
    word: cython.ulonglong = 0
    if cython.compiled:
        if length == 8:
            word = (
                cython.cast(cython.ulonglong, blob[at])
                | cython.cast(cython.ulonglong, blob[at + 1]) << 8
                | cython.cast(cython.ulonglong, blob[at + 2]) << 16
                | cython.cast(cython.ulonglong, blob[at + 3]) << 24
                | cython.cast(cython.ulonglong, blob[at + 4]) << 32
                | cython.cast(cython.ulonglong, blob[at + 5]) << 40
                | cython.cast(cython.ulonglong, blob[at + 6]) << 48
                | cython.cast(cython.ulonglong, blob[at + 7]) << 56
            )
        else:
            while length > 0:
                length -= 1
                word = word << 8 | blob[at + length]
        return word
    else:
        return int.from_bytes(blob[at : at + length], "little")


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _hash(blob: cython.const[cython.uchar][::1], start: cython.ulonglong, end: cython.ulonglong) -> cython.ulonglong:
    value: cython.ulonglong = _times(end - start, cython.cast(cython.ulonglong, 0x9E3779B97F4A7C15))
    length: cython.ulonglong
    while start < end:
        length = end - start if end - start < 8 else 8
        value = _times(value ^ _word(blob, start, length), cython.cast(cython.ulonglong, 0xD6E8FEB86659FD93))
        value ^= value >> 32
        start += length
    value = _times(value, cython.cast(cython.ulonglong, 0xC2B2AE3D27D4EB4F))
    return value ^ (value >> 29)


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _offset(offsets: cython.const[cython.uint][::1], wide: cython.bint, at: cython.ulonglong) -> cython.ulonglong:
    if wide:
        return offsets[2 * at] | cython.cast(cython.ulonglong, offsets[2 * at + 1]) << 32
    return offsets[at]


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _number_mask(count: cython.ulonglong) -> cython.uint:
    """Ones in the bits of a slot that hold a document's number plus one."""
    mask: cython.ulonglong = 1
    while mask <= count:
        mask <<= 1
    return cython.cast(cython.uint, mask - 1)


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _same(
    ids: cython.const[cython.uchar][::1],
    start: cython.ulonglong,
    blob: cython.const[cython.uchar][::1],
    at: cython.ulonglong,
    length: cython.ulonglong,
) -> cython.bint:
    step: cython.ulonglong = 0
    while step < length and ids[start + step] == blob[at + step]:
        step += 1
    return step == length


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _find(
    ids: cython.const[cython.uchar][::1],
    start: cython.ulonglong,
    end: cython.ulonglong,
    value: cython.ulonglong,
    blob: cython.const[cython.uchar][::1],
    blob_length: cython.ulonglong,
    offsets: cython.const[cython.uint][::1],
    wide: cython.bint,
    count: cython.ulonglong,
    numbers: cython.uint,
    table: cython.const[cython.uint][::1],
    size: cython.ulonglong,
) -> cython.longlong:
    """The document whose id is ids[start:end], whose hash is `value`.

    Where there is none, -2 less the place of the empty slot at which the search ended; where a slot or an offset makes
    no sense, -1.
    """
    mask: cython.ulonglong = size - 1
    place: cython.ulonglong = value & mask
    mark: cython.uint = cython.cast(cython.uint, value >> 32)
    slot: cython.uint
    document: cython.ulonglong
    low: cython.ulonglong
    high: cython.ulonglong
    _probe: cython.ulonglong
    for _probe in range(size):
        slot = table[place]
        if slot == 0:
            return -2 - cython.cast(cython.longlong, place)
        if (slot ^ mark) & ~numbers == 0:
            document = slot & numbers
            if document == 0 or document > count:
                return -1
            document -= 1
            low = _offset(offsets, wide, document)
            high = _offset(offsets, wide, document + 1)
            if low > high or high > blob_length:
                return -1
            if high - low == end - start and _same(ids, start, blob, low, high - low):
                return document
        place = (place + 1) & mask
    return -1


def build(
    blob: cython.const[cython.uchar][::1],
    offsets: cython.const[cython.uint][::1],
    wide: cython.bint,
    count: cython.ulonglong,
    table: cython.uint[::1],
) -> int:
    """Fills the table, all zeros before, with the ids blob[offsets[i]:offsets[i + 1]], i < count.

    table: a power of two of slots, more than `count`. Returns `count`, or the number of the first document whose id an
    earlier one has.
    """
    length: cython.ulonglong = len(blob)
    size: cython.ulonglong = len(table)
    numbers: cython.uint = _number_mask(count)
    document: cython.ulonglong
    start: cython.ulonglong
    end: cython.ulonglong
    value: cython.ulonglong
    mark: cython.uint
    found: cython.longlong
    with cython.nogil:
        for document in range(count):
            start = _offset(offsets, wide, document)
            end = _offset(offsets, wide, document + 1)
            value = _hash(blob, start, end)
            found = _find(blob, start, end, value, blob, length, offsets, wide, count, numbers, table, size)
            if found >= -1:
                break
            mark = cython.cast(cython.uint, value >> 32)
            table[-2 - found] = (mark & ~numbers) | cython.cast(cython.uint, document + 1)
        else:
            document = count
    return document


def find_one(
    key: cython.const[cython.uchar][::1],
    blob: cython.const[cython.uchar][::1],
    offsets: cython.const[cython.uint][::1],
    wide: cython.bint,
    count: cython.ulonglong,
    table: cython.const[cython.uint][::1],
) -> int:
    """The number of the document with that id, -1 where there is none, `DAMAGED` where table or offsets are."""
    end: cython.ulonglong = len(key)
    length: cython.ulonglong = len(blob)
    size: cython.ulonglong = len(table)
    found: cython.longlong
    numbers: cython.uint = _number_mask(count)
    found = _find(key, 0, end, _hash(key, 0, end), blob, length, offsets, wide, count, numbers, table, size)
    if found >= 0:
        return found
    return DAMAGED if found == -1 else -1


def find_many(
    keys: cython.const[cython.uchar][::1],
    key_offsets: cython.const[cython.uint][::1],
    keys_wide: cython.bint,
    keys_count: cython.ulonglong,
    blob: cython.const[cython.uchar][::1],
    offsets: cython.const[cython.uint][::1],
    wide: cython.bint,
    count: cython.ulonglong,
    table: cython.const[cython.uint][::1],
    out: cython.uint[::1],
) -> int:
    """Sets out[i] to the number of the document whose id is keys[key_offsets[i]:key_offsets[i + 1]], or to `ABSENT`.

    Returns how many are there, or `DAMAGED` where table or offsets are. The keys' offsets are trusted.
    """
    length: cython.ulonglong = len(blob)
    size: cython.ulonglong = len(table)
    numbers: cython.uint = _number_mask(count)
    key: cython.ulonglong
    start: cython.ulonglong
    end: cython.ulonglong
    value: cython.ulonglong
    found: cython.longlong
    hits: cython.longlong = 0
    with cython.nogil:
        for key in range(keys_count):
            start = _offset(key_offsets, keys_wide, key)
            end = _offset(key_offsets, keys_wide, key + 1)
            value = _hash(keys, start, end)
            found = _find(keys, start, end, value, blob, length, offsets, wide, count, numbers, table, size)
            if found == -1:
                hits = _DAMAGED
                break
            out[key] = cython.cast(cython.uint, found) if found >= 0 else _ABSENT
            hits += found >= 0
    return hits
