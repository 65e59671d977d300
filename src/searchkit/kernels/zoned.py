# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Adds a term that counts in some zones only to the sums of a range: first the list of what its postings are worth
there, then the sums.

The list is made in the memory of level 1, which a union of terms does not need.
"""

from __future__ import annotations

import cython
from cython.cimports.searchkit.kernels.listing import listed
from cython.cimports.searchkit.kernels.state import State

RANGE = cython.declare(cython.uint, 4096)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def add_zoned(state: State, leaf: cython.uint, span: cython.uint) -> cython.void:
    """Adds a scoring leaf to the sums of a range."""
    sums: cython.p_uint = state.sums
    at: cython.uint
    for at in range(RANGE, RANGE + _listed(state, leaf, span)):
        sums[state.places[at]] += state.scores[at]


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def add_zoned_noting(state: State, leaf: cython.uint, span: cython.uint, noted: cython.uint) -> cython.uint:
    """As `add_zoned`, and notes the places whose sum was 0 in the stamps; returns the new number of notes."""
    sums: cython.p_uint = state.sums
    place: cython.uint
    at: cython.uint
    for at in range(RANGE, RANGE + _listed(state, leaf, span)):
        place = state.places[at]
        state.stamps[noted] = place
        noted += sums[place] == 0
        sums[place] += state.scores[at]
    return noted


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def add_zoned_met(state: State, leaf: cython.uint, span: cython.uint) -> cython.void:
    """As `add_zoned`, to the sums only that are not 0."""
    sums: cython.p_uint = state.sums
    place: cython.uint
    at: cython.uint
    for at in range(RANGE, RANGE + _listed(state, leaf, span)):
        place = state.places[at]
        if sums[place]:
            sums[place] += state.scores[at]


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _listed(state: State, leaf: cython.uint, span: cython.uint) -> cython.uint:
    """Lists a leaf in a range, from place `RANGE` of places and scores on."""
    state.needed = 0
    if cython.compiled:
        return listed(state, leaf, span, state.places + RANGE, state.scores + RANGE)
    else:
        return listed(state, leaf, span, state.places[RANGE:], state.scores[RANGE:])
