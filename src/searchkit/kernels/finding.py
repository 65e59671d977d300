# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""The terms of a dictionary that start so, fit a pattern, or are like a word."""

from __future__ import annotations

import cython

from searchkit.kernels.walking import Walk


class Matcher:
    """Finds terms in a dictionary.

    data, index, heads: its three sections; entries: how many. Index and heads must be those of so many entries.

    base: what a key begins with, before what is compared. forms: look among forms, and give the terms that they point
    to; else among terms. Terms are given as ranks, see `walking.Walk.found`. May be shared by threads.
    """

    def __init__(self, data: object, index: object, heads: object, entries: int) -> None:
        self._sections = data, index, heads, entries
        self._idle: list[Walk] = []

    def starting(self, base: bytes, forms: bool) -> memoryview:
        """The terms of the keys that start with `base`."""
        return self._found(self._walk(base, forms))

    def fitting(
        self, base: bytes, forms: bool, lows: object, kinds: object, classes: int, table: object, accepting: object
    ) -> memoryview:
        """The terms of the keys that are `base` and then a word that an automaton accepts."""
        walk = self._walk(base, forms)
        walk.automaton(lows, kinds, classes, table, accepting)
        return self._found(walk)

    def like(self, base: bytes, forms: bool, word: object, distance: int) -> memoryview:
        """The terms of the keys that are `base` and then a word at most `distance` edits from `word` (code points)."""
        walk = self._walk(base, forms)
        walk.word(word, distance)
        return self._found(walk)

    def forms_like(self, base: bytes, word: object, distance: int) -> memoryview:
        """The forms that are `base` and then a word at most `distance` edits from `word`; ranked as terms are."""
        walk = self._walk(base, 2)
        walk.word(word, distance)
        return self._found(walk)

    def keys(self, ranks: object) -> list[bytes]:
        """The keys of the entries of ranks, which are given in ascending order of their entries."""
        walk = self._walk(b"", 0)
        found = [walk.key_of(rank & 0xFFFFFFFF) for rank in ranks]
        self._idle.append(walk)
        return found

    def _walk(self, base: bytes, wanted: int) -> Walk:
        """A walk that nobody else has."""
        try:
            walk = self._idle.pop()
        except IndexError:
            walk = Walk(*self._sections)
        walk.begin(base, wanted)
        return walk

    def _found(self, walk: Walk) -> memoryview:
        found: memoryview = walk.found()
        self._idle.append(walk)
        return found


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
