# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""The best k documents met so far, in a binary heap with the worst on top.

Better is the higher score; of equal scores the higher document number, which is the later date, and of one date the
document added last.
"""

from __future__ import annotations

import cython


@cython.cclass
class Top:
    """Holds up to `capacity` documents. `cut` is the score that a document needs to have a chance."""

    def __init__(self, capacity: int, cut: int = 0) -> None:
        self.room = -1
        self.reset(capacity, cut)

    @cython.ccall
    def reset(self, capacity: cython.uint, cut: cython.uint) -> object:
        """Makes it empty, for another search."""
        self.size, self.capacity, self.cut = 0, capacity, cut
        if capacity > self.room:
            self._grow(capacity)
        return None

    @cython.cfunc
    def _grow(self, capacity: cython.longlong) -> object:
        self.room = capacity
        scores: cython.uint[::1] = memoryview(bytearray(4 * capacity + 4)).cast("I")
        documents: cython.uint[::1] = memoryview(bytearray(4 * capacity + 4)).cast("I")
        self.owners = (scores, documents)
        if cython.compiled:
            self.scores, self.documents = cython.address(scores[0]), cython.address(documents[0])
        else:
            self.scores, self.documents = scores, documents
        return None

    @cython.ccall
    def ranked(self, owner: object, least: cython.uint) -> list:
        """(score, owner, document) of each whose score is at least that, the best first; leaves the heap sorted so."""
        at: cython.uint
        count: cython.uint = self.size
        _sort(self)
        while count and self.scores[count - 1] < least:
            count -= 1
        return [(self.scores[at], owner, self.documents[at]) for at in range(count)]


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _sort(top: Top) -> cython.void:
    """Heapsort: the worst, which is on top, changes places with the last again and again."""
    scores: cython.p_uint = top.scores
    documents: cython.p_uint = top.documents
    last: cython.uint
    score: cython.uint
    document: cython.uint
    for last in range(top.size - 1, 0, -1):
        score, document = scores[last], documents[last]
        scores[last], documents[last] = scores[0], documents[0]
        _sink(scores, documents, last, score, document)


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _sink(
    scores: cython.p_uint, documents: cython.p_uint, size: cython.uint, score: cython.uint, document: cython.uint
) -> cython.void:
    """Puts a document in the place of the one on top of a heap of so many, and brings it to where it belongs."""
    at: cython.uint = 0
    other: cython.uint = 1
    while other < size:
        if other + 1 < size and (
            scores[other + 1] < scores[other]
            or (scores[other + 1] == scores[other] and documents[other + 1] < documents[other])
        ):
            other += 1
        if score < scores[other] or (score == scores[other] and document < documents[other]):
            break
        scores[at] = scores[other]
        documents[at] = documents[other]
        at = other
        other = 2 * at + 1
    scores[at] = score
    documents[at] = document


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def push(top: Top, score: cython.uint, document: cython.uint) -> cython.void:
    """Offers a document."""
    at: cython.uint
    other: cython.uint
    scores: cython.p_uint = top.scores
    documents: cython.p_uint = top.documents
    size: cython.uint = top.size
    if size < top.capacity:
        at = size
        while at:
            other = (at - 1) >> 1
            if score > scores[other] or (score == scores[other] and document > documents[other]):
                break
            scores[at] = scores[other]
            documents[at] = documents[other]
            at = other
        scores[at] = score
        documents[at] = document
        top.size = size + 1
        if top.size == top.capacity and scores[0] > top.cut:
            top.cut = scores[0]
        return
    if size == 0 or score < scores[0] or (score == scores[0] and document < documents[0]):
        return
    _sink(scores, documents, size, score, document)
    if scores[0] > top.cut:
        top.cut = scores[0]
