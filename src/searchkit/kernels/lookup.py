# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Looks a term up in a dictionary, without putting the keys on the way together.

A key says how many bytes it shares with the one before. While all keys so far sort before the one that is sought, it is
enough to remember how many bytes the last of them has in common with it: a key that shares more with its neighbour
differs from the sought one where the neighbour does, and sorts before it too; one that shares less is greater than
the neighbour there, and so than what is sought. Only keys that share just as much are compared.

What a query is the first to ask for lies in memory, in several dictionaries: `bring_near` goes towards all of it at
once.
"""

from __future__ import annotations

import cython
from cython.cimports.searchkit.kernels.dictionary import Dictionary, head_of, pass_term
from cython.cimports.searchkit.kernels.records import TermRecord, record_of

TERM = cython.declare(cython.uint, 1)
POINTER = cython.declare(cython.uint, 4)
EXCEPTIONS = cython.declare(cython.uint, 8)
BLOCK = cython.declare(cython.uint, 16)
HEADER = cython.declare(cython.uint, 6)
AT_ONCE = cython.declare(cython.uint, 32)
LINE = cython.declare(cython.uint, 64)
LINES = cython.declare(cython.uint, 4)


@cython.ccall
def find(dictionary: Dictionary, key: bytes) -> object:
    """The `TermRecord` of a term, or None where there is no such term."""
    sought: cython.pointer(cython.const[cython.uchar]) = key
    length: cython.uint = len(key)
    data: cython.const[cython.uchar][::1] = dictionary.data
    size: cython.ulonglong = dictionary.size
    entry: cython.uint = BLOCK * dictionary.block_of(sought, length)
    stop: cython.uint = min(entry + BLOCK, dictionary.entries)
    at: cython.ulonglong = dictionary.index[entry // BLOCK]
    places: cython.ulonglong[6] = [0, 0, 0, 0, 0, 0]
    item: cython.uint
    for item in range(HEADER):
        places[item] = _value(data, size, at)
        at = _after(data, size, at)
    matched: cython.uint = 0
    shared: cython.ulonglong
    end: cython.ulonglong
    flags: cython.uint
    frequency: cython.uint
    position_bytes: cython.uint
    exceptions: cython.uint
    frequent: cython.bint
    found: cython.bint = False
    while entry < stop:
        shared = _value(data, size, at)
        at = _after(data, size, at)
        end = _value(data, size, at)
        at = _after(data, size, at)
        if shared < matched or at >= size or end >= size - at:
            return None
        end += at
        if shared == matched:
            while at < end and matched < length and data[at] == sought[matched]:
                at += 1
                matched += 1
            if at < end and (matched == length or data[at] > sought[matched]):
                return None
            found = at == end and matched == length
        flags = data[end]
        at = end + 1
        if found and not flags & TERM:
            return None
        if flags & TERM:
            frequency = _value(data, size, at)
            at = _after(data, size, at)
            position_bytes = _value(data, size, at)
            at = _after(data, size, at)
            exceptions = 0
            if flags & EXCEPTIONS:
                exceptions = _value(data, size, at)
                at = _after(data, size, at)
            if found:
                frequent = dictionary.is_frequent(frequency)
                return record_of(entry, frequency, frequent, position_bytes, exceptions, places)
            pass_term(places, frequency, position_bytes, exceptions, dictionary.ranges)
        if flags & POINTER:
            end = _value(data, size, at)
            at = _after(data, size, at)
            while end and at < size:
                at = _after(data, size, at)
                end -= 1
        entry += 1
    return None


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _value(data: cython.const[cython.uchar][::1], size: cython.ulonglong, at: cython.ulonglong) -> cython.ulonglong:
    """The varint at a place."""
    value: cython.ulonglong = 0
    shift: cython.uint = 0
    while at < size and shift < 64:
        value |= cython.cast(cython.ulonglong, data[at] & 127) << shift
        if data[at] < 128:
            break
        shift += 7
        at += 1
    return value


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _after(data: cython.const[cython.uchar][::1], size: cython.ulonglong, at: cython.ulonglong) -> cython.ulonglong:
    """Where the varint at a place ends."""
    while at < size and data[at] >= 128:
        at += 1
    return at + 1


def find_those(dictionary: Dictionary, keys: list[bytes]) -> list[TermRecord]:
    """The records of the terms among some keys, in their order."""
    found: list = []
    key: bytes
    record: object
    for key in keys:
        record = find(dictionary, key)
        if record is not None:
            found.append(record)
    return found


@cython.ccall
def bring_near(dictionaries: list, keys: list) -> object:
    """Has the processor fetch from memory what `find` will read, for each of the keys in each of the dictionaries.

    Steps are taken in all searches in turn, so that what they wait for comes together. Only a hint: of keys that begin
    alike the block before the right one may come; with very many, some are left out.
    """
    if cython.compiled:
        heads: cython.pointer(cython.const[cython.ulonglong])[32]
        sought: cython.ulonglong[32]
        low: cython.uint[32]
        high: cython.uint[32]
        count: cython.uint = 0
        at: cython.uint
        line: cython.uint
        middle: cython.uint
        searching: cython.bint = True
        dictionary: Dictionary
        key: bytes
        for dictionary in dictionaries:
            for key in keys:
                if count < AT_ONCE and dictionary.entries:
                    heads[count] = cython.address(dictionary.heads[0])
                    sought[count] = head_of(key, 0, len(key))
                    low[count], high[count] = 0, len(dictionary.heads)
                    count += 1
        while searching:
            searching = False
            for at in range(count):
                prefetch(heads[at] + (low[at] + high[at]) // 2)
            for at in range(count):
                if low[at] < high[at]:
                    searching = True
                    middle = (low[at] + high[at]) // 2
                    if heads[at][middle] < sought[at]:
                        low[at] = middle + 1
                    else:
                        high[at] = middle
        at = 0
        for dictionary in dictionaries:
            for key in keys:
                if at < count and dictionary.entries:
                    low[at] -= low[at] > 0
                    prefetch(cython.address(dictionary.index[low[at]]))
                    at += 1
        at = 0
        for dictionary in dictionaries:
            for key in keys:
                if at < count and dictionary.entries:
                    for line in range(LINES):
                        if dictionary.index[low[at]] + line * LINE < dictionary.size:
                            prefetch(cython.address(dictionary.data[dictionary.index[low[at]] + line * LINE]))
                    at += 1
    return None
