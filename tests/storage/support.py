"""Small indexes for the tests of storage: segments whose bytes say what they should be."""

from __future__ import annotations

import os
import random
from dataclasses import replace
from pathlib import Path

import pytest

from searchkit.storage import Manifest, SegmentEntry, Store, create, new_file

SCHEMA = {"fields": ["title", "body"]}


def with_the_same_names(patch: pytest.MonkeyPatch) -> None:
    """Indexes and files made from now on have the identifiers that those of any other such sequence have."""
    identifiers = random.Random(5)
    for module in (create, new_file):
        patch.setattr(module, "new_identifier", lambda: identifiers.randbytes(16).hex())


def new_store(folder: Path) -> Store:
    return Store.create(folder, schema=SCHEMA, settings={"language": "english"})


def new_segment(store: Store, data: bytes) -> SegmentEntry:
    """A finished segment file; the lock is held."""
    with store.new_file(".seg") as file:
        file.write(data)
        return SegmentEntry(file.id, file.finish(), None, documents=3, live=2, length=len(data))


def put(store: Store, *contents: bytes) -> Manifest:
    """Commit a generation that has just these segments; the lock is held."""
    segments = tuple(new_segment(store, data) for data in contents)
    current = store.current()
    return store.commit(replace(current, segments=segments, next_sequence=current.next_sequence + 1))


def commit(store: Store, *contents: bytes) -> Manifest:
    """Take the lock, commit a generation that has just these segments, free the lock."""
    with store.writer_lock():
        return put(store, *contents)


def contents(store: Store) -> list[bytes]:
    """The bytes of the current generation's segments, as a fresh snapshot shows them."""
    with store.snapshot() as snapshot:
        return [bytes(snapshot.file(segment.file.name).view) for segment in snapshot.manifest.segments]


def names(folder: Path) -> set[str]:
    return set(os.listdir(folder))


def segment_names(folder: Path) -> set[str]:
    return {name for name in names(folder) if name.endswith(".seg")}
