# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Sorts byte strings, as indexes into a blob: by their first 8 bytes as numbers, then runs of equals by comparison.

Ties of the first 8 bytes are short runs in dictionaries of words; a merge sort on the whole strings settles them.
"""

from __future__ import annotations

import cython

from searchkit.kernels.buffers import zeros
from searchkit.kernels.radix import sort_numbers


def sort_keys(
    blob: cython.const[cython.uchar][::1], starts: cython.const[cython.uint][::1], order: cython.uint[::1]
) -> None:
    """Sorts `order`, numbers of distinct strings blob[starts[i]:starts[i + 1]], by the bytes of these, ascending."""
    count: cython.Py_ssize_t = order.shape[0]
    prefixes: cython.ulonglong[::1] = zeros(count + 1, "Q")[:count]
    at: cython.Py_ssize_t
    with cython.nogil:
        for at in range(count):
            prefixes[at] = _prefix(blob, starts[order[at]], starts[order[at] + 1])
    sort_numbers(prefixes, order)
    spare: cython.uint[::1] = zeros(count + 1)
    with cython.nogil:
        _settle(blob, starts, order, spare, prefixes)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _prefix(blob: cython.const[cython.uchar][::1], start: cython.uint, stop: cython.uint) -> cython.ulonglong:
    """The first 8 bytes, most significant first, padded with zeros."""
    value: cython.ulonglong = 0
    at: cython.uint
    if stop > start + 8:
        stop = start + 8
    for at in range(start, stop):
        value |= cython.cast(cython.ulonglong, blob[at]) << (56 - 8 * (at - start))
    return value


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _before(
    blob: cython.const[cython.uchar][::1], starts: cython.const[cython.uint][::1], left: cython.uint, right: cython.uint
) -> cython.bint:
    """Whether string `right` sorts strictly before string `left`."""
    at: cython.uint
    first: cython.uint = starts[left]
    second: cython.uint = starts[right]
    length: cython.uint = starts[left + 1] - first
    other: cython.uint = starts[right + 1] - second
    for at in range(length if length < other else other):
        if blob[first + at] != blob[second + at]:
            return blob[second + at] < blob[first + at]
    return other < length


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _settle(
    blob: cython.const[cython.uchar][::1],
    starts: cython.const[cython.uint][::1],
    order: cython.uint[::1],
    spare: cython.uint[::1],
    prefixes: cython.const[cython.ulonglong][::1],
) -> cython.void:
    """Sorts each run of equal prefixes, by merging ever longer pieces of it."""
    count: cython.Py_ssize_t = order.shape[0]
    start: cython.Py_ssize_t = 0
    stop: cython.Py_ssize_t
    width: cython.Py_ssize_t
    left: cython.Py_ssize_t
    while start < count:
        stop = start + 1
        while stop < count and prefixes[stop] == prefixes[start]:
            stop += 1
        width = 1
        while width < stop - start:
            left = start
            while left + width < stop:
                _merge(blob, starts, order, spare, left, left + width, min(left + 2 * width, stop))
                left += 2 * width
            width *= 2
        start = stop


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _merge(
    blob: cython.const[cython.uchar][::1],
    starts: cython.const[cython.uint][::1],
    order: cython.uint[::1],
    spare: cython.uint[::1],
    first: cython.Py_ssize_t,
    middle: cython.Py_ssize_t,
    last: cython.Py_ssize_t,
) -> cython.void:
    left: cython.Py_ssize_t = first
    right: cython.Py_ssize_t = middle
    out: cython.Py_ssize_t
    for out in range(first, last):
        if left < middle and (right >= last or not _before(blob, starts, order[left], order[right])):
            spare[out] = order[left]
            left += 1
        else:
            spare[out] = order[right]
            right += 1
    for out in range(first, last):
        order[out] = spare[out]
