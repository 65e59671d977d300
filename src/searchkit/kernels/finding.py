# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""The terms of a dictionary that start so, fit a pattern, or are like a word."""

from __future__ import annotations

import cython

from searchkit.kernels.walking import Walk


class Matcher:
    """Finds terms in a dictionary.

    data, index, heads: its three sections; entries: how many. Index and heads must be those of so many entries.

    base: what a key begins with, before what is compared. forms: look among forms, and give the terms that they point
    to; else among terms. Terms are given as ranks, see `walking.Walk.found`.
    """

    def __init__(self, data: object, index: object, heads: object, entries: int) -> None:
        self._data, self._index, self._heads, self._entries = data, index, heads, entries

    def starting(self, base: bytes, forms: bool) -> memoryview:
        """The terms of the keys that start with `base`."""
        return self._walk(base, forms).found()

    def fitting(
        self, base: bytes, forms: bool, lows: object, kinds: object, classes: int, table: object, accepting: object
    ) -> memoryview:
        """The terms of the keys that are `base` and then a word that an automaton accepts."""
        walk = self._walk(base, forms)
        walk.automaton(lows, kinds, classes, table, accepting)
        return walk.found()

    def like(self, base: bytes, forms: bool, word: object, distance: int) -> memoryview:
        """The terms of the keys that are `base` and then a word at most `distance` edits from `word` (code points)."""
        walk = self._walk(base, forms)
        walk.word(word, distance)
        return walk.found()

    def forms_like(self, base: bytes, word: object, distance: int) -> memoryview:
        """The forms that are `base` and then a word at most `distance` edits from `word`; ranked as terms are."""
        walk = Walk(self._data, self._index, self._heads, self._entries, base, 2)
        walk.word(word, distance)
        return walk.found()

    def keys(self, entries: list[int]) -> list[bytes]:
        """The keys of entries, which are given in ascending order."""
        walk = self._walk(b"", False)
        return [walk.key_of(entry) for entry in entries]

    def _walk(self, base: bytes, forms: bool) -> Walk:
        return Walk(self._data, self._index, self._heads, self._entries, base, forms)


def smallest(ranks: cython.ulonglong[::1], count: cython.uint) -> None:
    """Brings the `count` smallest of some numbers to their beginning, in any order (quickselect: C. Hoare, 1961)."""
    low: cython.longlong = 0
    high: cython.longlong = (ranks.shape[0] if cython.compiled else len(ranks)) - 1
    left: cython.longlong
    right: cython.longlong
    pivot: cython.ulonglong
    other: cython.ulonglong
    with cython.nogil:
        while low < high:
            pivot = ranks[(low + high) // 2]
            left = low
            right = high
            while left <= right:
                while ranks[left] < pivot:
                    left += 1
                while ranks[right] > pivot:
                    right -= 1
                if left <= right:
                    other = ranks[left]
                    ranks[left] = ranks[right]
                    ranks[right] = other
                    left += 1
                    right -= 1
            if count <= right:
                high = right
            elif count >= left:
                low = left
            else:
                break
