# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Merging dictionaries: the keys of several segments → one sequence of keys, with their flags and pointers.

The smallest key at hand is taken, from all segments that have it, until none has any more; eight bytes of each key,
compared as a number, decide most comparisons. The lists of a term go to `kernels.merge` on the way. A form's pointers
are entries of its own segment, so that they can be followed only at the end, when every entry has its new number.
"""

from __future__ import annotations

import cython
from cython.cimports.searchkit.kernels.dictionary import Walker, head_of
from cython.cimports.searchkit.kernels.merge import TermMerger

from searchkit.kernels.buffers import grown, zeros

TERM = cython.declare(cython.uint, 1)
FORM = cython.declare(cython.uint, 2)
POINTER = cython.declare(cython.uint, 4)
_NONE = cython.declare(cython.uint, 0xFFFFFFFF)


@cython.cclass
class KeyMerger:
    """Merges the dictionaries of segments.

    walkers, cursors: of each segment, a walker before the first entry of its dictionary, and what reads its lists.
    merger: of the lists. entry_starts: how many entries the segments before each have, and all together.
    """

    _walkers: list
    _cursors: list
    _merger: TermMerger
    _entry_starts: cython.const[cython.ulonglong][::1]
    _segments: cython.uint
    _heads: cython.ulonglong[::1]
    _alive: cython.uchar[::1]
    _places: cython.uint[::1]
    _blob: cython.uchar[::1]
    _starts: cython.uint[::1]
    _flags: cython.uchar[::1]
    _keys: cython.uint
    _from: cython.uint[::1]
    _to: cython.uint[::1]
    _pointers: cython.uint
    _terms: cython.uint[::1]
    _list_starts: cython.uint[::1]
    _frequencies: cython.uint[::1]
    _lengths: cython.uint[::1]
    _gathered: cython.uint
    _is_begun: cython.bint

    def __init__(self, walkers: list, cursors: list, merger: TermMerger, entry_starts: object) -> None:
        self._walkers, self._cursors, self._merger = walkers, cursors, merger
        self._entry_starts = entry_starts
        self._segments = len(walkers)
        self._heads, self._alive = zeros(self._segments + 1, "Q"), zeros(self._segments + 1, "B")
        most: int = entry_starts[self._segments]
        self._places, self._flags, self._starts = zeros(most + 1), zeros(most + 1, "B"), zeros(most + 2)
        self._blob = zeros(1 << 16, "B")
        self._from, self._to = zeros(1 << 12), zeros(1 << 12)
        self._terms, self._list_starts, self._frequencies, self._lengths = [zeros(1 << 12) for _ in range(4)]
        self._keys = self._pointers = self._gathered = 0
        self._is_begun = False

    def run(self, most: cython.uint) -> bool:
        """Goes on until so many postings are gathered in the merger, or more by those of one key; False where nothing
        is left.

        Raises ValueError where the data of a segment are damaged; its number is the merger's `segment` then.
        """
        first: cython.uint
        if not self._is_begun:
            for first in range(self._segments):
                self._next(first)
            self._is_begun = True
        first = self._first()
        while first != _NONE and self._merger._out < most:
            self._take(first)
            first = self._first()
        return first != _NONE

    def terms(self) -> tuple[memoryview, memoryview, memoryview, memoryview]:
        """Of the lists since the last call: the number of the key, the place of its postings among those merged, its
        document frequency, the bytes of its positions.
        """
        gathered = self._gathered
        self._gathered = 0
        return (
            memoryview(self._terms)[:gathered],
            memoryview(self._list_starts)[:gathered],
            memoryview(self._frequencies)[:gathered],
            memoryview(self._lengths)[:gathered],
        )

    @cython.cfunc
    def _next(self, segment: cython.uint) -> object:
        """Goes to the next key of a segment."""
        walker: Walker = self._walkers[segment]
        self._alive[segment] = walker.next < walker.dictionary.entries
        if self._alive[segment]:
            self._merger.segment = segment
            if not walker.read():
                raise ValueError("the dictionary is damaged")
            if cython.compiled:
                self._heads[segment] = head_of(cython.address(walker.bytes[0]), 0, walker.length)
            else:
                self._heads[segment] = head_of(walker.bytes, 0, walker.length)
        return None

    @cython.cfunc
    @cython.exceptval(check=False)
    def _first(self) -> cython.uint:
        """The first of the segments whose key is the smallest; `_NONE` where there is no key any more."""
        best: cython.uint = _NONE
        segment: cython.uint
        for segment in range(self._segments):
            if not self._alive[segment]:
                continue
            if best == _NONE or self._is_before(segment, best):
                best = segment
        return best

    @cython.cfunc
    @cython.exceptval(check=False)
    def _is_before(self, one: cython.uint, other: cython.uint) -> cython.bint:
        if self._heads[one] != self._heads[other]:
            return self._heads[one] < self._heads[other]
        return self._compare(one, other) < 0

    @cython.cfunc
    @cython.exceptval(check=False)
    def _compare(self, one: cython.uint, other: cython.uint) -> cython.int:
        """Below, at or above 0 as the key of one segment sorts before, with or after that of another."""
        a: Walker = self._walkers[one]
        b: Walker = self._walkers[other]
        at: cython.uint = 0
        shorter: cython.uint = a.length if a.length < b.length else b.length
        while at < shorter and a.bytes[at] == b.bytes[at]:
            at += 1
        if at < shorter:
            return -1 if a.bytes[at] < b.bytes[at] else 1
        return 0 if a.length == b.length else -1 if a.length < b.length else 1

    @cython.cfunc
    def _take(self, first: cython.uint) -> object:
        """Merges what the segments from `first` on have of its key."""
        walker: Walker = self._walkers[first]
        key: cython.uint = self._keys
        start: cython.uint = self._starts[key]
        place: cython.uint = self._merger._out
        bytes_before: cython.ulonglong = self._merger._positions_used
        frequency: cython.uint
        flags: cython.uint = 0
        segment: cython.uint
        at: cython.uint
        if start + walker.length > len(self._blob):
            self._blob = grown(self._blob, start, start + walker.length, "B")
        for at in range(walker.length):
            self._blob[start + at] = walker.bytes[at]
        self._starts[key + 1] = start + walker.length
        # The first of them last, since the others are compared with it.
        for at in range(first + 1, self._segments + 1):
            segment = at if at < self._segments else first
            if segment != first and (
                not self._alive[segment]
                or self._heads[segment] != self._heads[first]
                or self._compare(segment, first) != 0
            ):
                continue
            walker = self._walkers[segment]
            flags |= walker.key_flags
            self._add(segment, key)
            self._next(segment)
        self._keys += 1
        if flags & TERM:
            frequency = self._merger.merge_lists()
            if frequency:
                self._flags[key] = TERM | (flags & FORM)
                self._note(key, place, frequency, self._merger._positions_used - bytes_before)
        return None

    @cython.cfunc
    def _add(self, segment: cython.uint, key: cython.uint) -> object:
        """Adds the list and the pointers that a segment has of a key."""
        walker: Walker = self._walkers[segment]
        at: cython.ulonglong
        after: cython.ulonglong = walker.at
        count: cython.ulonglong = walker.pointer_count
        base: cython.ulonglong = self._entry_starts[segment]
        target: cython.ulonglong
        self._merger.segment = segment
        self._places[base + walker.next - 1] = key
        if self._pointers + count > len(self._from):
            self._from = grown(self._from, self._pointers, self._pointers + count, "I")
            self._to = grown(self._to, self._pointers, self._pointers + count, "I")
        walker.at = walker.pointers_at
        for at in range(count):
            target = walker.varint()
            if target >= walker.dictionary.entries:
                raise ValueError("a form points to an entry that the dictionary does not have")
            self._from[self._pointers] = key
            self._to[self._pointers] = base + target
            self._pointers += 1
        walker.at = after
        if walker.key_flags & TERM:
            self._merger.add_list(self._cursors[segment], walker.record(), segment)
        return None

    @cython.cfunc
    def _note(self, key: cython.uint, place: cython.uint, frequency: cython.uint, length: cython.uint) -> object:
        at: cython.uint = self._gathered
        if at == len(self._terms):
            self._terms = grown(self._terms, at, at + 1, "I")
            self._list_starts = grown(self._list_starts, at, at + 1, "I")
            self._frequencies = grown(self._frequencies, at, at + 1, "I")
            self._lengths = grown(self._lengths, at, at + 1, "I")
        self._terms[at], self._list_starts[at] = key, place
        self._frequencies[at], self._lengths[at] = frequency, length
        self._gathered = at + 1
        return None

    def finish(self) -> tuple[bytes, memoryview, memoryview, memoryview, memoryview, memoryview]:
        """The keys that are left once all are merged: those of terms that a document has, and of forms that point to
        such.

        Returns their bytes, one after the other, and where each starts and the last ends; their numbers among all
        merged keys; their flags; where the pointers of each start and the last ones end; and the pointers, in new
        numbers, with a zero behind.
        """
        ends: cython.uint[::1] = zeros(self._keys + 2)
        kept: cython.uint[::1] = zeros(self._keys + 1)
        flags: cython.uchar[::1] = zeros(self._keys + 1, "B")
        starts: cython.uint[::1] = zeros(self._keys + 2)
        pointers: cython.uint[::1] = zeros(self._pointers + 1)
        renumbered: cython.uint[::1] = zeros(self._keys + 1)
        at: cython.uint = 0
        key: cython.uint
        used: cython.uint = 0
        size: cython.uint = 0
        first: cython.uint
        count: cython.uint = 0
        # Pointers stand in order of their keys; each key's are sorted as they come, without those that say the same.
        while at < self._pointers:
            key = self._from[at]
            first = used
            while at < self._pointers and self._from[at] == key:
                if self._flags[self._places[self._to[at]]] & TERM:
                    used = _insert(pointers, first, used, self._places[self._to[at]])
                at += 1
            if used > first:
                self._flags[key] |= POINTER
            ends[key + 1] = used
        for key in range(self._keys):
            if ends[key + 1] < ends[key]:
                ends[key + 1] = ends[key]
            if self._flags[key]:
                renumbered[key] = count
                kept[count] = key
                flags[count] = self._flags[key]
                for at in range(self._starts[key], self._starts[key + 1]):
                    self._blob[size] = self._blob[at]
                    size += 1
                count += 1
                starts[count] = size
                ends[count] = ends[key + 1]
        for at in range(used):
            pointers[at] = renumbered[pointers[at]]
        return (
            bytes(memoryview(self._blob)[: max(1, size)]),
            memoryview(starts)[: count + 1],
            memoryview(kept)[:count],
            memoryview(flags)[:count],
            memoryview(ends)[: count + 1],
            memoryview(pointers)[: used + 1],
        )


@cython.cfunc
@cython.exceptval(check=False)
def _insert(found: cython.uint[::1], first: cython.uint, end: cython.uint, one: cython.uint) -> cython.uint:
    """Puts a number in its place among those from `first` to `end`, which ascend; returns where they end now."""
    at: cython.uint = end
    other: cython.uint
    while at > first and found[at - 1] > one:
        at -= 1
    if at > first and found[at - 1] == one:
        return end
    for other in range(end - at):
        found[end - other] = found[end - other - 1]
    found[at] = one
    return end + 1
