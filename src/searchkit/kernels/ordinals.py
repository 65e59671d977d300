# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Columns of numbers of a dictionary (ordinals): those of some documents, and keys to sort documents by them.

They are kept in 1, 2 or 4 bytes each, little endian, and put together from their bytes, which compiles to one load.
"""

from __future__ import annotations

import cython


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


@cython.cfunc
@cython.nogil
@cython.inline
@cython.exceptval(check=False)
def _place(starts: cython.const[cython.uint][::1], wide: cython.bint, document: cython.ulonglong) -> cython.ulonglong:
    if wide:
        return starts[2 * document] | cython.cast(cython.ulonglong, starts[2 * document + 1]) << 32
    return starts[document]


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

    starts: where each document's numbers start, and where the last one's end; `wide`: in two words a place.
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
