# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""A clock for loops that hold no lock of Python's."""

from __future__ import annotations

from time import monotonic_ns

import cython


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def ticks() -> cython.ulonglong:
    """Nanoseconds since some moment; they never go back."""
    moment: timespec
    if cython.compiled:
        clock_gettime(CLOCK_MONOTONIC, cython.address(moment))
        return cython.cast(cython.ulonglong, moment.tv_sec) * 1000000000 + moment.tv_nsec
    else:
        return monotonic_ns()
