"""Inverts the tokens of a batch: terms with their documents, vectors and positions. What there is of each token is kept
small, since all of it is in memory: two or four bytes before the tokens are sorted, four while their places are, and
about as much when documents stand where the places stood.

Threads share the work: each counts and sorts the tokens of some documents, and walks the places of some terms.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterator
from functools import partial
from itertools import accumulate, pairwise

from searchkit.background import Workers
from searchkit.dataclasses import dataclass
from searchkit.indexing.vocabulary import Vocabulary
from searchkit.kernels.arrays import add, assign, follow, increase, nonzero, pick
from searchkit.kernels.buffers import release, zeros
from searchkit.kernels.invert import ROOM_BEHIND, Gatherer, count, document_blocks, scatter, widen
from searchkit.kernels.packing import PackedTokens
from searchkit.kernels.vectors import VectorTable

__all__ = ["Inversion", "TermLists"]

_SLICES = 16
"""Into how many slices the terms of a large batch fall, about: what is needed for some at a time is then little."""
_SMALL = 1 << 20
"""Tokens that are a slice of their own, whatever the batch."""
_TURNS = 2
"""Parts of the documents, and slices of the terms, for each of several threads at a time: who was given less to do
takes more.
"""


@dataclass(slots=True)
class TermLists:
    """The postings of a slice of terms.

    terms: the keys that have postings, ascending.
    starts, frequencies, lengths: by index in `terms`: where its postings start, how many there are, bytes of its
    positions. documents, numbers: by posting, the document and the number of its vector in the slice.
    vectors: for each of these numbers, that of the vector in the table of all slices.
    """

    terms: memoryview
    starts: memoryview
    frequencies: memoryview
    lengths: memoryview
    documents: memoryview
    numbers: memoryview
    vectors: array[int]


@dataclass(slots=True)
class _Part:
    """Some of the documents, those from number `first` up to, not including, `after`.

    start: their first token. counts: their tokens by key; later, where the places of these begin, and then end.
    """

    first: int
    after: int
    start: int
    counts: memoryview


@dataclass(slots=True)
class _Slice:
    """Some of the terms, those from number `first` up to, not including, `after`, with a table of vectors of its own.

    start, stop: where the places of their tokens begin and end.
    vectors: for the number of each of its vectors, that in the table of all slices.
    """

    first: int
    after: int
    start: int
    stop: int
    table: VectorTable
    vectors: array[int]


class Inversion:
    """The documents in `order` (arrival numbers), which become the documents 0, 1, 2 … of the result.

    packed: the tokens of all texts in the order of their arrival; ends: where each zone of each document ends in them.
    workers: share the work; what comes of it does not depend on how many they are.

    counts: tokens by key. ends: where each zone of each document ends, in tokens, in the new order. sizes: the length
    of each document, as scoring takes it. To be asked, once each and in this order: `sort`, `positions`, then
    `table` and `lists`, of each of the `runs`.
    """

    def __init__(
        self,
        packed: PackedTokens,
        ends: memoryview,
        zones: int,
        order: memoryview,
        vocabulary: Vocabulary,
        workers: Workers,
    ) -> None:
        self._packed, self._arrived, self._order, self._workers = packed, ends, order, workers
        self._words = vocabulary.terms, vocabulary.lists
        self._turns = 1 if workers.are_none else _TURNS * workers.count
        self.table = VectorTable(zones)
        self.counts = zeros(len(vocabulary.order))
        self.ends, self.sizes = zeros(len(order) * zones), zeros(len(order))
        self._parts: list[_Part] = []
        self._tokens = 0
        self._count(vocabulary.stops)
        terms = zeros(len(self.counts))
        self._terms = terms[: nonzero(self.counts, terms)]
        self._frequencies, self._lengths = zeros(len(self._terms)), zeros(len(self._terms))

    def _count(self, stops: array[int] | memoryview) -> None:
        """Counts the tokens, part after part. Each part notes which tokens of a term come before its own."""
        zones, spans = self.table.zones, self._shares(len(self._order))
        counted = self._workers.share(partial(self._count_part, stops), spans)
        for (first, after), (counts, used) in zip(spans, counted, strict=True):
            ends = self.ends[first * zones : after * zones]
            add(ends, self._tokens, ends)
            follow(counts[:-1], self.counts)
            self._parts.append(_Part(first, after, self._tokens, counts))
            self._tokens += used

    def _shares(self, count: int) -> list[tuple[int, int]]:
        """So many things, cut into what threads take by turns: from the first of each share up to, not including, a
        last.
        """
        return list(pairwise(count * number // self._turns for number in range(self._turns + 1)))

    def _count_part(self, stops: array[int] | memoryview, span: tuple[int, int]) -> tuple[memoryview, int]:
        """The tokens of some documents by key, and how many they are; notes where their zones end, from 0 on."""
        (first, after), zones = span, self.table.zones
        counts = zeros(len(self.counts) + 1)
        outs = self.ends[first * zones : after * zones], counts, self.sizes[first:after]
        arrived = self._packed, self._arrived, zones
        return counts, count(*arrived, self._order[first:after], *self._words, stops, *outs)

    def sort(self) -> None:
        """Sorts the places of the tokens by term. The tokens are gone then: they and what follows would take more
        memory than either.
        """
        by_term = zeros(len(self._terms))
        pick(self.counts, self._terms, by_term)
        self._by_term, ends = by_term, array("I", accumulate(by_term, initial=0))
        self._slices = [
            _Slice(first, after, ends[first], ends[after], VectorTable(self.table.zones), array("I"))
            for first, after in _cuts(ends, max(_SMALL, self._tokens // _SLICES))
        ]
        starts = zeros(len(self.counts))
        assign(self._terms, memoryview(ends)[:-1], starts)
        self._places = zeros(self._tokens + ROOM_BEHIND)
        for part in self._parts:
            increase(part.counts[:-1], starts)
        self._workers.share(self._sort_part, self._parts)
        self._parts.clear()
        self._packed.clear()

    def _sort_part(self, part: _Part) -> None:
        order = self._order[part.first : part.after]
        arrived = self._packed, self._arrived, self.table.zones
        scatter(*arrived, order, *self._words, part.start, part.counts, self._places)

    def positions(self) -> Iterator[list[tuple[memoryview, memoryview]]]:
        """The positions of all terms and their index (see `kernels.invert`), a few slices at a time; what slices are in
        is used again after the next ones were asked for.
        """
        # As large as they can become: untouched pages cost nothing.
        self._numbers, self._others = zeros(self._tokens + 1, "H"), zeros(self._tokens + 1)
        self._blocks = zeros((self._tokens >> 6) + 2)
        document_blocks(self.ends, self.table.zones, len(self._order), self._blocks)
        self._room = max((one.stop - one.start for one in self._slices), default=0)
        self._idle: list[tuple[memoryview, memoryview]] = []
        lent: list[tuple[memoryview, memoryview]] = []
        for number in range(0, len(self._slices), self._turns):
            gathered = self._workers.share(self._gather, self._slices[number : number + self._turns])
            yield [(positions[:used], index[:entries]) for positions, index, used, entries in gathered]
            self._idle += lent
            lent = [(positions, index) for positions, index, _, _ in gathered]
        lent.clear()
        self._idle.clear()
        for one in self._slices:
            table = one.table
            one.vectors.extend(self.table.add(table.vector(at), table.count(at)) for at in range(len(table)))

    def _gather(self, one: _Slice) -> tuple[memoryview, memoryview, int, int]:
        """Gathers the postings of a slice, over the places of its tokens; returns its positions and their index, and
        how many these are.
        """
        try:
            positions, index = self._idle.pop()
        except IndexError:
            positions, index = zeros(5 * self._room + 1, "B"), zeros(self._room // 32 + 1)
        start, stop, first, after = one.start, one.stop, one.first, one.after
        made = self._places[start : stop + ROOM_BEHIND], self._numbers[start : stop + 1], self._others[start : stop + 1]
        gatherer = Gatherer(one.table, self.ends, self._blocks, *made, positions, index)
        frequencies = self._frequencies[first:after]
        gatherer.gather(self._by_term[first:after], frequencies, self._lengths[first:after])
        release(self._places, start + sum(frequencies) + 1, stop)
        return positions, index, *gatherer.used

    def runs(self) -> list[range]:
        """The numbers of all slices, in runs for threads to take by turns."""
        return [range(first, after) for first, after in self._shares(len(self._slices)) if first < after]

    def postings_of(self, run: range) -> int:
        """How many a run of slices has, of all its terms."""
        return sum(self._frequencies[self._slices[run.start].first : self._slices[run.stop - 1].after])

    def lists(self, run: range) -> Iterator[TermLists]:
        """The postings of the terms of a run of slices, in the order of their keys. What they are in is used again for
        the next, or given back: what is made of them takes about as much.
        """
        room = zeros(self._room)
        for number in run:
            one = self._slices[number]
            frequencies = self._frequencies[one.first : one.after]
            starts = array("I", accumulate(frequencies, initial=0))
            numbers, stop = room[: starts[-1]], one.start + starts[-1]
            widen(self._numbers[one.start : stop], self._others[one.start :], numbers)
            counted = memoryview(starts)[:-1], frequencies, self._lengths[one.first : one.after]
            documents = self._places[one.start : stop]
            yield TermLists(self._terms[one.first : one.after], *counted, documents, numbers, one.vectors)
            for taken in self._places, self._numbers, self._others:
                release(taken, one.start, stop)


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
