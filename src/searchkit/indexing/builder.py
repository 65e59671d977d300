"""Builds one segment: documents come in, in any order; a segment file goes out, in order of the primary date."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from searchkit.analysis import Analyzer, analyzer_for, analyzer_of
from searchkit.background import Workers
from searchkit.indexing.assembly import SegmentParts, write_segment
from searchkit.indexing.inversion import Inversion
from searchkit.indexing.keyword_values import KeywordValues
from searchkit.indexing.keywords import KeywordTerms
from searchkit.indexing.meanings import Surfaces
from searchkit.indexing.short_texts import ShortTexts
from searchkit.indexing.vocabulary import NamedStrings, Vocabulary
from searchkit.kernels.buffers import zeros
from searchkit.kernels.intake import FULL, Intake
from searchkit.kernels.packing import PackedTokens
from searchkit.kernels.surfaces import SurfaceTable
from searchkit.kernels.trimming import trim
from searchkit.schema import Bool, Keyword, Schema, Stored, Text
from searchkit.schema.coerce import Coercer
from searchkit.schema.document import Document
from searchkit.segment.columns import MISSING_INTEGER, pack_strings
from searchkit.segment.columns_of import pack_column
from searchkit.segment.container import ContainerWriter, OutputFile
from searchkit.segment.identity import write_identity
from searchkit.segment.payload import PayloadCodec
from searchkit.segment.stored import StoredWriter
from searchkit.segment.written import Written

__all__ = ["SegmentBuilder", "analyzers_of"]

_TAKEN_AT_ONCE = 1 << 21
"""Bytes of documents that are taken in together, so that what a call and its thread cost is little beside them."""
_TAKEN_ALONE = 1 << 19
"""As many where there is no other thread to call: they are still in the processor's nearer memory then."""
_LARGE = 1 << 25
"""Bytes of memory from which it is worth while to have the C library look for what it can give back."""


def analyzers_of(schema: Schema) -> tuple[tuple[Analyzer, ...], tuple[int, ...]]:
    """The distinct analyzers of the text fields, and for each text field the index of its own."""
    found = [analyzer_of(field) for field in schema.fields.values() if isinstance(field, Text)]
    distinct = list(dict.fromkeys(found))
    return tuple(distinct), tuple(map(distinct.index, found))


