"""A segment, open for reading: everything is read in place, from the map of its file."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from searchkit.errors import CorruptIndex
from searchkit.kernels.dictionary import Dictionary
from searchkit.kernels.known_terms import KnownTerms
from searchkit.kernels.lookup import find_those
from searchkit.kernels.preloading import preload
from searchkit.kernels.records import SectionSizes, TermRecord
from searchkit.kernels.state import SegmentView
from searchkit.schema import Schema
from searchkit.segment.codebook import Codebook
from searchkit.segment.columns_of import Column, open_column
from searchkit.segment.container import Container
from searchkit.segment.identity import Identity
from searchkit.segment.meta import read_meta
from searchkit.segment.payload import PayloadCodec
from searchkit.segment.ranges import RANGE, ranges_of
from searchkit.segment.stored import StoredReader

if TYPE_CHECKING:
    from searchkit.kernels.finding import Matcher

__all__ = ["Segment"]

# What says where postings lie and which are skipped; small, beside the postings themselves.
_STEERING = (
    "ranges.counts",
    "ranges.bounds",
    "tops",
    "exceptions.documents",
    "exceptions.ranks",
    "norms",
    "vectors",
    "vectors.counts",
)


class Segment:
    """view: the bytes of the file. path: its name, for messages. schema: of the index, whose fields may be newer than
    the segment.

    Raises `CorruptIndex` or `FormatTooNew` where the file cannot be read; damage inside a section shows when it is
    read, or in `verify`.
    """

    def __init__(self, view: memoryview, path: str, schema: Schema) -> None:
        self.container = Container(view, path)
        self.path = path
        self.schema = schema
        self.meta = read_meta(self.container)
        self.documents = self.meta.documents
        self.is_preloaded = False
        self._columns: dict[str, Column | None] = {}
        if self.meta.zones != schema.texts[: len(self.meta.zones)]:
            raise self.container.corrupt("its text fields are not those of the index")

    @cached_property
    def identity(self) -> Identity:
        """Ids, addresses and sequence numbers."""
        return Identity(self.container, self.documents)

    @cached_property
    def codebook(self) -> Codebook:
        """The vectors of zone frequencies."""
        zones = len(self.meta.zones)
        flat = self.container.typed("vectors", "I").tolist()
        counts = self.container.typed("vectors.counts", "Q").tolist()
        if len(flat) != zones * len(counts):
            raise self.container.corrupt("the codebook is damaged")
        return Codebook(tuple(tuple(flat[at : at + zones]) for at in range(0, len(flat), zones)), tuple(counts))

    @cached_property
    def dictionary(self) -> Dictionary:
        """The term dictionary."""
        container = self.container
        # A damaged key would not be found, and so look like a word that no document has.
        container.prove("terms", "terms.index", "terms.heads")
        try:
            return Dictionary(
                container.section("terms"),
                container.typed("terms.index", "Q"),
                container.typed("terms.heads", "Q"),
                self.meta.entries,
                ranges_of(self.documents),
            )
        except ValueError as error:
            raise container.corrupt(str(error)) from None

    @cached_property
    def matcher(self) -> Matcher:
        """Finds terms of the dictionary by what they look like."""
        from searchkit.kernels.finding import Matcher  # searching starts sooner without it

        container, entries = self.container, len(self.dictionary)
        index, heads = (container.typed(name, "Q") for name in ("terms.index", "terms.heads"))
        return Matcher(container.section("terms"), index, heads, entries)

    @cached_property
    def view(self) -> SegmentView:
        """The sections that the search kernels read."""
        container, ranges = self.container, ranges_of(self.documents)
        container.prove(*_STEERING)
        return SegmentView(
            self.documents,
            len(self.meta.zones),
            container.typed("postings", "H"),
            container.typed("rare", "I"),
            container.typed("ranges.counts", "H"),
            container.section("ranges.bounds"),
            container.typed("exceptions.documents", "I"),
            container.typed("exceptions.ranks", "I"),
            container.typed("norms", "B", ranges * RANGE),
            container.section("positions"),
            container.typed("positions.index", "I"),
            self.vectors,
            self.totals,
            container.section("tops"),
        )

    @cached_property
    def vectors(self) -> memoryview:
        """The codebook, rank after rank."""
        return memoryview(self.codebook.flat())

    @cached_property
    def totals(self) -> memoryview:
        """Rank → sum of the vector."""
        return memoryview(self.codebook.totals())

    @cached_property
    def longest(self) -> int:
        """The most positions that a document has of one term."""
        return max(self.totals, default=0)

    @cached_property
    def norms(self) -> memoryview:
        """The length code of each document."""
        return self.container.section("norms")

    @cached_property
    def zones_present(self) -> memoryview:
        """For each document the bits of the zones that have a token."""
        return self.container.typed("zones", "B", self.documents)

    @cached_property
    def known_terms(self) -> KnownTerms:
        """The terms of the dictionary that were looked up."""
        return KnownTerms(self.dictionary, self.sizes, partial(_damaged, self.container))

    def term(self, key: bytes) -> TermRecord | None:
        """The record of a term, or None where the segment does not have it."""
        return self.known_terms.get(key)  # type: ignore[no-any-return]

    def terms(self, keys: list[bytes]) -> list[TermRecord]:
        """The records of those of many terms that the segment has; they are not remembered, as those of `term` are."""
        records: list[TermRecord] = find_those(self.dictionary, keys)
        damaged = self.sizes.first_beyond(records)
        if damaged is not None:
            raise _damaged(self.container, damaged)
        return records

    def term_at(self, entry: int) -> TermRecord:
        """The record of the term of an entry."""
        if not 0 <= entry < self.meta.entries:
            raise self.container.corrupt(f"the dictionary points to an entry {entry} that it does not have")
        record: TermRecord = self.dictionary.record(entry)
        if not self.sizes.hold(record):
            raise _damaged(self.container, record)
        return record

    @cached_property
    def sizes(self) -> SectionSizes:
        """How much its sections hold that terms lead to."""

        def items(section: str, bytes_each: int) -> int:
            return len(self.container.section(section)) // bytes_each

        return SectionSizes(
            self.documents,
            items("postings", 2),
            items("rare", 4),
            items("ranges.bounds", max(1, ranges_of(self.documents))),
            items("positions", 1),
            items("positions.index", 4),
            items("exceptions.ranks", 4),
        )

    def column(self, field: str) -> Column | None:
        """The column of a field; None where the segment is older than the field."""
        if field not in self._columns:
            found = None
            if field in self.meta.columns and field in self.schema.fields:
                name = f"c{self.meta.columns.index(field)}"
                found = open_column(self.schema.fields[field], self.container, name, self.documents)
            self._columns[field] = found
        return self._columns[field]

    @cached_property
    def stored(self) -> StoredReader:
        """The stored content."""
        return StoredReader(self.container.section("stored"), self.container.typed("stored.blocks", "Q"), self.path)

    @cached_property
    def codec(self) -> PayloadCodec:
        """Decodes the stored content of a document."""
        return PayloadCodec(self.meta.payload, self.path)

    def content(self, document: int) -> dict[str, Any]:
        """The stored texts and values of a document, without its columns."""
        return self.codec.decode(self.stored.get(self.identity.addresses[document]))

    def fields(self, document: int) -> dict[str, Any]:
        """All fields of a document that have a value; keywords are tuples, dates microseconds since the epoch."""
        found: dict[str, Any] = {name: text for name, text in self.content(document).items() if text != ""}
        for name in self.meta.columns:
            column = self.column(name)
            value = None if column is None else column[document]
            if value is not None and value != ():
                found[name] = value
        return found

    @cached_property
    def searched_bytes(self) -> int:
        """How much of the file searches read: all but the stored content."""
        return sum(map(len, self._searched()))

    def preload(self, reading: bool) -> None:
        """Maps the pages that searches read, where the system can do so at once. reading: also those not in memory."""
        for section in self._searched():
            preload(section, reading)

    def _searched(self) -> Iterator[memoryview]:
        return (self.container.section(name) for name in self.container.names if name != "stored")

    def verify(self, *, forget: bool = False) -> Iterator[str]:
        """What is wrong with the file, a sentence each; checks every checksum. forget: as for `Container.verify`."""
        yield from self.container.verify(forget=forget)


def _damaged(container: Container, record: TermRecord) -> CorruptIndex:
    return container.corrupt(f"entry {record.entry} of the dictionary is damaged")
