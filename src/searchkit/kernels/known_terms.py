# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""The terms of segments that were looked up, so that each is looked up once."""

from __future__ import annotations

from collections.abc import Callable

import cython
from cython.cimports.searchkit.kernels.dictionary import Dictionary
from cython.cimports.searchkit.kernels.lookup import bring_near, find
from cython.cimports.searchkit.kernels.records import SectionSizes, TermRecord

_NEVER = cython.declare(object, object())
_KEPT = cython.declare(cython.Py_ssize_t, 100_000)


@cython.cclass
class KnownTerms:
    """Those of one segment. damaged: what to raise for a record whose data lie outside of the segment."""

    def __init__(self, dictionary: Dictionary, sizes: SectionSizes, damaged: Callable[[TermRecord], Exception]) -> None:
        self.dictionary, self._sizes, self._damaged = dictionary, sizes, damaged
        self._records: dict = {}

    @cython.ccall
    def get(self, key: bytes) -> object:
        """The record of a term, or None where the segment does not have it."""
        found: object = self._records.get(key, _NEVER)
        if found is _NEVER:
            found = find(self.dictionary, key)
            if found is not None and not self._sizes.hold(found):
                raise self._damaged(found)
            if len(self._records) > _KEPT:
                self._records.clear()
            self._records[key] = found
        return found

    @cython.cfunc
    def has(self, key: bytes) -> cython.bint:
        """Whether a term was looked up."""
        return key in self._records


@cython.ccall
def look_up(segments: list, keys: list) -> object:
    """Looks terms up in all segments; what was not before comes from memory side by side."""
    known: KnownTerms
    key: bytes
    new: list = []
    for key in keys:
        for known in segments:
            if not known.has(key):
                new.append(key)
                break
    if not new:
        return None
    bring_near([known.dictionary for known in segments], new)
    for known in segments:
        for key in new:
            known.get(key)
    return None


@cython.ccall
def frequency_of(segments: list, key: bytes) -> cython.ulonglong:
    """How many documents of all segments have a term, deleted ones too."""
    known: KnownTerms
    record: object
    total: cython.ulonglong = 0
    for known in segments:
        record = known.get(key)
        if record is not None:
            total += cython.cast(TermRecord, record).frequency
    return total
