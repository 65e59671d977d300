# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Sorting documents by several columns: sort keys as numbers, and the best k of all by a heap.

Every column becomes a column of 64-bit keys, the smaller the better: integers and floats are mapped so that unsigned
comparison has their order; numbers of a dictionary (ordinals) are doubled, so that a value that the dictionary lacks
has a place between two that it has; descending, they are turned round. Missing is 0 or the greatest of all. Then rows
of keys are compared from the left, and equal ones by document number. Time: one step a document and column to make the
keys, n log k to choose.
"""

from __future__ import annotations

import cython

_SIGN = cython.declare(cython.ulonglong, 1 << 63)
_MOST = cython.declare(cython.ulonglong, 0xFFFFFFFFFFFFFFFF)
_INFINITY = cython.declare(cython.ulonglong, 0x7FF0000000000000)


def members(bitmap: cython.const[cython.uchar][::1], documents: cython.uint[::1]) -> int:
    """Writes the documents of a bitmap in order, as many as there is room for; returns how many."""
    at: cython.Py_ssize_t
    bit: cython.uint
    byte: cython.uint
    count: cython.uint = 0
    room: cython.uint = documents.shape[0]
    with cython.nogil:
        for at in range(bitmap.shape[0]):
            byte = bitmap[at]
            if not byte:
                continue
            for bit in range(8):
                if (byte >> bit) & 1 and count < room:
                    documents[count] = at * 8 + bit
                    count += 1
    return count


def next_member(bitmap: cython.const[cython.uchar][::1], start: cython.ulonglong) -> int:
    """The first document of a bitmap from `start` on, or -1."""
    at: cython.ulonglong = start >> 3
    size: cython.ulonglong = bitmap.shape[0]
    byte: cython.uint
    found: cython.longlong = -1
    if at >= size:
        return -1
    byte = bitmap[at] & (0xFF << (start & 7))
    with cython.nogil:
        while not byte and at + 1 < size:
            at += 1
            byte = bitmap[at]
        if byte:
            found = at << 3
            while not byte & 1:
                byte >>= 1
                found += 1
    return found


def integer_keys(
    values: cython.const[cython.ulonglong][::1],
    documents: cython.const[cython.uint][::1],
    floats: cython.bint,
    descending: cython.bint,
    missing: cython.ulonglong,
    keys: cython.ulonglong[::1],
) -> None:
    """The keys of numbers, given as the 64 bits that they are: integers, whose least is none, or floats, whose nan is.

    missing: the key of those that have none.
    """
    at: cython.Py_ssize_t
    bits: cython.ulonglong
    absent: cython.bint
    with cython.nogil:
        for at in range(documents.shape[0]):
            bits = values[documents[at]]
            if not floats:
                absent = bits == _SIGN
                bits = bits ^ _SIGN
            else:
                absent = (bits & (_SIGN - 1)) > _INFINITY
                if bits == _SIGN:
                    bits = 0  # -0.0 is 0.0
                bits = bits ^ (_MOST if bits & _SIGN else _SIGN)
            keys[at] = missing if absent else (bits ^ _MOST if descending else bits)


def select(
    keys: cython.ulonglong[::1],
    documents: cython.uint[::1],
    newest: cython.bint,
    after: cython.ulonglong[::1],
    bound: cython.longlong,
    chosen: cython.const[cython.uint][::1],
    best: cython.uint[::1],
) -> int:
    """Writes the numbers of the best rows, the best first, as many as `best` has room for; returns how many.

    keys: column after column, each as long as `documents`. newest: of equal rows the higher document number is better.
    after: the key of each column of a row, or nothing; with it, only what comes after it counts: of equal rows the
    documents whose number is below `bound`, or unless `newest` not below it. chosen: the only rows that count, if
    there are any.
    """
    rows: cython.uint = documents.shape[0]
    columns: cython.uint = keys.shape[0] // rows if rows else 0
    candidates: cython.uint = chosen.shape[0] if chosen.shape[0] else rows
    wanted: cython.uint = best.shape[0]
    size: cython.uint = 0
    at: cython.uint
    row: cython.uint
    bounded: cython.bint = after.shape[0] > 0
    if not rows or not wanted:
        return 0
    table: cython.p_ulonglong = _address64(keys)
    numbers: cython.p_uint = _address32(documents)
    heap: cython.p_uint = _address32(best)
    least: cython.p_ulonglong = _address64(after)
    with cython.nogil:
        for at in range(candidates):
            row = chosen[at] if chosen.shape[0] else at
            if bounded and not _is_after(table, numbers, rows, columns, newest, least, bound, row):
                continue
            if size < wanted:
                size += 1
                _rise(table, numbers, rows, columns, newest, heap, size - 1, row)
            elif _is_better(table, numbers, rows, columns, newest, row, heap[0]):
                _sink(table, numbers, rows, columns, newest, heap, size, row)
        # The worst is on top: taken off one by one, they fill the room from the end.
        for at in range(1, size):
            row = heap[size - at]
            heap[size - at] = heap[0]
            _sink(table, numbers, rows, columns, newest, heap, size - at, row)
    return size


def best_of_groups(
    keys: cython.ulonglong[::1],
    documents: cython.uint[::1],
    newest: cython.bint,
    groups: cython.const[cython.uint][::1],
    best: cython.uint[::1],
    counts: cython.uint[::1],
    chosen: cython.uint[::1],
) -> int:
    """Finds the best row of each group, and counts its rows.

    groups: of each row. best: gets the row of each group; counts: zeroes. Of the group that the last count is for, all
    rows stand for themselves. chosen: gets the rows that stand for something, in no order. Returns how many they are.
    """
    rows: cython.uint = documents.shape[0]
    columns: cython.uint = keys.shape[0] // rows if rows else 0
    size: cython.uint = counts.shape[0]
    row: cython.uint
    group: cython.uint
    found: cython.uint = 0
    if not rows:
        return 0
    table: cython.p_ulonglong = _address64(keys)
    numbers: cython.p_uint = _address32(documents)
    with cython.nogil:
        for row in range(rows):
            group = groups[row]
            if group >= size:
                group = size - 1
            if group == size - 1:
                chosen[found] = row
                found += 1
            elif not counts[group] or _is_better(table, numbers, rows, columns, newest, row, best[group]):
                best[group] = row
            counts[group] += 1
        for group in range(size - 1):
            if counts[group]:
                chosen[found] = best[group]
                found += 1
    return found


@cython.cfunc
@cython.exceptval(check=False)
def _address64(values: cython.ulonglong[::1]) -> cython.p_ulonglong:
    """Where an array lies; uncompiled, the array."""
    return cython.address(values[0]) if cython.compiled else values


@cython.cfunc
@cython.exceptval(check=False)
def _address32(values: cython.uint[::1]) -> cython.p_uint:
    """Where an array lies; uncompiled, the array."""
    return cython.address(values[0]) if cython.compiled else values


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _is_after(
    keys: cython.p_ulonglong,
    documents: cython.p_uint,
    rows: cython.uint,
    columns: cython.uint,
    newest: cython.bint,
    after: cython.p_ulonglong,
    bound: cython.longlong,
    row: cython.uint,
) -> cython.bint:
    column: cython.uint
    key: cython.ulonglong
    for column in range(columns):
        key = keys[cython.cast(cython.ulonglong, column) * rows + row]
        if key != after[column]:
            return key > after[column]
    return (documents[row] < bound) == newest


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _is_better(
    keys: cython.p_ulonglong,
    documents: cython.p_uint,
    rows: cython.uint,
    columns: cython.uint,
    newest: cython.bint,
    one: cython.uint,
    other: cython.uint,
) -> cython.bint:
    column: cython.uint
    base: cython.ulonglong
    for column in range(columns):
        base = cython.cast(cython.ulonglong, column) * rows
        if keys[base + one] != keys[base + other]:
            return keys[base + one] < keys[base + other]
    return (documents[one] > documents[other]) == newest


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _rise(
    keys: cython.p_ulonglong,
    documents: cython.p_uint,
    rows: cython.uint,
    columns: cython.uint,
    newest: cython.bint,
    heap: cython.p_uint,
    place: cython.uint,
    row: cython.uint,
) -> cython.void:
    """Puts a row at a free place at the end of the heap."""
    above: cython.uint
    while place:
        above = (place - 1) >> 1
        if _is_better(keys, documents, rows, columns, newest, row, heap[above]):
            break
        heap[place] = heap[above]
        place = above
    heap[place] = row


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _sink(
    keys: cython.p_ulonglong,
    documents: cython.p_uint,
    rows: cython.uint,
    columns: cython.uint,
    newest: cython.bint,
    heap: cython.p_uint,
    size: cython.uint,
    row: cython.uint,
) -> cython.void:
    """Puts a row in the place of the heap's top, the worst."""
    place: cython.uint = 0
    below: cython.uint = 1
    while below < size:
        if below + 1 < size and _is_better(keys, documents, rows, columns, newest, heap[below], heap[below + 1]):
            below += 1
        if _is_better(keys, documents, rows, columns, newest, heap[below], row):
            break
        heap[place] = heap[below]
        place = below
        below = 2 * place + 1
    heap[place] = row
