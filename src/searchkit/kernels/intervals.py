# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Which documents have a number in an interval: one pass over a column, bits out."""

from __future__ import annotations

import cython


def mark_integers(
    values: cython.const[cython.longlong][::1], first: cython.longlong, last: cython.longlong, bitmap: cython.uchar[::1]
) -> None:
    """Sets the bits of the values from `first` to `last`, both included."""
    at: cython.Py_ssize_t
    with cython.nogil:
        for at in range(values.shape[0]):
            if first <= values[at] <= last:
                bitmap[at >> 3] |= 1 << (at & 7)


def mark_floats(
    values: cython.const[cython.double][::1],
    low: cython.double,
    high: cython.double,
    closed: cython.bint,
    bitmap: cython.uchar[::1],
) -> None:
    """Sets the bits of the values in [low, high), or with `closed` in [low, high]; never that of not-a-number."""
    at: cython.Py_ssize_t
    with cython.nogil:
        for at in range(values.shape[0]):
            if low <= values[at] < high or (closed and values[at] == high):
                bitmap[at >> 3] |= 1 << (at & 7)
