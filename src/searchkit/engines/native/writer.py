"""The writer: everything it is told becomes one commit, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from types import TracebackType
from typing import Any, Literal

from searchkit.arguments import identifier, instance
from searchkit.background import Workers
from searchkit.dataclasses import replace
from searchkit.engines.native.arguments import check_articles
from searchkit.engines.native.exact import exact_plan
from searchkit.engines.native.pending import PendingSegment, snapshot_of
from searchkit.engines.native.reading import DELETES, LIVE, read_live
from searchkit.engines.native.understanding import Understanding
from searchkit.engines.native.updating import changed, stored_document
from searchkit.errors import DocumentError, DocumentNotFound, IndexClosed, ReadFailed, SchemaMismatch, WriterDead
from searchkit.indexing.builder import SegmentBuilder
from searchkit.indexing.merging import merge_segments
from searchkit.indexing.policy import choose_merges
from searchkit.kernels.intake import FULL, NONE_LEFT
from searchkit.limits import DEFAULT_LIMITS
from searchkit.query.moments import When
from searchkit.query.nodes import Node
from searchkit.schema import Schema
from searchkit.schema.coerce import Coercer
from searchkit.schema.document import Document
from searchkit.search.bitmaps import numbers_of
from searchkit.search.matching import match_plan
from searchkit.segment.columns import PackedStrings, pack_strings
from searchkit.segment.container import ContainerWriter
from searchkit.segment.identifiers import ABSENT
from searchkit.segment.segment import Segment
from searchkit.storage import FileEntry, Manifest, SegmentEntry, Store, map_file
from searchkit.storage.new_file import NewFile

__all__ = ["MEMORY", "Writer"]

MEMORY = 256 << 20
"""How many bytes of documents are gathered before they become a segment."""
_MANY = 1 << 12
"""So many ids are looked up all over the pages of a segment's ids; fewer need few of them."""


