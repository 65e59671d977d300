"""Postings on their way to a segment: what inversion and merging both hand over, and how it is written."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from searchkit.background import Workers
from searchkit.dataclasses import dataclass
from searchkit.kernels.arrays import assign, pick
from searchkit.kernels.buffers import zeros
from searchkit.kernels.dictionary import build
from searchkit.kernels.encode import PostingsEncoder
from searchkit.segment.codebook import Codebook
from searchkit.segment.container import ContainerWriter
from searchkit.segment.deferred import DeferredSections
from searchkit.segment.ranges import RANGE, ranges_of
from searchkit.segment.reference import Reference

if TYPE_CHECKING:
    from typing_extensions import Buffer

__all__ = ["Keys", "PostingsRun", "PostingsWriter"]

_SECTIONS = (
    "postings",
    "rare",
    "ranges.counts",
    "ranges.bounds",
    "tops",
    "exceptions.documents",
    "exceptions.ranks",
)
"""The sections that a run fills."""


@dataclass(slots=True)
class Keys:
    """The keys of a dictionary.

    blob, starts, order: entry i has the key blob[starts[order[i]]:starts[order[i] + 1]].
    flags: by entry, as in `kernels.dictionary`; pointer_starts, pointers: the entries that a form points to.
    """

    blob: bytes
    starts: memoryview
    order: memoryview
    flags: memoryview
    pointer_starts: memoryview
    pointers: memoryview


class PostingsWriter:
    """Encodes postings and writes their sections.

    documents: of the segment; norms: their length codes. entries: of the dictionary.
    """

    def __init__(self, documents: int, norms: bytes, codebook: Codebook, reference: Reference, entries: int) -> None:
        self._ranges = ranges_of(documents)
        self._norms = norms + bytes(self._ranges * RANGE - documents)
        self._codebook = codebook
        # By entry: the frequency, the bytes of positions, the exceptions. The runs fill them.
        self._entries = [zeros(entries), zeros(entries), zeros(entries)]
        self._saturations = reference.bounds(codebook), codebook.weighted(reference.weights), reference.lengths()
        self._runs: list[PostingsRun] = []
        self._deferred: DeferredSections | None = None

    def run(self, postings: int) -> PostingsRun:
        """Encodes terms that come after those of all runs so far; runs may be filled by several threads at once.

        postings: how many there are at most, all terms of the run together.
        """
        made = PostingsRun(self._ranges, self._norms, self._saturations, postings, self._entries)
        self._runs.append(made)
        return made

    def defer(self, deferred: DeferredSections) -> None:
        """Hands what the runs so far have encoded to deferred sections, each time the same, so that its memory is
        free.
        """
        self._deferred = deferred
        for run in self._runs:
            for name, content in run.sections().items():
                deferred.add(name, content)
        self._runs = []

    def keep(self, entries: memoryview) -> None:
        """Only these entries are in the dictionary, in this order; what was encoded for them stands."""
        for number, values in enumerate(self._entries):
            self._entries[number] = zeros(len(entries) + 1)
            pick(values, entries, self._entries[number])

    def write(self, writer: ContainerWriter, keys: Keys, workers: Workers) -> None:
        """Writes all sections but the positions. workers: one of them makes the dictionary meanwhile."""
        building = workers.beside(len(keys.blob)).start(partial(self._dictionary, keys))
        each = [run.sections() for run in self._runs]
        for name in _SECTIONS:
            writer.begin(name)
            if self._deferred is not None:
                self._deferred.write(writer, name)
            for sections in each:
                writer.write(sections[name])
            writer.end()
        writer.add("norms", self._norms)
        writer.add("vectors", self._codebook.flat())
        writer.add("vectors.counts", array("Q", self._codebook.counts))
        for name, content in zip(("terms", "terms.index", "terms.heads"), building(), strict=True):
            writer.add(name, content)

    def _dictionary(self, keys: Keys) -> tuple[memoryview, memoryview, memoryview]:
        """The dictionary, its index, and its heads."""
        entries = len(keys.order)
        room = len(keys.blob) + 32 * entries + 64 * (entries // 16 + 1) + 10 * len(keys.pointers) + 16
        blocks = (entries + 15) // 16
        data, index, heads = zeros(room, "B"), zeros(blocks + 1, "Q"), zeros(blocks + 1, "Q")
        frequencies, lengths, exceptions = self._entries
        used = build(
            keys.blob,
            keys.starts,
            keys.order,
            keys.flags,
            frequencies,
            lengths,
            exceptions,
            keys.pointer_starts,
            keys.pointers,
            self._ranges,
            data,
            index,
            heads,
        )
        return data[:used], index, heads[:blocks]


class PostingsRun:
    """The postings of some terms that follow one another; made by `PostingsWriter.run`.

    Terms are encoded in the order of the dictionary, in as many calls as one likes.
    """

    def __init__(
        self,
        ranges: int,
        norms: bytes,
        saturations: tuple[Buffer, Buffer, Buffer],
        postings: int,
        entries: list[memoryview],
    ) -> None:
        self._ranges, self._entries = ranges, entries
        frequent = postings // (4 * ranges) + 1 if ranges else 1
        # As large as they can become, whatever the codebook counts: untouched pages cost nothing.
        self._postings, self._rare = zeros(postings + 1, "H"), zeros(postings + 1)
        self._counts, self._bounds = zeros(frequent * ranges + 1, "H"), zeros(frequent * ranges + 1, "B")
        self._tops = zeros(3 * frequent, "B")
        self._where, self._which = zeros(postings + 1), zeros(postings + 1)
        places = self._postings, self._rare, self._counts, self._bounds, self._tops, self._where, self._which
        self._encoder = PostingsEncoder(ranges, norms, *saturations, *places)

    def encode(
        self,
        entries: memoryview | array[int],
        starts: memoryview,
        frequencies: memoryview,
        lengths: memoryview,
        documents: memoryview,
        numbers: memoryview,
        ranks: Sequence[int],
    ) -> None:
        """Encodes terms, whose postings stand at documents[starts[i]:][:frequencies[i]].

        entries: the entry of each term in the dictionary, ascending. lengths: the bytes of their positions.
        numbers: the vector number of each posting; ranks: vector number → rank.
        """
        exceptions, entries = zeros(len(frequencies)), memoryview(entries)
        self._encoder.encode(starts, frequencies, documents, numbers, ranks, exceptions)
        for values, all_values in zip((frequencies, lengths, exceptions), self._entries, strict=True):
            assign(entries, values, all_values)

    def sections(self) -> dict[str, memoryview]:
        """What was encoded, by the name of its section."""
        postings, rare, frequent, exceptions = self._encoder.used
        cells = frequent * self._ranges
        filled = (
            self._postings[:postings],
            self._rare[:rare],
            self._counts[:cells],
            self._bounds[:cells],
            self._tops[: 3 * frequent],
            self._where[:exceptions],
            self._which[:exceptions],
        )
        return dict(zip(_SECTIONS, filled, strict=True))