class SegmentBuilder:
    """Takes documents in memory and writes them as a segment. An id given again replaces the document before it.

    coercer: of the schema. file: the new file, still empty; the stored texts are written to it while documents come in.
    sequence: the number of the first document in the order of all documents ever added to the index.
    workers: tokenise, compress and invert; the segment is the same however many they are.
    """

    def __init__(
        self,
        schema: Schema,
        coercer: Coercer,
        file: OutputFile,
        index_id: bytes,
        segment_id: bytes,
        sequence: int,
        workers: Workers,
    ) -> None:
        self._schema, self._workers = schema, workers
        self._writer = ContainerWriter(file, index_id, segment_id)
        self._writer.begin("stored")
        self._stored = StoredWriter(self._writer, workers)
        self._analyzers, self._groups = analyzers_of(schema)
        self._table, self._tokens = SurfaceTable(), PackedTokens()
        self._surfaces = Surfaces(self._analyzers)
        self._ends = array("I")
        self._intake = Intake(coercer.slots, coercer.converters, schema.key, schema.date or "")
        self._tokenising: Callable[[], memoryview] | None = None
        self._taken_bytes = 0
        self._part = _TAKEN_ALONE if workers.are_none else _TAKEN_AT_ONCE
        self._room = min(self._part, _TAKEN_AT_ONCE)
        # How full memory is, is told by what was there `_TAKEN_AT_ONCE` ago, so that it depends on no thread.
        self._measured = self._settled = 0
        self._short = {name: schema.texts.index(name) for name in schema.shorts}
        self._long = [schema.texts.index(name) for name in schema.longs]
        kept = [name for name, field in schema.fields.items() if not isinstance(field, Text | Stored)]
        self._values: dict[str, list[Any]] = {name: [] for name in kept if name != schema.date}
        self._keyword_values = KeywordValues()
        self._texts = {name: ShortTexts() for name in self._short}
        self._dates = array("q")
        self._addresses = array("Q")
        self._sequence = sequence
        # Whether some documents were taken in by half, so that no segment can be made any more.
        self.is_torn = False

    def __len__(self) -> int:
        return len(self._intake.ids)

    @property
    def added(self) -> int:
        """How many documents were added, replaced ones included."""
        return self._intake.added

    @property
    def replaced(self) -> int:
        """How many of these were replaced by others of them."""
        return self._intake.replaced

    @property
    def plain(self) -> int:
        """How many were added as plain articles."""
        return self._intake.plain

    def close(self) -> None:
        """Takes no plain articles any more, even where a loop over some is under way."""
        self._intake.is_open = False

    @property
    def memory(self) -> int:
        """About how many bytes are held, and will be needed at once to write the segment."""
        return self._settled + 3 * self._taken_bytes + self._intake.memory

    def __contains__(self, id: str) -> bool:
        return id in self._intake.ids

    @property
    def ids(self) -> list[str]:
        """The ids of the documents so far."""
        return list(self._intake.ids)

    def discard(self, id: str) -> bool:
        """Takes a document out again; False where it is not there."""
        return self._intake.discard(id)

    def add(self, document: Document) -> bool:
        """Adds a document; True where it replaced one of the same id."""
        replaced = self._intake.add(document.id, document.date, document.texts, document.values)
        self._take_if_enough()
        return replaced

    def add_plain(self, article: object) -> int:
        """Adds the document that a plain article stands for, as `Intake.add_plain`."""
        added = self._intake.add_plain(article)
        self._take_if_enough()
        return added

    def add_all(self, articles: Iterator[object], most: int) -> object:
        """Adds articles as long as they are plain and `memory` is at most `most`; each is looked at before the next one
        is asked for. Returns the first that was not plain, `kernels.intake.NONE_LEFT`, or `FULL`.
        """
        found = FULL
        while found is FULL and self.memory <= most:
            taken = self.memory - self._intake.memory
            found = self._intake.add_all(articles, self._room, most - taken)
            self._take_if_enough()
        return found

    def _take_if_enough(self) -> None:
        if self._intake.waiting > self._room:
            self._take()

    def _take(self) -> None:
        """Takes in the documents that wait. Their texts are tokenised beside this thread, which meanwhile analyses the
        surfaces of those before and keeps what is stored of these.
        """
        self.is_torn = True
        # While the texts before are still cut by another thread, which joins when it is done.
        self._stored.compress()
        self._settle()
        self._measure()
        size = self._intake.waiting
        texts, dates, values = self._intake.drain()
        new = self._surfaces.take(self._table)
        self._tokenising = self._workers.beside(size).start(partial(self._tokenised, texts))
        self._surfaces.analyse(new)
        self._keep(texts, dates, values)
        self.is_torn = False

    def _measure(self) -> None:
        if not self._taken_bytes:
            tokens = self._tokens.bytes_used + 4 * len(self._tokens)
            self._measured = tokens + 2 * self._table.bytes_used + self._keyword_values.memory
        self._taken_bytes += self._intake.waiting
        if self._taken_bytes > _TAKEN_AT_ONCE:
            self._settled, self._taken_bytes = self._measured + 3 * self._taken_bytes, 0
        self._room = min(self._part, _TAKEN_AT_ONCE - self._taken_bytes)

    def _keep(self, texts: list[bytes], dates: list[int | None], values: list[dict[str, Any] | None]) -> None:
        """Puts what is not searched by words where it is kept."""
        zones = len(self._groups)
        for name, zone in self._short.items():
            self._texts[name].add(texts[zone::zones])
        stored = [
            self._keep_values(number, one) if one else None for number, one in enumerate(values, len(self._dates))
        ]
        self._dates.extend(MISSING_INTEGER if date is None else date for date in dates)
        self._addresses.frombytes(self._stored.add_documents(texts, zones, self._long, stored).cast("B"))

    def _keep_values(self, number: int, values: dict[str, Any]) -> bytes | None:
        """Puts values into their columns, which end where the last value stands; returns those that are only stored,
        encoded, if there are any.
        """
        stored = {}
        for name, value in values.items():
            column = self._values.get(name)
            if column is not None:
                column += [None] * (number - len(column))
                column.append(self._keyword_values.shared(value) if type(value) is tuple else value)
            elif name != self._schema.date:
                stored[name] = value
        return PayloadCodec.values(stored) if stored else None

    def _tokenised(self, texts: list[bytes]) -> memoryview:
        """Cuts texts; returns where the tokens of each end. Two calls of kernels, after each of which a thread has to
        wait for Python's lock: at the latest until the caller waits for it.
        """
        ends = zeros(len(texts))
        self._table.add_all(texts, bytes(self._groups), ends)
        self._tokens.add(self._table.tokens(), ends)
        self._table.clear_tokens()
        return ends

    def _settle(self) -> None:
        """Waits for the texts that are being turned into tokens."""
        if self._tokenising is not None:
            ends = self._tokenising()
            self._tokenising = None
            self._ends.frombytes(ends.cast("B"))

    def finish(self) -> Written:
        """Writes the segment; the caller finishes the file."""
        self._take()
        self._settle()
        self._surfaces.analyse(self._surfaces.take(self._table, all=True))
        blocks = self._stored.finish()
        self._writer.end()
        self._writer.add("stored.blocks", blocks)
        workers = self._workers.beside(self._tokens.bytes_used)
        named = NamedStrings(self._surfaces, self._table)
        del self._table, self._surfaces  # they take much, and nobody needs them any more
        ordering = workers.start(partial(Vocabulary.of, named))
        order = self._order()
        parts = SegmentParts(len(order), *self._write_columns(order))
        self._write_identity(order)
        if self.memory >= _LARGE:
            trim()
        vocabulary = ordering()
        del named, ordering
        ends, zones = memoryview(self._ends), len(self._groups)
        inversion = Inversion(self._tokens, ends, zones, memoryview(order), vocabulary, workers)
        inversion.sort()
        if self._intake.dead:
            _unlink(vocabulary, inversion.counts)
        return write_segment(self._writer, self._schema, parts, vocabulary, inversion, workers)

    # Of what the next two write nothing is kept: to sort the tokens takes more memory than all else.

    def _write_columns(self, order: array[int]) -> tuple[tuple[str, ...], KeywordTerms]:
        """Writes the columns; returns their names, and the terms of keywords."""
        keywords = KeywordTerms(analyzer_for(None))
        written: list[str] = []
        self._keyword_values = KeywordValues()
        for name, column in self._columns(order):
            field = self._schema.fields[name]
            if isinstance(field, Keyword):
                keywords.add(name, field.parts, column)
            elif isinstance(field, Bool):
                keywords.add(name, False, [_bool_values(value) for value in column])
            pack_column(field, column).write(self._writer, f"c{len(written)}")
            written.append(name)
        keywords.forget_values()
        return tuple(written), keywords

    def _write_identity(self, order: array[int]) -> None:
        """Writes who the documents are."""
        ids: list[str] = [""] * len(self._dates)
        for id, number in self._intake.ids.items():
            ids[number] = id
        write_identity(
            self._writer,
            pack_strings([ids[number] for number in order]),
            (self._addresses[number] for number in order),
            (self._sequence + number for number in order),
        )
        self._intake.ids.clear()
        del self._dates, self._addresses

    def _columns(self, order: array[int]) -> Iterator[tuple[str, list[Any]]]:
        """The fields that have a column, and their values in final order; None for a missing one."""
        for name in self._short:
            yield name, self._texts.pop(name).ordered(order)
        for name in self._schema.fields:
            if name == self._schema.date:
                dates = (self._dates[number] for number in order)
                yield name, [None if date == MISSING_INTEGER else date for date in dates]
            elif name in self._values:
                yield name, _ordered(self._values.pop(name), order)

    def _order(self) -> array[int]:
        alive = [number for number in range(len(self._dates)) if number not in self._intake.dead]
        alive.sort(key=self._dates.__getitem__)
        return array("I", alive)


def _ordered(column: list[Any], order: array[int]) -> list[Any]:
    """The values of a column that may end early, in final order."""
    if not column:
        return [None] * len(order)
    column += [None] * (max(order, default=-1) + 1 - len(column))
    return [column[number] for number in order]


def _unlink(vocabulary: Vocabulary, counts: Sequence[int]) -> None:
    """Takes from each form the terms that only replaced or discarded documents had."""
    targets, more = vocabulary.targets, vocabulary.more
    for key, target in enumerate(targets):
        if target:
            alive = sorted(term for term in {target - 1, *more.pop(key, ())} if counts[term])
            targets[key] = alive[0] + 1 if alive else 0
            if alive[1:]:
                more[key] = set(alive[1:])


def _bool_values(value: bool | None) -> tuple[str, ...]:
    return () if value is None else ("true" if value else "false",)