class Writer:
    """Adds and deletes documents; commits at the end of `with`, rolls back where its body raised.

    Only one writer of an index exists at a time. Adding an id that exists replaces its document. Nothing is visible to
    searches before the commit.

    tune: whether the weights, k1 and b of `schema` become those of the index. understanding: of the queries by which
    documents are deleted. workers: how many threads index, this one among them; by default one a processor, four at
    most. What is written is the same, to the byte.
    """

    def __init__(
        self,
        store: Store,
        schema: Schema,
        *,
        timeout: float,
        memory: int = MEMORY,
        tune: bool = False,
        understanding: Understanding | None = None,
        workers: int | None = None,
    ) -> None:
        self._store, self._schema, self._memory = store, schema, memory
        self._understanding = understanding or Understanding(DEFAULT_LIMITS, None, None)
        self._workers = Workers(workers)
        self._session = store.writer_lock(timeout)
        self._closed = False
        self._builder: SegmentBuilder | None = None
        self._file: NewFile | None = None
        try:
            self._manifest = store.current()
            self._schema = _newest(Schema.from_dict(self._manifest.schema), schema, tune).bound(schema)
            self._coercer = Coercer(self._schema)
            self._files = store.snapshot()
            self._segments = [self._pending(entry) for entry in self._manifest.segments]
        except BaseException:
            self.rollback()
            raise
        self._sequence = self._manifest.next_sequence
        self._attachments: dict[str, bytes | None] = {}
        self._updated: dict[str, Document] = {}
        # Of builders that are done.
        self._added = self._replaced = 0
        self._position = 0
        self.removed = 0

    def _pending(self, entry: SegmentEntry) -> PendingSegment:
        mapped = self._files.file(entry.file.name)
        segment = Segment(mapped.view, mapped.path, self._schema)
        return PendingSegment(entry, segment, read_live(entry, self._files, self._store.path))

    @property
    def added(self) -> int:
        """How many documents were added so far."""
        return self._added + (0 if self._builder is None else self._builder.added)

    @property
    def replaced(self) -> int:
        """How many documents were replaced so far, by a later one of the same id."""
        return self._replaced + (0 if self._builder is None else self._builder.replaced)

    def add(self, article: object) -> None:
        """Adds an article: a mapping, a dataclass, any object with attributes.

        Raises `DocumentError` for one that cannot be indexed; the writer goes on, and what was added before stands.
        """
        self._check()
        builder = self._builder
        if builder is not None and not self._updated and builder.add_plain(article):
            self._flush_if_full(builder)
        else:
            position = self._position + (0 if builder is None else builder.plain)
            self._position += 1
            self.add_document(self._coercer.coerce(article, position))

    def add_all(
        self,
        articles: Iterable[object],
        *,
        on_error: Literal["report", "raise"] = "report",
        progress: Callable[[int], None] | None = None,
    ) -> list[DocumentError]:
        """Adds many articles, quicker than `add` does one by one; returns what was wrong with those that cannot be
        indexed. Their positions count all articles that this writer was given.

        Arguments and errors as for `Index.add`. Each article is looked at before the next one is asked for, and what
        makes them may use this writer, too. Where something is raised, what was added before stands.
        """
        check_articles(articles, on_error, progress)
        self._check()
        rejected = []
        left = iter(articles) if progress is None else _reported(articles, progress)
        while (article := self._add_plain(left)) is not NONE_LEFT:
            try:
                if isinstance(article, DocumentError):
                    self._position += 1
                    raise article
                self.add(article)
            except DocumentError as error:
                if on_error == "raise":
                    raise
                rejected.append(error)
        return rejected

    def _add_plain(self, articles: Iterator[object]) -> object:
        """Adds articles as long as they are plain; returns the first that is not, or `NONE_LEFT`."""
        found = FULL
        while found is FULL:
            builder = self._builder
            if builder is None or self._updated:
                return next(articles, NONE_LEFT)
            found = builder.add_all(articles, self._memory)
            if builder is self._builder:
                self._flush_if_full(builder)
        return found

    def add_document(self, document: Document) -> None:
        """Adds a document that was made from an article before."""
        builder = self._builder
        if builder is None:
            builder = self._begin()
        if self._updated:
            self._updated.pop(document.id, None)
        builder.add(document)
        self._flush_if_full(builder)

    def _flush_if_full(self, builder: SegmentBuilder) -> None:
        """Makes a segment where memory is full."""
        if builder.memory > self._memory:
            self._flush()

    def delete(self, id: str) -> bool:
        """Deletes the document with an id; False where there is none."""
        self._check()
        id = identifier(id)
        self._updated.pop(id, None)
        with self._whole():
            found = self._builder is not None and self._builder.discard(id)
            for pending in self._segments:
                document = pending.segment.identity.table.find(id)
                if document is not None:
                    found |= pending.delete([document]) > 0
            self.removed += found
        return found

    def delete_where(
        self,
        query: str | Node,
        *,
        since: When = None,
        until: When = None,
        selected: Mapping[str, Any] | None = None,
    ) -> int:
        """Deletes all documents that a query matches; returns how many.

        What this writer has added, changed or deleted before counts as if it were committed. Arguments and errors as
        for `Index.delete_where`.
        """
        self._check()
        self._flush()
        snapshot = snapshot_of(self._segments, self._schema, self._files)
        plan = exact_plan(snapshot, self._understanding, query, since=since, until=until, selected=selected)
        matched = match_plan(snapshot, plan)
        deleted = 0
        with self._whole():
            for pending, one in zip(self._segments, matched, strict=True):
                deleted += pending.delete(numbers_of(one.bitmap))
            self.removed += deleted
        return deleted

    def update(self, id: str, fields: Mapping[str, Any]) -> None:
        """Changes some fields of the document with an id; the others keep their values.

        What this writer has added, changed or deleted before counts as if it were committed. Arguments and errors as
        for `Index.update`; where it raises, the document stays as it is, and the writer goes on.
        """
        self._check()
        id = identifier(id)
        document = changed(self._held(id), fields, self._schema, self._coercer)
        self.add_document(document)
        if self._builder is not None:
            # Where it is changed again, it need not be read back from a segment; what is added takes note of it.
            self._updated[id] = document
            self._builder.close()

    def _held(self, id: str) -> Document:
        """The document with an id as it is by now."""
        found = self._updated.get(id)
        if found is not None:
            return found
        if self._builder is not None and id in self._builder:
            self._flush()
        for pending in self._segments:
            number = pending.segment.identity.table.find(id)
            if number is not None and pending.is_live(number):
                return stored_document(pending.segment, number)
        raise DocumentNotFound(id)

    def set_attachment(self, name: str, data: bytes | None) -> None:
        """Keeps some bytes with the index, under a name, as part of the commit; None takes them away."""
        self._check()
        instance("name", name, str, "a str")
        instance("data", data, bytes | bytearray | memoryview | None, "bytes or None")
        self._attachments[name] = data

    def merge(self) -> None:
        """Merges all segments into one at the commit."""
        self._check()
        self._flush()
        if len(self._segments) > 1 or any(pending.live for pending in self._segments):
            self._merge(self._segments)

    def commit(self) -> int:
        """Makes everything since the last commit visible and durable at once; returns the generation. The writer is
        done.
        """
        try:
            self._check()
            self._flush()
            segments = self._segments
            for group in choose_merges([(pending.documents, pending.entry.documents) for pending in segments]):
                self._merge([segments[number] for number in group])
            manifest = self._new_manifest()
            if manifest is not self._manifest:
                manifest = self._store.commit(manifest)
        finally:
            self._end()
        return manifest.generation

    def rollback(self) -> None:
        """Forgets everything since the last commit. The writer is done."""
        if not self._closed:
            self._end()

    def __enter__(self) -> Writer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._closed:
            return
        if kind is None:
            self.commit()
        else:
            self.rollback()

    def _check(self) -> None:
        if self._closed:
            raise IndexClosed("this writer has committed or rolled back: open a new one")
        if self._builder is not None and self._builder.is_torn:
            self._session.fail("documents were taken in by half")
        if not self._session.alive:
            raise WriterDead("this writer failed before; the index stands at its last commit: open a new writer")

    def _end(self) -> None:
        self._closed = True
        try:
            self._leave_builder()
            self._workers.close()
        finally:
            self._session.release()

    def _begin(self) -> SegmentBuilder:
        self._file = self._store.new_file(".seg")
        self._builder = SegmentBuilder(
            self._schema,
            self._coercer,
            self._file,
            bytes.fromhex(self._manifest.index_id),
            bytes.fromhex(self._file.id),
            self._sequence,
            self._workers,
        )
        return self._builder

    def _flush(self) -> None:
        """Makes a segment of the documents in memory; what they replace in older segments is deleted there."""
        with self._whole():
            builder, file = self._builder, self._file
            self._file = None
            self._leave_builder()
            self._updated.clear()
            if builder is None or file is None:
                return
            self._sequence += builder.added
            if not len(builder):
                file.abandon()
                return
            self._delete_older(pack_strings(builder.ids))
            written = builder.finish()
            self._segments.append(self._finish(file, written.documents, written.length))

    @contextmanager
    def _whole(self) -> Iterator[None]:
        """Ends the writer where something is raised: what is done by half must not be committed."""
        try:
            yield
        except BaseException as error:
            self._session.fail(f"it was stopped by {type(error).__name__}")
            raise

    def _delete_older(self, ids: PackedStrings) -> None:
        """Deletes the documents of these ids in the segments that are there. What is looked at for many is scattered
        over all their ids: memory would grow with the index if it were kept. What few need is left to readers of this
        process, who may need it, too.
        """
        for pending in self._segments:
            found = pending.segment.identity.table.find_many(ids)
            self._replaced += pending.delete([document for document in found if document != ABSENT])
            if len(found) >= _MANY:
                pending.segment.identity.forget_ids()

    def _leave_builder(self) -> None:
        """Counts what the builder has, which gets no more documents."""
        builder, self._builder = self._builder, None
        if builder is not None:
            builder.close()
            self._added += builder.added
            self._replaced += builder.replaced
            self._position += builder.plain

    def _finish(self, file: NewFile, documents: int, length: int) -> PendingSegment:
        entry = file.finish()
        try:
            segment = self._mapped(entry)
        except FileNotFoundError as error:
            raise self._session.failed(f"{self._store.path}/{entry.name}", error) from error
        return PendingSegment(SegmentEntry(file.id, entry, None, documents, documents, length), segment, b"")

    def _alone(self, pending: PendingSegment) -> Segment:
        """The segment in a map that nobody else reads, as merging wants it."""
        try:
            return self._mapped(pending.entry.file)
        except (FileNotFoundError, ReadFailed):
            # Somebody removed the file, or there is no room for another map.
            return pending.segment

    def _mapped(self, entry: FileEntry) -> Segment:
        """The segment in a file, in a map of its own."""
        mapped = map_file(f"{self._store.path}/{entry.name}", entry)
        return Segment(mapped.view, mapped.path, self._schema)

    def _merge(self, group: list[PendingSegment]) -> None:
        """Puts one segment in the place of several; of documents that are deleted nothing is kept."""
        merged: list[PendingSegment] = []
        if sum(pending.documents for pending in group):
            with self._store.new_file(".seg") as file, closing(self._store.scratch_file()) as scratch:
                sources = [(self._alone(pending), pending.live) for pending in group]
                names = bytes.fromhex(self._manifest.index_id), bytes.fromhex(file.id)
                written = merge_segments(self._schema, sources, file, *names, self._workers, scratch)
                merged.append(self._finish(file, written.documents, written.length))
        place = min(map(self._segments.index, group))
        kept = [pending for pending in self._segments if pending not in group]
        self._segments = kept[:place] + merged + kept[place:]

    def _new_manifest(self) -> Manifest:
        segments = tuple(pending.committed(self._write_deletes(pending)) for pending in self._segments)
        attachments = dict(self._manifest.attachments)
        for name, data in self._attachments.items():
            attachments.pop(name, None)
            if data is not None:
                attachments[name] = self._write_attachment(data)
        schema = self._schema.to_dict()
        if (segments, schema, attachments) == (
            self._manifest.segments,
            self._manifest.schema,
            self._manifest.attachments,
        ):
            return self._manifest
        return replace(
            self._manifest, segments=segments, schema=schema, attachments=attachments, next_sequence=self._sequence
        )

    def _write_deletes(self, pending: PendingSegment) -> FileEntry | None:
        if not pending.changed:
            return None
        file = self._store.new_file(".del")
        writer = ContainerWriter(file, bytes.fromhex(self._manifest.index_id), bytes.fromhex(pending.entry.id), DELETES)
        writer.add(LIVE, pending.live)
        writer.finish()
        return file.finish()

    def _write_attachment(self, data: bytes) -> FileEntry:
        file = self._store.new_file(".att")
        file.write(data)
        return file.finish()


def _reported(articles: Iterable[object], progress: Callable[[int], None]) -> Iterator[object]:
    """The articles; how many were read is told after each."""
    for number, article in enumerate(articles, 1):
        yield article
        progress(number)


def _newest(held: Schema, wanted: Schema, tune: bool) -> Schema:
    """The schema of a commit: the one that has fields added to the other.

    held: what the index has by now, since others may have added fields; wanted: what the program knows.
    """
    grown = held if held.extends(wanted) else wanted
    if not grown.extends(held):
        raise SchemaMismatch(held.differences(wanted))
    return grown.tuned_as(wanted if tune else held)
