"""Inverts the tokens of a batch: terms with their documents, vectors and positions. What there is of each token is kept
small, since all of it is in memory: two or four bytes before the tokens are sorted, four while their places are, and
about as much when documents stand where the places stood.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate

from searchkit.dataclasses import dataclass
from searchkit.indexing.vocabulary import Vocabulary
from searchkit.kernels.arrays import assign, nonzero, pick
from searchkit.kernels.buffers import shrink, zeros
from searchkit.kernels.invert import ROOM_BEHIND, Gatherer, count, document_blocks, scatter, widen
from searchkit.kernels.packing import PackedTokens
from searchkit.kernels.vectors import VectorTable

__all__ = ["Inversion", "TermLists"]

_SLICES = 8
"""Into how many slices the tokens of a large batch fall, about: what is needed for one at a time is then little."""
_SMALL = 1 << 20
"""Tokens that are a slice of their own, whatever the batch."""


@dataclass(slots=True)
class TermLists:
    """The postings of a slice of terms.

    terms: the keys that have postings, ascending.
    starts, frequencies, lengths: by index in `terms`: where its postings start, how many there are, bytes of its
    positions. documents, numbers: by posting, the document and the number of its vector.
    """

    terms: memoryview
    starts: memoryview
    frequencies: memoryview
    lengths: memoryview
    documents: memoryview
    numbers: memoryview


class Inversion:
    """The documents in `order` (arrival numbers), which become the documents 0, 1, 2 … of the result.

    packed: the tokens of all texts in the order of their arrival; ends: where each zone of each document ends in them.

    counts: tokens by key. ends: where each zone of each document ends, in tokens, in the new order. sizes: the length
    of each document, as scoring takes it. To be asked, once each and in this order: `sort`, `positions`, then
    `table`, `postings` and `lists`.
    """

    def __init__(
        self, packed: PackedTokens, ends: memoryview, zones: int, order: memoryview, vocabulary: Vocabulary
    ) -> None:
        self._packed, self._arrived, self._order = packed, ends, order
        self._words = vocabulary.terms, vocabulary.lists
        self.table = VectorTable(zones)
        keys = len(vocabulary.order)
        counts, self.ends, self.sizes = zeros(keys + 1), zeros(len(order) * zones), zeros(len(order))
        outs = self.ends, counts, self.sizes
        self._tokens = count(packed, ends, zones, order, *self._words, vocabulary.stops, *outs)
        self.counts = counts[:keys]
        terms = zeros(keys)
        self._terms = terms[: nonzero(self.counts, terms)]
        self._frequencies, self._lengths = zeros(len(self._terms)), zeros(len(self._terms))

    @property
    def postings(self) -> int:
        """How many there are, of all terms."""
        return sum(self._frequencies)

    def sort(self) -> None:
        """Sorts the places of the tokens by term. The tokens are gone then: they and what follows would take more
        memory than either.
        """
        self._by_term = zeros(len(self._terms))
        pick(self.counts, self._terms, self._by_term)
        self._term_ends = array("I", accumulate(self._by_term, initial=0))
        self._documents = self._sorted_places(memoryview(self._term_ends)[:-1])

    def positions(self) -> Iterator[tuple[memoryview, memoryview]]:
        """The positions of all terms and their index (see `kernels.invert`), in slices; what a slice is in is used
        again for the next one.
        """
        counts, ends = self._by_term, self._term_ends
        self._cuts = _cuts(ends, max(_SMALL, self._tokens // _SLICES))
        # As large as they can become: untouched pages cost nothing.
        self._numbers, self._others = zeros(self._tokens + 1, "H"), zeros(self._tokens + 1)
        room = max((ends[after] - ends[first] for first, after in self._cuts), default=0)
        positions, index = zeros(5 * room + 1, "B"), zeros(room // 32 + 1)
        made = self._documents, self._numbers, self._others, positions, index
        gatherer = Gatherer(self.table, self.ends, self._blocks(), *made)
        for first, after in self._cuts:
            gatherer.gather(counts[first:after], self._frequencies[first:after], self._lengths[first:after])
            used, entries = gatherer.used
            yield positions[:used], index[:entries]
        shrink(self._documents, self.postings + 1)

    def _sorted_places(self, starts: memoryview) -> memoryview:
        places, stops = zeros(self._tokens + ROOM_BEHIND), zeros(len(self.counts) + 1)
        assign(self._terms, starts, stops)
        scatter(self._packed, self._arrived, self.table.zones, self._order, *self._words, stops, places)
        self._packed.clear()
        return places

    def _blocks(self) -> memoryview:
        blocks = zeros((self._tokens >> 6) + 2)
        document_blocks(self.ends, self.table.zones, len(self._order), blocks)
        return blocks

    def lists(self) -> Iterator[TermLists]:
        """The postings of all terms, in the order of their keys; what the numbers are in is used again for the next."""
        start = further = 0
        room = zeros(max((sum(self._frequencies[first:after]) for first, after in self._cuts), default=0) + 1)
        for first, after in self._cuts:
            frequencies = self._frequencies[first:after]
            starts = array("I", accumulate(frequencies, initial=0))
            numbers = room[: starts[-1]]
            further = widen(self._numbers, start, self._others, further, numbers)
            documents = self._documents[start : start + len(numbers) + 1]
            start += len(numbers)
            counted = memoryview(starts)[:-1], frequencies, self._lengths[first:after]
            yield TermLists(self._terms[first:after], *counted, documents, numbers)


def _cuts(ends: array[int], most: int) -> list[tuple[int, int]]:
    """Runs of terms of at most so many tokens together, or of one term that has more; ends: a term's tokens begin at
    its number in it, and end at the next.
    """
    cuts: list[tuple[int, int]] = []
    first = 0
    while first < len(ends) - 1:
        after = max(bisect_right(ends, ends[first] + most) - 1, first + 1)
        cuts.append((first, after))
        first = after
    return cuts
