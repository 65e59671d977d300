"""Several indexes searched as one."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from datetime import datetime
from threading import Lock
from typing import TYPE_CHECKING, Any

from searchkit.engines.native.index import Index
from searchkit.engines.native.reading import Reader
from searchkit.errors import SchemaMismatch
from searchkit.limits import Limits
from searchkit.schema import Schema
from searchkit.search.parts import SegmentPart
from searchkit.search.scoring import Scoring
from searchkit.search.snapshot import Snapshot
from searchkit.storage import Store

if TYPE_CHECKING:
    from searchkit.search.synonyms import Synonyms
    from searchkit.storage.verify import Finding

__all__ = ["SeveralIndexes", "agreed"]


class SeveralIndexes(Index):
    """Indexes that answer as one index would that held all their articles, added in the order of the indexes.

    Made by `searchkit.open` of a list of folders; for reading only. Every search sees the newest commit of each. An id
    that several of them have is that of several articles, all of which are found; `get` gives the one of the index that
    was named last. `SchemaMismatch` is raised where the schemas of the indexes do not agree, or no longer do.
    """

    def __init__(
        self,
        stores: Sequence[Store],
        schema: Schema,
        *,
        limits: Limits,
        now: Callable[[], datetime] | None,
        synonyms: Synonyms | None = None,
    ) -> None:
        super().__init__(stores[0], schema, read_only=True, timeout=0.0, limits=limits, now=now, synonyms=synonyms)
        self._stores = tuple(stores)
        self._readers = [Reader(store, schema) for store in stores]
        self._lock = Lock()
        self._held: tuple[list[Snapshot], Snapshot] | None = None

    @property
    def path(self) -> str:
        """The absolute paths of the folders, joined as those in $PATH are."""
        return os.pathsep.join(self.paths)

    @property
    def paths(self) -> tuple[str, ...]:
        """The absolute paths of the folders."""
        return tuple(store.path for store in self._stores)

    def attachment(self, name: str) -> bytes | None:
        """The bytes that a writer kept under a name, of the last index that has any; or None."""
        self._check_open()
        for store in reversed(self._stores):
            files = store.snapshot()
            entry = files.manifest.attachments.get(name)
            if entry is not None:
                return bytes(files.file(entry.name).view)
        return None

    def info(self) -> dict[str, Any]:
        """What there is to know of them: documents and bytes in all, and under `indexes` what `Index.info` tells of
        each.
        """
        from searchkit.engines.native.describing import describe

        whole = self._snapshot()
        each = [describe(reader.snapshot(), store) for reader, store in zip(self._readers, self._stores, strict=True)]
        return {
            "path": self.path,
            "documents": len(whole),
            "segments": [segment for one in each for segment in one["segments"]],
            "generation": whole.generation,
            "bytes": sum(one["bytes"] for one in each),
            "average_length": round(whole.scoring.average, 1),
            "schema": each[0]["schema"],
            "versions": each[0]["versions"],
            "build": each[0]["build"],
            "indexes": each,
        }

    def check(self) -> list[Finding]:
        """Reads every byte of all of them; an empty list where all is well."""
        from searchkit.engines.native.checking import check

        self._check_open()
        return [finding for store in self._stores for finding in check(store)]

    def close(self) -> None:
        """Lets go of all of them. Results that were given out stay usable."""
        self._closed = True
        for store in self._stores:
            store.close()

    def _snapshot(self) -> Snapshot:
        """The newest snapshots of all as one; the same one until any of them is newer."""
        self._check_open()
        snapshots = [reader.snapshot() for reader in self._readers]
        with self._lock:
            held = self._held
            if held is None or any(map(_is_not, held[0], snapshots)):
                held = self._held = snapshots, _joined(snapshots, self.paths)
            return held[1]


def agreed(schemas: Sequence[Schema], paths: Sequence[str]) -> Schema:
    """The schema that all have; raises `SchemaMismatch` that says which differ from the first, and how."""
    first = schemas[0]
    for schema, path in zip(schemas[1:], paths[1:], strict=True):
        if differences := first.differences(schema):
            raise SchemaMismatch([f"of {path} beside {paths[0]}: {one}" for one in differences])
        if schema.texts != first.texts:
            orders = f"{', '.join(first.texts)} in {paths[0]}, {', '.join(schema.texts)} in {path}"
            raise SchemaMismatch([f"text fields come in another order: {orders}"])
    return first


def _joined(snapshots: Sequence[Snapshot], paths: Sequence[str]) -> Snapshot:
    """One snapshot with the segments of several, and one set of statistics."""
    schema = agreed([snapshot.schema for snapshot in snapshots], paths)
    documents = sum(snapshot.scoring.documents for snapshot in snapshots)
    scoring = Scoring(schema, documents, sum(snapshot.scoring.length for snapshot in snapshots))
    parts = [
        SegmentPart(part.segment, part.live, part.documents, scoring, number)
        for number, snapshot in enumerate(snapshots)
        for part in snapshot.parts
    ]
    return Snapshot(schema, sum(snapshot.generation for snapshot in snapshots), parts, scoring, snapshots)


def _is_not(held: Snapshot, newest: Snapshot) -> bool:
    return held is not newest
