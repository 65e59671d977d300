"""The reading side of an index on disk: from a manifest to a snapshot that can be searched."""

from __future__ import annotations

import os
from threading import Lock

from searchkit.errors import IndexNotFound
from searchkit.schema import Schema
from searchkit.search.parts import SegmentPart
from searchkit.search.scoring import Scoring
from searchkit.search.snapshot import Snapshot
from searchkit.segment.container import Container
from searchkit.segment.segment import Segment
from searchkit.storage import SegmentEntry, Store, StoreSnapshot

__all__ = ["DELETES", "LIVE", "Reader", "open_store", "read_live"]

DELETES = 2
"""The kind of a container that holds the deletes of a segment."""
LIVE = "live"


def open_store(path: str | os.PathLike[str]) -> Store:
    """The files of the index in a folder. Raises `IndexNotFound` where there is none."""
    if not Store.exists(path):
        raise IndexNotFound(f"{os.fspath(path)}: there is no index")
    return Store.open(path)


class Reader:
    """Gives the newest snapshot of a store; opened segments are shared from one snapshot to the next.

    known: the schema that the program opened the index with, for filters, of which an index has but the names; None
    for reading without a word of text being analysed.
    """

    def __init__(self, store: Store, known: Schema | None) -> None:
        self._store, self._known = store, known
        self._lock = Lock()
        self._snapshot: Snapshot | None = None
        self._segments: dict[str, Segment] = {}

    def snapshot(self) -> Snapshot:
        """The snapshot of the newest generation; the same one until there is a newer."""
        held = self._snapshot
        if held is not None and held.generation == self._store.current().generation:
            return held
        with self._lock:
            held = self._snapshot
            if held is None or held.generation != self._store.current().generation:
                held = self._snapshot = self._open()
            return held

    def _open(self) -> Snapshot:
        files = self._store.snapshot()
        manifest = files.manifest
        schema = Schema.from_dict(manifest.schema)
        if self._known is not None:
            schema = schema.bound(self._known)
        scoring = Scoring(
            schema, sum(entry.live for entry in manifest.segments), sum(entry.length for entry in manifest.segments)
        )
        segments = {entry.id: self._segment(entry, files, schema) for entry in manifest.segments}
        self._segments = segments
        parts = [
            SegmentPart(segments[entry.id], read_live(entry, files, self._store.path), entry.live, scoring)
            for entry in manifest.segments
        ]
        return Snapshot(schema, manifest.generation, parts, scoring, files)

    def _segment(self, entry: SegmentEntry, files: StoreSnapshot, schema: Schema) -> Segment:
        known = self._segments.get(entry.id)
        if known is not None and known.schema == schema:
            return known
        mapped = files.file(entry.file.name)
        segment = Segment(mapped.view, mapped.path, schema)
        if segment.documents != entry.documents:
            raise segment.container.corrupt("it has another number of documents than the manifest says")
        return segment


def read_live(entry: SegmentEntry, files: StoreSnapshot, folder: str) -> memoryview:
    """The bitmap of a segment's live documents; empty where none is deleted."""
    if entry.deletes is None:
        return memoryview(b"")
    mapped = files.file(entry.deletes.name)
    container = Container(mapped.view, mapped.path, DELETES)
    return container.typed(LIVE, "B", (entry.documents + 4095) // 4096 * 512)
