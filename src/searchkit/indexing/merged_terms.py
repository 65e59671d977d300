"""The dictionaries of several segments as one, and the postings of each of its terms."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from heapq import heapify, heappop, heapreplace
from itertools import accumulate

from searchkit.errors import CorruptIndex
from searchkit.kernels.dictionary import FLAG_FORM, FLAG_POINTER, FLAG_TERM
from searchkit.kernels.merge import TermMerger
from searchkit.segment.container import ContainerWriter
from searchkit.segment.postings import Keys, PostingsWriter
from searchkit.segment.segment import Segment

__all__ = ["merge_terms"]

_AT_ONCE = 1 << 20

Entry = tuple[int, int, int, tuple[int, ...], tuple[int, ...]]


@dataclass(slots=True)
class _Group:
    """One key of the merged dictionary: its flags, and the entries that it points to, as (segment, entry)."""

    key: bytes
    flags: int = 0
    targets: list[tuple[int, int]] = field(default_factory=list)


def merge_terms(
    writer: ContainerWriter,
    segments: Sequence[Segment],
    mappings: Sequence[Sequence[int]],
    rank_numbers: Sequence[Sequence[int]],
    postings: PostingsWriter,
    ranks: Sequence[int],
    documents: int,
) -> Keys:
    """Writes the positions, encodes the postings, and returns the keys of the merged dictionary.

    mappings: for each segment, document → new number; rank_numbers: for each, rank → number of the vector; ranks:
        number → new rank.
    A term that no document has any more is dropped, and so is a form that only pointed to such.
    """
    merged = _MergedTerms(writer, segments, mappings, rank_numbers, postings, ranks, documents)
    groups = [merged.add(key, entries) for key, entries in _grouped(segments)]
    merged.finish()
    return _keys(groups, merged.places, postings)


def _grouped(segments: Sequence[Segment]) -> Iterator[tuple[bytes, list[Entry]]]:
    """Each key in order, with the entries that have it: segment, entry, flags, record, pointers."""
    walkers = [segment.dictionary.walk() for segment in segments]
    heap = [(walker.key(), number) for number, walker in enumerate(walkers) if walker.advance()]
    heapify(heap)
    while heap:
        key = heap[0][0]
        entries: list[Entry] = []
        while heap and heap[0][0] == key:
            number = heap[0][1]
            walker = walkers[number]
            flags = walker.flags()
            record = walker.record() if flags & FLAG_TERM else ()
            entries.append((number, walker.entry(), flags, record, walker.pointers()))
            if walker.advance():
                heapreplace(heap, (walker.key(), number))
            else:
                heappop(heap)
        yield key, entries


class _MergedTerms:
    """Merges the postings of one key after the other, and encodes them a million at a time."""

    def __init__(
        self,
        writer: ContainerWriter,
        segments: Sequence[Segment],
        mappings: Sequence[Sequence[int]],
        rank_numbers: Sequence[Sequence[int]],
        postings: PostingsWriter,
        ranks: Sequence[int],
        documents: int,
    ) -> None:
        self._writer, self._segments, self._mappings = writer, segments, mappings
        self._rank_numbers, self._postings, self._ranks = rank_numbers, postings, ranks
        self._merger = TermMerger(documents)
        self._index = bytearray()
        self._entries, self._starts = array("I"), array("I")
        self._frequencies, self._lengths = array("I"), array("I")
        self._groups = 0
        self.places = [array("I", bytes(4 * len(segment.dictionary))) for segment in segments]
        """For each segment: entry → number of its key's group."""
        writer.begin("positions")

    def add(self, key: bytes, entries: Sequence[Entry]) -> _Group:
        """Merges the lists of a key."""
        group = _Group(key)
        is_form = 0
        start = self._merger.gathered
        is_term = False
        for number, entry, flags, record, pointers in entries:
            self.places[number][entry] = self._groups
            group.targets += [(number, target) for target in pointers]
            is_form |= flags & FLAG_FORM
            if flags & FLAG_TERM:
                is_term = True
                self._add_list(number, record)
        if is_term:
            frequency, length = self._merger.finish()
            if frequency:
                group.flags = FLAG_TERM | is_form
                self._entries.append(self._groups)
                self._starts.append(start)
                self._frequencies.append(frequency)
                self._lengths.append(length)
        self._groups += 1
        if self._merger.gathered > _AT_ONCE:
            self._encode()
        return group

    def _add_list(self, number: int, record: tuple[int, ...]) -> None:
        segment = self._segments[number]
        try:
            self._merger.add(segment.view, record, self._mappings[number], self._rank_numbers[number])
        except ValueError as error:
            raise CorruptIndex(segment.path, str(error)) from None

    def finish(self) -> None:
        """Encodes what is left, and ends the section of positions."""
        self._encode()
        self._writer.end()
        self._writer.add("positions.index", self._index)

    def _encode(self) -> None:
        merger = self._merger
        self._postings.encode(
            self._entries,
            memoryview(self._starts),
            memoryview(self._frequencies),
            memoryview(self._lengths),
            merger.documents(),
            merger.numbers(),
            self._ranks,
        )
        self._writer.write(merger.positions())
        self._index += merger.index()
        merger.clear()
        for gathered in (self._entries, self._starts, self._frequencies, self._lengths):
            del gathered[:]


def _keys(groups: list[_Group], places: Sequence[Sequence[int]], postings: PostingsWriter) -> Keys:
    """The keys of the groups that are left, with their pointers in the new numbers."""
    targets = {}
    for number, group in enumerate(groups):
        alive = {places[segment][entry] for segment, entry in group.targets}
        alive = {target for target in alive if groups[target].flags & FLAG_TERM}
        if alive:
            group.flags |= FLAG_POINTER
            targets[number] = alive
    kept = [number for number, group in enumerate(groups) if group.flags]
    postings.keep(kept)
    renumbered = {number: new for new, number in enumerate(kept)}
    counts = array("I", [len(targets.get(number, ())) for number in kept])
    pointers = array("I")
    for number in kept:
        pointers.extend(sorted(renumbered[target] for target in targets.get(number, ())))
    pointers.append(0)
    keys = [groups[number].key for number in kept]
    return Keys(
        b"".join(keys) or b"\0",
        memoryview(array("I", accumulate(map(len, keys), initial=0))),
        memoryview(array("I", range(len(kept)))),
        memoryview(bytearray(groups[number].flags for number in kept)),
        memoryview(array("I", accumulate(counts, initial=0))),
        memoryview(pointers),
    )
