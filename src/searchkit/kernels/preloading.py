# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Maps the pages of a file ahead, where the system can.

A page of a mapped file is put into the process's tables when it is first read, even where the file has long been in
memory: that interrupts a query for microseconds, again and again. Linux does it for all pages at once, twenty times as
fast, from version 5.14 on (`MADV_POPULATE_READ`, see madvise(2)).
"""

from __future__ import annotations

import cython


def preload(view: cython.const[cython.uchar][::1], reading: cython.bint = True) -> bool:
    """Maps all pages of a view of a mapped file; other threads go on meanwhile.

    reading: whether what is not in memory is read; else pieces of a megabyte of which a page is not are left alone.
    Returns whether the system did; where it cannot, nothing happens.
    """
    done: cython.bint = False
    if cython.compiled and view.shape[0]:
        with cython.nogil:
            done = searchkit_populate(cython.address(view[0]), view.shape[0], reading)
    return done
