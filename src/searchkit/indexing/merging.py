"""Merges segments into one, without the deleted documents: what reading the articles again in that order would have
made.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from itertools import compress

from searchkit.background import Workers
from searchkit.errors import CorruptIndex
from searchkit.indexing.merged_terms import merge_terms
from searchkit.kernels.list_cursor import GONE
from searchkit.kernels.radix import sort_numbers
from searchkit.kernels.trimming import trim
from searchkit.kernels.vectors import VectorTable
from searchkit.schema import Schema, Stored, Text
from searchkit.segment.codebook import rank_vectors
from searchkit.segment.columns import MISSING_INTEGER, merge_strings
from searchkit.segment.columns_of import merge_columns
from searchkit.segment.container import ContainerWriter, OutputFile
from searchkit.segment.deferred import DeferredSections, Scratch
from searchkit.segment.identity import write_identity
from searchkit.segment.lengths import SMALLEST
from searchkit.segment.meta import Meta, write_meta
from searchkit.segment.payload import PayloadCodec
from searchkit.segment.postings import PostingsWriter
from searchkit.segment.reference import Reference
from searchkit.segment.segment import Segment
from searchkit.segment.stored import FORGOTTEN, StoredWriter
from searchkit.segment.written import Written

__all__ = ["merge_segments"]

Source = tuple[Segment, bytes | bytearray | memoryview]

_LARGE = 100_000
"""Documents from which on it is worth while to ask the C library for what it keeps."""
_MOST = 1 << 48
"""More postings than there can be."""


def merge_segments(
    schema: Schema,
    sources: Sequence[Source],
    file: OutputFile,
    index_id: bytes,
    segment_id: bytes,
    workers: Workers,
    scratch: Scratch,
) -> Written:
    """Writes the live documents of the sources as one segment; the caller finishes the file.

    sources: segments with the bitmaps of their live documents (empty: all). Every checksum is compared first; raises
        `CorruptIndex` for a segment that is damaged. Their files are in maps of their own: the memory of what was read
        of them is given back soon, which would hold up others who read them there.
    scratch: has room for what memory has none for.
    """
    for segment, _ in sources:
        for reason in segment.verify(forget=True):
            raise CorruptIndex(segment.path, reason)
    return _Merge(schema, sources, file, index_id, segment_id, workers, scratch).run()


class _Merge:
    def __init__(
        self,
        schema: Schema,
        sources: Sequence[Source],
        file: OutputFile,
        index_id: bytes,
        segment_id: bytes,
        workers: Workers,
        scratch: Scratch,
    ) -> None:
        self._schema, self._workers, self._scratch = schema, workers, scratch
        self._segments = [segment for segment, _ in sources]
        self._lives = [live for _, live in sources]
        self._writer = ContainerWriter(file, index_id, segment_id)
        self._origins, self._numbers = self._order()
        self._mappings = self._map()

    def run(self) -> Written:
        # First what is written document by document, of which nothing is kept.
        addresses = self._write_stored()
        self._trim()
        names = self._write_columns()
        self._write_identity(addresses)
        del addresses
        self._trim()
        documents = len(self._origins)
        norms = self._gathered([segment.norms for segment in self._segments])
        length = sum(map(SMALLEST.__getitem__, norms))
        zones = len(self._schema.texts)
        table, rank_numbers = self._vectors(zones)
        codebook, ranks = rank_vectors(table)
        reference = Reference.now(self._schema, documents, length)
        entries = sum(len(segment.dictionary) for segment in self._segments)
        deferred = DeferredSections(self._scratch)
        postings = PostingsWriter(documents, norms, codebook, reference, entries)
        mapped = self._mappings, rank_numbers
        keys = merge_terms(self._writer, self._segments, *mapped, postings, deferred, ranks, self._forget)
        postings.write(self._writer, keys, self._workers)
        self._writer.add("zones", self._gathered([segment.zones_present for segment in self._segments]))
        schema = self._schema
        write_meta(self._writer, Meta(documents, len(keys.order), length, schema.texts, names, reference, schema.longs))
        self._writer.finish()
        return Written(documents, length)

    def _forget(self) -> None:
        for segment in self._segments:
            segment.container.forget_all()

    def _trim(self) -> None:
        if len(self._origins) >= _LARGE:
            trim()

    def _pairs(self) -> zip[tuple[int, int]]:
        return zip(self._origins, self._numbers, strict=True)

    def _order(self) -> tuple[array[int], array[int]]:
        """For each new document, in order of date and addition, its segment and its number there."""
        dates, sequences, origins, numbers = array("q"), array("Q"), array("I"), array("I")
        for origin, (segment, live) in enumerate(zip(self._segments, self._lives, strict=True)):
            column = None if self._schema.date is None else segment.column(self._schema.date)
            alive = range(segment.documents)
            kept = array("I", compress(alive, _bits(live, segment.documents)) if len(live) else alive)
            numbers += kept
            origins += array("I", [origin]) * len(kept)
            sequences.extend(map(segment.identity.sequences.__getitem__, kept))
            if column is None:
                dates += array("q", [MISSING_INTEGER]) * len(kept)
            else:
                dates.extend(map(column.values.__getitem__, kept))  # type: ignore[union-attr, arg-type]
        order = memoryview(array("I", range(len(numbers))))
        sort_numbers(memoryview(sequences), order)
        sort_numbers(memoryview(array("Q", (dates[at] - MISSING_INTEGER for at in order))), order)
        return array("I", map(origins.__getitem__, order)), array("I", map(numbers.__getitem__, order))

    def _map(self) -> list[array[int]]:
        """For each segment: document → new number, or `GONE`."""
        mappings = [array("I", [GONE]) * segment.documents for segment in self._segments]
        for new, (origin, number) in enumerate(self._pairs()):
            mappings[origin][number] = new
        return mappings

    def _gathered(self, columns: Sequence[memoryview]) -> bytes:
        return bytes(columns[origin][number] for origin, number in self._pairs())

    def _vectors(self, zones: int) -> tuple[VectorTable, list[array[int]]]:
        """All vectors of the segments in one table, and for each segment: rank → number there."""
        table = VectorTable(zones)
        numbers = []
        for segment in self._segments:
            book = segment.codebook
            if not all(0 < count < _MOST for count in book.counts):
                raise CorruptIndex(segment.path, "the counts of its vectors are damaged")
            padding = (0,) * (zones - len(segment.meta.zones))
            numbers.append(
                array("I", [table.add(v + padding, n) for v, n in zip(book.vectors, book.counts, strict=True)])
            )
        return table, numbers

    def _write_stored(self) -> array[int]:
        self._writer.begin("stored")
        stored = StoredWriter(self._writer, self._workers)
        alive: list[array[int]] = [array("Q") for _ in self._segments]
        for origin, number in self._pairs():
            alive[origin].append(self._segments[origin].identity.addresses[number])
        moved = self._move(stored, alive)
        blocks = stored.finish()
        self._writer.end()
        self._writer.add("stored.blocks", blocks)
        next_of = [iter(addresses) for addresses in moved]
        return array("Q", [next(next_of[origin]) for origin in self._origins])

    def _move(self, stored: StoredWriter, alive: list[array[int]]) -> list[array[int]]:
        """Moves stored content; where a segment is older than the newest text field, its payloads are written anew."""
        long = self._schema.longs
        if all(segment.meta.payload == long for segment in self._segments):
            sources = [(segment.stored, old) for segment, old in zip(self._segments, alive, strict=True)]
            return stored.copy(sources, self._forget)
        codec = PayloadCodec(long)
        only_stored = self._schema.of_type(Stored)
        moved = []
        for segment, addresses in zip(self._segments, alive, strict=True):
            new = array("Q")
            for address in addresses:
                content = segment.codec.decode(segment.stored.get(address))
                texts = [content.get(name, "").encode() for name in long]
                new.append(
                    stored.add(codec.encode(texts, {name: content[name] for name in only_stored if name in content}))
                )
                if len(new) % FORGOTTEN == 0:
                    self._forget()
            moved.append(new)
        return moved

    def _write_identity(self, addresses: array[int]) -> None:
        ids = merge_strings([segment.identity.ids for segment in self._segments], self._origins, self._numbers)
        sequences = [segment.identity.sequences for segment in self._segments]
        try:
            write_identity(self._writer, ids, addresses, (sequences[o][n] for o, n in self._pairs()))
        except ValueError as error:
            raise CorruptIndex(", ".join(segment.path for segment in self._segments), str(error)) from None
        self._forget()

    def _write_columns(self) -> tuple[str, ...]:
        short = [*self._schema.shorts]
        others = [name for name, field in self._schema.fields.items() if not isinstance(field, Text | Stored)]
        for number, name in enumerate(short + others):
            columns = [segment.column(name) for segment in self._segments]
            packed = merge_columns(self._schema.fields[name], columns, self._origins, self._numbers, self._forget)
            packed.write(self._writer, f"c{number}")
            self._forget()
        return tuple(short + others)


def _bits(bitmap: bytes | bytearray | memoryview, count: int) -> list[bool]:
    return [bool(bitmap[at >> 3] >> (at & 7) & 1) for at in range(count)]
