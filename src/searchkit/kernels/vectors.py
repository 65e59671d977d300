# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""The vectors of zone frequencies of a batch: each distinct one has a number."""

from __future__ import annotations

import cython

from searchkit.kernels.buffers import zeros


@cython.cclass
class VectorTable:
    """The distinct vectors of zone frequencies, numbered from 0 in the order of their first sight, with their
    counts.

    Behind the last vector there is always room for one more in `vectors`, where callers build what they ask about.
    """

    def __init__(self, zones: int) -> None:
        """`zones`: the length of the vectors."""
        self.zones = zones
        self.used = 0
        self.vectors = zeros(zones)
        self.counts = zeros(1, "Q")
        self._resize(1 << 12)

    def __len__(self) -> int:
        return self.used

    def vector(self, number: int) -> tuple[int, ...]:
        """The frequencies by zone."""
        at: cython.uint = number
        return tuple([self.vectors[at * self.zones + zone] for zone in range(self.zones)])

    def count(self, number: int) -> int:
        """How often the vector was met."""
        at: cython.uint = number
        return self.counts[at]

    def add(self, vector: tuple[int, ...], count: int) -> int:
        """The number of the vector, counted `count` times more."""
        zone: cython.uint
        for zone in range(self.zones):
            self.vectors[self.used * self.zones + zone] = vector[zone]
        number: cython.uint = self.number()
        self.counts[number] += count - 1
        return number

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(4294967295, check=False)
    def number(self) -> cython.uint:
        """The number of the vector that stands behind the last one in `vectors`, counted once more."""
        zone: cython.uint
        zones: cython.uint = self.zones
        new: cython.uint = self.used * zones
        hashed: cython.uint = 0
        known: cython.uint
        same: cython.bint
        for zone in range(zones):
            hashed = (hashed * 31 + self.vectors[new + zone]) & 0x7FFFFF
        slot: cython.uint = hashed & self._mask
        while True:
            known = self._slots[slot]
            if known == 0:
                self._slots[slot] = self.used + 1
                self.counts[self.used] = 1
                self.used += 1
                if self.used + 1 == self.capacity:
                    self._resize(2 * self.capacity)
                return self.used - 1
            same = True
            for zone in range(zones):
                if self.vectors[(known - 1) * zones + zone] != self.vectors[new + zone]:
                    same = False
                    break
            if same:
                self.counts[known - 1] += 1
                return known - 1
            slot = (slot + 1) & self._mask

    @cython.cfunc
    @cython.with_gil
    @cython.exceptval(-1, check=False)
    def _resize(self, capacity: cython.uint) -> cython.int:
        vectors: object = zeros(capacity * self.zones)
        vectors[: self.used * self.zones] = memoryview(self.vectors)[: self.used * self.zones]
        counts: object = zeros(capacity, "Q")
        counts[: self.used] = memoryview(self.counts)[: self.used]
        self.capacity = capacity
        self.vectors, self.counts = vectors, counts
        self._slots = zeros(2 * capacity)
        self._mask = 2 * capacity - 1
        at: cython.uint
        zone: cython.uint
        slot: cython.uint
        for at in range(self.used):
            slot = 0
            for zone in range(self.zones):
                slot = (slot * 31 + self.vectors[at * self.zones + zone]) & 0x7FFFFF
            slot &= self._mask
            while self._slots[slot]:
                slot = (slot + 1) & self._mask
            self._slots[slot] = at + 1
        return 0
