# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Payloads of documents (`segment.payload`), one after the other, each behind its length, as far as a block goes.

They are gathered as parts, none of which is a copy of a text: the lengths of a document, its texts, its values.
"""

from __future__ import annotations

import cython

from searchkit.kernels.buffers import zeros

LENGTH_BYTES = cython.declare(cython.ulonglong, 4)


def fill(
    texts: list,
    every: cython.Py_ssize_t,
    places: list,
    values: list,
    first: cython.Py_ssize_t,
    most: cython.ulonglong,
    room: cython.ulonglong,
    base: cython.ulonglong,
    used: cython.ulonglong,
    parts: list,
    addresses: cython.ulonglong[::1],
) -> tuple[int, int]:
    """Appends the payloads of the documents from number `first` on to the parts of a block, until one has more than
    `most` bytes or does not fit; into an empty block any does. Returns the number of that one, and how many bytes the
    block has by then.

    texts: `every` a document, of which those at `places` are stored; values: of each document, what follows its texts,
    or None. room: bytes of a block; used: those that it has by now. addresses: gets of each document the sum of `base`
    and where in the block its payload begins.
    """
    number: cython.Py_ssize_t
    count: cython.Py_ssize_t = len(values)
    kept: cython.Py_ssize_t = len(places)
    at: cython.Py_ssize_t
    place: cython.Py_ssize_t
    length: cython.ulonglong
    text: bytes
    lengths: object = zeros(1 + kept)
    head: cython.uint[::1] = lengths
    for number in range(first, count):
        length = LENGTH_BYTES * kept
        for at in range(kept):
            place = places[at]
            text = texts[number * every + place]
            head[1 + at] = len(text)
            length += len(text)
        if values[number] is not None:
            text = values[number]
            length += len(text)
        if length > most or (used and used + length > room):
            return number, used
        head[0] = length
        parts.append(bytes(lengths))
        for at in range(kept):
            place = places[at]
            parts.append(texts[number * every + place])
        if values[number] is not None:
            parts.append(values[number])
        addresses[number] = base + used
        used += length + LENGTH_BYTES
    return count, used
