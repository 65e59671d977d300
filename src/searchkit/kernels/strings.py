# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Strings of a column, decoded one at a time in place: string n is blob[offsets[n]:offsets[n + 1]], in UTF-8."""

from __future__ import annotations

from collections.abc import Callable

import cython

MISSING = cython.declare(cython.uint, 0xFF)
AT_ONCE = cython.declare(cython.Py_ssize_t, 64)


@cython.cclass
class StringReader:
    """blob: a view of bytes. offsets: a view of 32-bit or 64-bit numbers, ascending, one more than there are strings.
    damaged: what to raise for a string, given its number and whether it is the text that is damaged, or where it lies.

    A string that is the single byte 0xFF, which no UTF-8 begins with, is a missing one.
    """

    def __init__(self, blob: object, offsets: memoryview, damaged: Callable[[int, bool], Exception]) -> None:
        self._damaged = damaged
        self._size, self._count = len(blob), len(offsets) - 1
        self._blob = blob if len(blob) else memoryview(bytes(1))
        self._is_wide = offsets.itemsize == 8
        if self._is_wide:
            self._wide = offsets
        else:
            self._narrow = offsets

    @cython.ccall
    def get(self, number: cython.Py_ssize_t) -> object:
        """String `number`, None where it is missing.

        Raises `IndexError` for a number that there is not.
        """
        start: cython.ulonglong
        stop: cython.ulonglong
        if number < 0 or number >= self._count:
            raise IndexError(f"there is no string {number}")
        if self._is_wide:
            start, stop = self._wide[number], self._wide[number + 1]
        else:
            start, stop = self._narrow[number], self._narrow[number + 1]
        if start > stop or stop > self._size:
            raise self._damaged(number, False)
        if stop == start + 1 and self._blob[start] == MISSING:
            return None
        try:
            if cython.compiled:
                return cython.cast(cython.p_char, cython.address(self._blob[0]))[start:stop].decode("utf-8")
            else:
                return str(self._blob[start:stop], "utf-8")
        except UnicodeDecodeError:
            raise self._damaged(number, True) from None

    @cython.ccall
    def bring_near(self, documents: list) -> object:
        """Has the processor fetch strings from memory, while others do something else: those of documents that will
        probably be asked for soon.

        documents: tuples that end in a number; the first few dozens count.
        """
        number: cython.Py_ssize_t
        start: cython.ulonglong
        if cython.compiled:
            for document in documents[:AT_ONCE]:
                number = cython.cast(tuple, document)[2]
                if 0 <= number < self._count:
                    start = self._wide[number] if self._is_wide else self._narrow[number]
                    if start < self._size:
                        prefetch(cython.address(self._blob[start]))
        return None
