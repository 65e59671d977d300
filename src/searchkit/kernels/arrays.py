# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Small loops over arrays of numbers that building a dictionary needs."""

from __future__ import annotations

import cython


def nonzero(counts: cython.const[cython.uint][::1], out: cython.uint[::1]) -> int:
    """Writes the places of the numbers that are not 0 to `out`, ascending; returns how many."""
    at: cython.Py_ssize_t
    found: cython.Py_ssize_t = 0
    with cython.nogil:
        for at in range(counts.shape[0]):
            if counts[at]:
                out[found] = at
                found += 1
    return found


def marked(marks: cython.const[cython.uchar][::1], out: cython.uint[::1]) -> int:
    """Writes the places of the marks that are not 0 to `out`, ascending; returns how many."""
    at: cython.Py_ssize_t
    found: cython.Py_ssize_t = 0
    with cython.nogil:
        for at in range(marks.shape[0]):
            if marks[at]:
                out[found] = at
                found += 1
    return found


def assign(
    places: cython.const[cython.uint][::1], values: cython.const[cython.uint][::1], out: cython.uint[::1]
) -> None:
    """out[places[i]] = values[i]."""
    at: cython.Py_ssize_t
    with cython.nogil:
        for at in range(places.shape[0]):
            out[places[at]] = values[at]


def add(values: cython.const[cython.uint][::1], number: cython.uint, out: cython.uint[::1]) -> None:
    """out[i] = values[i] + number."""
    at: cython.Py_ssize_t
    with cython.nogil:
        for at in range(values.shape[0]):
            out[at] = values[at] + number


def increase(numbers: cython.uint[::1], by: cython.const[cython.uint][::1]) -> None:
    """numbers[i] += by[i]."""
    at: cython.Py_ssize_t
    with cython.nogil:
        for at in range(numbers.shape[0]):
            numbers[at] += by[at]


def follow(counts: cython.uint[::1], ends: cython.uint[::1]) -> None:
    """Puts numbers behind others: counts[i], ends[i] = ends[i], ends[i] + counts[i]."""
    at: cython.Py_ssize_t
    start: cython.uint
    with cython.nogil:
        for at in range(counts.shape[0]):
            start = ends[at]
            ends[at] += counts[at]
            counts[at] = start


def pick(values: cython.const[cython.uint][::1], places: cython.const[cython.uint][::1], out: cython.uint[::1]) -> None:
    """out[i] = values[places[i]]."""
    at: cython.Py_ssize_t
    with cython.nogil:
        for at in range(places.shape[0]):
            out[at] = values[places[at]]


def point(targets: cython.const[cython.uint][::1], starts: cython.uint[::1], out: cython.uint[::1]) -> int:
    """Writes the targets that are not 0, less 1, to `out`; returns how many.

    starts: gets how many there are before each place, and at the end all of them.
    """
    at: cython.Py_ssize_t
    found: cython.Py_ssize_t = 0
    with cython.nogil:
        for at in range(targets.shape[0]):
            starts[at] = found
            if targets[at]:
                out[found] = targets[at] - 1
                found += 1
        starts[targets.shape[0]] = found
    return found


def flag_keys(
    counts: cython.const[cython.uint][::1],
    own: cython.const[cython.uchar][::1],
    targets: cython.const[cython.uint][::1],
    term: cython.uchar,
    form: cython.uchar,
    pointer: cython.uchar,
    out: cython.uchar[::1],
) -> None:
    """The flags of keys: `term` where it has tokens, and then `form` where it is its own form; `pointer` where it has a
    target.
    """
    at: cython.Py_ssize_t
    with cython.nogil:
        for at in range(targets.shape[0]):
            out[at] = (pointer if targets[at] else 0) | ((term | (form if own[at] else 0)) if counts[at] else 0)
