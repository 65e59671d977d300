"""Checks an index: every checksum, and every structure that searches rely on."""

from __future__ import annotations

import os
from collections.abc import Iterator

from searchkit.engines.native.reading import open_store, read_live
from searchkit.errors import SearchkitError
from searchkit.schema import Schema
from searchkit.segment.checking import structure
from searchkit.segment.segment import Segment
from searchkit.storage import SegmentEntry, Store, StoreSnapshot
from searchkit.storage.verify import Finding

__all__ = ["check", "check_folder"]


def check_folder(path: str) -> list[Finding]:
    """Checks the index in a folder, for which its filters need not be known. Raises `IndexNotFound`."""
    store = open_store(path)
    try:
        return list(check(store))
    finally:
        store.close()


def check(store: Store) -> Iterator[Finding]:
    """Yields what is wrong with the files of the newest generation; nothing where all is well.

    A file that is not what was written is one finding, and the others are checked all the same.
    """
    found = list(store.verify())
    yield from found
    damaged = {os.path.basename(finding.path) for finding in found}
    snapshot = store.snapshot(leave_out=damaged)
    schema = Schema.from_dict(snapshot.manifest.schema)
    for entry in snapshot.manifest.segments:
        needed = {file.name for file in (entry.file, entry.deletes) if file is not None}
        if damaged.isdisjoint(needed):
            yield from _check_segment(entry, snapshot, schema, store.path)


def _check_segment(entry: SegmentEntry, snapshot: StoreSnapshot, schema: Schema, folder: str) -> Iterator[Finding]:
    mapped = snapshot.file(entry.file.name)
    try:
        segment = Segment(mapped.view, mapped.path, schema)
        live = read_live(entry, snapshot, folder)
        yield from (Finding(mapped.path, reason) for reason in structure(segment, live, entry.live, entry.length))
    except SearchkitError as error:
        yield Finding(mapped.path, getattr(error, "reason", str(error)))
