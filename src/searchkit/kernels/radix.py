# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Sorts numbers by their bytes, least significant byte first, each pass stable: so is the whole. Passes in which all
bytes agree are skipped.
"""

from __future__ import annotations

import cython

from searchkit.kernels.buffers import zeros


def sort_numbers(keys: cython.ulonglong[::1], order: cython.uint[::1]) -> None:
    """Sorts `keys` ascending, and `order`, which has an item for each of them, alike."""
    count: cython.Py_ssize_t = keys.shape[0]
    other_keys: cython.ulonglong[::1] = zeros(count + 1, "Q")
    others: cython.uint[::1] = zeros(count + 1)
    histogram: cython.uint[::1] = zeros(256)
    at: cython.Py_ssize_t
    byte: cython.uint
    shift: cython.uint
    total: cython.uint
    place: cython.uint
    passes: cython.uint = 0
    current_keys: cython.ulonglong[::1] = keys
    current: cython.uint[::1] = order
    with cython.nogil:
        for shift in range(0, 64, 8):
            for byte in range(256):
                histogram[byte] = 0
            for at in range(count):
                histogram[(current_keys[at] >> shift) & 255] += 1
            if count == 0 or histogram[(current_keys[0] >> shift) & 255] == count:
                continue
            total = 0
            for byte in range(256):
                place = histogram[byte]
                histogram[byte] = total
                total += place
            for at in range(count):
                byte = (current_keys[at] >> shift) & 255
                place = histogram[byte]
                histogram[byte] += 1
                other_keys[place] = current_keys[at]
                others[place] = current[at]
            current_keys, other_keys = other_keys, current_keys
            current, others = others, current
            passes += 1
        if passes & 1:
            for at in range(count):
                keys[at], order[at] = current_keys[at], current[at]
