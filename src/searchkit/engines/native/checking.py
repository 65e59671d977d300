"""Checks an index: every checksum, and every structure that searches rely on."""

from __future__ import annotations

from collections.abc import Iterator

from searchkit.engines.native.reading import read_live
from searchkit.errors import SearchkitError
from searchkit.schema import Schema
from searchkit.segment.checking import structure
from searchkit.segment.segment import Segment
from searchkit.storage import Finding, Store

__all__ = ["check"]


def check(store: Store) -> Iterator[Finding]:
    """Yields what is wrong with the files of the newest generation; nothing where all is well."""
    found = list(store.verify())
    yield from found
    damaged = {finding.path for finding in found}
    snapshot = store.snapshot()
    schema = Schema.from_dict(snapshot.manifest.schema)
    for entry in snapshot.manifest.segments:
        mapped = snapshot.file(entry.file.name)
        if mapped.path in damaged:
            continue
        try:
            segment = Segment(mapped.view, mapped.path, schema)
            live = read_live(entry, snapshot, store.path)
            yield from (Finding(mapped.path, reason) for reason in structure(segment, live, entry.live, entry.length))
        except SearchkitError as error:
            yield Finding(mapped.path, getattr(error, "reason", str(error)))
