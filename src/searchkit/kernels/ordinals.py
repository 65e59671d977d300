# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Columns of numbers of a dictionary (ordinals): how often each occurs among some documents, and keys to sort them by.

They are kept in 1, 2 or 4 bytes each, little endian, and put together from their bytes, which compiles to one load.
Counting takes one step a document of the bitmap and one for each 64 bits of it.
"""

from __future__ import annotations

import cython
from cython.cimports.searchkit.kernels.top import Top, push


@cython.cfunc
@cython.nogil
@cython.inline
@cython.exceptval(check=False)
def _word(bitmap: cython.const[cython.uchar][::1], at: cython.Py_ssize_t) -> cython.ulonglong:
    """The 64 bits of a bitmap from byte `at` on; what is behind its end is 0."""
    part: cython.uint
    word: cython.ulonglong = 0
    if at + 8 <= bitmap.shape[0]:
        for part in range(8):
            word |= cython.cast(cython.ulonglong, bitmap[at + part]) << (8 * part)
        return word
    for part in range(cython.cast(cython.uint, bitmap.shape[0] - at)):
        word |= cython.cast(cython.ulonglong, bitmap[at + part]) << (8 * part)
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
def _number(numbers: cython.const[cython.uchar][::1], width: cython.uint, at: cython.ulonglong) -> cython.uint:
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


def count_single(
    bitmap: cython.const[cython.uchar][::1],
    numbers: cython.const[cython.uchar][::1],
    width: cython.uint,
    counts: cython.uint[::1],
) -> int:
    """Adds the documents of a bitmap to the counts of their numbers, one a document; the last count is for "none".

    Returns how many had a number, or -1 where one is larger than any that there can be.
    """
    at: cython.Py_ssize_t
    word: cython.ulonglong
    document: cython.ulonglong
    number: cython.uint
    total: cython.longlong = 0
    documents: cython.ulonglong = numbers.shape[0] // width
    size: cython.uint = counts.shape[0]
    with cython.nogil:
        for at in range(0, bitmap.shape[0], 8):
            word = _word(bitmap, at)
            while word:
                document = 8 * cython.cast(cython.ulonglong, at) + _lowest(word)
                word &= word - 1
                if document >= documents:
                    break
                number = _number(numbers, width, document)
                if number >= size:
                    total = -1
                    break
                counts[number] += 1
                if number < size - 1:
                    total += 1
            if total < 0:
                break
    return total


def count_several(
    bitmap: cython.const[cython.uchar][::1],
    starts: cython.const[cython.uint][::1],
    wide: cython.bint,
    numbers: cython.const[cython.uchar][::1],
    width: cython.uint,
    counts: cython.uint[::1],
) -> int:
    """Adds the documents of a bitmap to the counts of all their numbers; those without one to the last count.

    starts: where each document's numbers start, and where the last one's end; with `wide`, two words a place. Returns
    how many numbers there were, or -1 where they are damaged.
    """
    at: cython.Py_ssize_t
    word: cython.ulonglong
    number: cython.uint
    document: cython.ulonglong
    place: cython.ulonglong
    start: cython.ulonglong
    stop: cython.ulonglong
    total: cython.longlong = 0
    documents: cython.ulonglong = starts.shape[0] // (2 if wide else 1) - 1
    room: cython.ulonglong = numbers.shape[0] // width
    size: cython.uint = counts.shape[0]
    with cython.nogil:
        for at in range(0, bitmap.shape[0], 8):
            word = _word(bitmap, at)
            while word:
                document = 8 * cython.cast(cython.ulonglong, at) + _lowest(word)
                word &= word - 1
                if document >= documents:
                    break
                start = _place(starts, wide, document)
                stop = _place(starts, wide, document + 1)
                if start > stop or stop > room:
                    total = -1
                    break
                if start == stop:
                    counts[size - 1] += 1
                for place in range(start, stop):
                    number = _number(numbers, width, place)
                    if number >= size - 1:
                        total = -1
                        break
                    counts[number] += 1
                if total < 0:
                    break
                total += stop - start
            if total < 0:
                break
    return total


@cython.cfunc
@cython.nogil
@cython.inline
@cython.exceptval(check=False)
def _place(starts: cython.const[cython.uint][::1], wide: cython.bint, document: cython.ulonglong) -> cython.ulonglong:
    if wide:
        return starts[2 * document] | cython.cast(cython.ulonglong, starts[2 * document + 1]) << 32
    return starts[document]


def most_frequent(counts: cython.const[cython.uint][::1], wanted: cython.uint) -> tuple[list[tuple[int, int]], int]:
    """The numbers with the greatest counts, at most `wanted`, as (number, count): of equal counts the smaller number
    first; and how many have one. The last count is for "none".
    """
    at: cython.uint
    size: cython.uint = (counts.shape[0] if cython.compiled else len(counts)) - 1
    met: cython.uint = 0
    least: cython.uint = 0
    top: Top = Top(wanted if wanted < size else size)
    with cython.nogil:
        for at in range(size):
            met += counts[at] > 0
            if counts[at] > least:
                # Of equal counts the greater place is better there.
                push(top, counts[at], size - 1 - at)
                if top.size == top.capacity:
                    least = top.scores[0]
    return [(size - 1 - place, count) for count, _, place in top.ranked(None)], met


def numbers_of(
    numbers: cython.const[cython.uchar][::1],
    width: cython.uint,
    documents: cython.const[cython.uint][::1],
    found: cython.uint[::1],
) -> None:
    """Writes the number of each document, one a document."""
    at: cython.Py_ssize_t
    with cython.nogil:
        for at in range(documents.shape[0]):
            found[at] = _number(numbers, width, documents[at])


def ordinal_keys(
    numbers: cython.const[cython.uchar][::1],
    width: cython.uint,
    none: cython.uint,
    documents: cython.const[cython.uint][::1],
    descending: cython.bint,
    missing: cython.ulonglong,
    keys: cython.ulonglong[::1],
) -> None:
    """The keys of numbers of a dictionary, `width` bytes each, one a document; `none` and above is missing."""
    at: cython.Py_ssize_t
    number: cython.uint
    with cython.nogil:
        for at in range(documents.shape[0]):
            number = _number(numbers, width, documents[at])
            keys[at] = missing if number >= none else _doubled(number, none, descending)


def extreme_keys(
    starts: cython.const[cython.uint][::1],
    wide: cython.bint,
    numbers: cython.const[cython.uchar][::1],
    width: cython.uint,
    none: cython.uint,
    documents: cython.const[cython.uint][::1],
    descending: cython.bint,
    missing: cython.ulonglong,
    keys: cython.ulonglong[::1],
) -> int:
    """The keys of the least of each document's numbers, or descending of the greatest; -1 where they are damaged.

    starts, wide: as for `count_several`.
    """
    at: cython.Py_ssize_t
    place: cython.ulonglong
    start: cython.ulonglong
    stop: cython.ulonglong
    number: cython.uint
    best: cython.uint
    room: cython.ulonglong = numbers.shape[0] // width
    sound: cython.int = 0
    with cython.nogil:
        for at in range(documents.shape[0]):
            start = _place(starts, wide, documents[at])
            stop = _place(starts, wide, cython.cast(cython.ulonglong, documents[at]) + 1)
            if start > stop or stop > room:
                sound = -1
                break
            best = none
            for place in range(start, stop):
                number = _number(numbers, width, place)
                if number < none and (best == none or (number > best if descending else number < best)):
                    best = number
            keys[at] = missing if best == none else _doubled(best, none, descending)
    return sound


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _doubled(number: cython.uint, none: cython.uint, descending: cython.bint) -> cython.ulonglong:
    if descending:
        return 2 * cython.cast(cython.ulonglong, none - number)
    return 2 * (cython.cast(cython.ulonglong, number) + 1)
