# cython: language_level=3
"""Has the processor fetch memory that will be read soon.

A segment is larger than the caches, and what a query reads of it lies all over it: each first look costs a hundred
nanoseconds, in which several others can be under way.
"""

from __future__ import annotations

import cython


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def prefetch(place: cython.pointer(cython.const[cython.void])) -> cython.void:
    """Begins to fetch what is at an address; changes nothing."""
    searchkit_prefetch(place)
