"""Every call to the operating system fails in its turn; the index shows the old state or the new one, and goes on."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from searchkit.errors import CommitUncertain, IndexNotFound, StorageError, WriteFailed
from searchkit.storage import FileSystem, Store
from tests.faults.faulty import FaultyFileSystem
from tests.storage.support import SCHEMA, commit, contents, names, new_segment, new_store

OLD = [b"old one", b"old two"]
NEW = [b"old two", b"new" * 40_000, b"new two"]

WAYS = pytest.mark.parametrize("late", [False, True], ids=["undone", "done"])
SPANS = pytest.mark.parametrize("persistent", [False, True], ids=["once", "persistent"])
ERRORS = pytest.mark.parametrize("error", [errno.ENOSPC, errno.EIO], ids=["full", "broken"])


@dataclass
class Outcome:
    """What a piece of work came to: did it acknowledge its commit, and what did it raise?"""

    acknowledged: bool = False
    error: StorageError | None = None


def write(folder: Path, system: FileSystem) -> Outcome:
    """Replace the first segment and add two others."""
    outcome = Outcome()
    try:
        store = Store.open(folder, file_system=system)
        with store.writer_lock(timeout=0):
            added = tuple(new_segment(store, data) for data in NEW[1:])
            store.commit(replace(store.current(), segments=store.current().segments[1:] + added))
            outcome.acknowledged = True
    except StorageError as error:
        outcome.error = error
    return outcome


def prepare(folder: Path) -> None:
    store = new_store(folder)
    commit(store, b"older")
    commit(store, *OLD)


def until_nothing_fails(prepared: Path, attempt: Callable[[Path, int], bool], at_least: int) -> None:
    """Make the attempts number 0, 1, 2 …, each on its own copy of the folder, until one says that no call failed."""
    for number in range(1000):
        copy = prepared.parent / "copy"
        shutil.copytree(prepared, copy)
        if not attempt(copy, number):
            assert number >= at_least
            return
        shutil.rmtree(copy)
    raise AssertionError("the work never succeeds")


def whole(folder: Path) -> list[bytes]:
    """The contents of an index that must be whole, take further commits and clean up."""
    store = Store.open(folder)
    assert list(store.verify()) == []
    found = contents(store)
    for _ in range(2):
        commit(store, b"after")
    assert len(names(folder)) == 5, names(folder)
    return found


@WAYS
@SPANS
@ERRORS
def test_a_commit_happens_or_it_does_not(tmp_path: Path, error: int, persistent: bool, late: bool) -> None:
    def attempt(folder: Path, number: int) -> bool:
        system = FaultyFileSystem(number, error, persistent=persistent, late=late)
        outcome = write(folder, system)
        found = whole(folder)
        if outcome.acknowledged:
            assert found == NEW
        elif isinstance(outcome.error, CommitUncertain):
            assert found in (OLD, NEW)
        else:
            assert found == OLD
            assert str(folder) in str(outcome.error)
        return system.failed

    prepare(tmp_path / "prepared")
    until_nothing_fails(tmp_path / "prepared", attempt, at_least=30)


@pytest.mark.parametrize("call", ["create_exclusive", "write", "sync", "sync_directory", "rename", "close"])
def test_a_failed_write_leaves_nothing_new_behind(tmp_path: Path, call: str) -> None:
    def attempt(folder: Path, number: int) -> bool:
        before = names(folder)
        system = FaultyFileSystem(number, errno.ENOSPC, only=frozenset({call}))
        outcome = write(folder, system)
        if isinstance(outcome.error, WriteFailed):
            assert outcome.error.reason == "No space left on device"
            assert isinstance(outcome.error.__cause__, OSError)
            assert names(folder) == before
        return system.failed

    prepare(tmp_path / "prepared")
    until_nothing_fails(tmp_path / "prepared", attempt, at_least=1)


@WAYS
@SPANS
def test_creating_leaves_a_whole_index_or_none(tmp_path: Path, persistent: bool, late: bool) -> None:
    def attempt(folder: Path, number: int) -> bool:
        system = FaultyFileSystem(number, errno.ENOSPC, persistent=persistent, late=late)
        index = folder / "some" / "index"
        try:
            Store.create(index, schema=SCHEMA, timeout=0, file_system=system)
        except StorageError:
            if not Store.exists(index):
                with pytest.raises(IndexNotFound):
                    Store.open(index)
                new_store(index)
        assert Store.open(index).current().generation == 1
        whole(index)
        return system.failed

    (tmp_path / "prepared").mkdir()
    until_nothing_fails(tmp_path / "prepared", attempt, at_least=10)


@WAYS
@SPANS
def test_recovering_recovers_or_can_be_asked_again(tmp_path: Path, persistent: bool, late: bool) -> None:
    def attempt(folder: Path, number: int) -> bool:
        system = FaultyFileSystem(number, errno.EIO, persistent=persistent, late=late)
        try:
            Store.recover(folder, timeout=0, file_system=system)
        except StorageError:
            Store.recover(folder)
        assert whole(folder) in ([b"older"], OLD)
        return system.failed

    prepare(tmp_path / "prepared")
    (tmp_path / "prepared" / "manifest-3").write_bytes(b"damaged")
    until_nothing_fails(tmp_path / "prepared", attempt, at_least=20)


@SPANS
def test_reading_gives_a_typed_error_or_the_whole_truth(tmp_path: Path, persistent: bool) -> None:
    def attempt(folder: Path, number: int) -> bool:
        system = FaultyFileSystem(number, errno.EIO, persistent=persistent)
        found, findings, reason = OLD, [], ""
        try:
            store = Store.open(folder, file_system=system)
            found, findings = contents(store), list(store.verify())
        except StorageError as error:
            reason = str(error)
        assert found == OLD
        assert all("Input/output error" in text for text in [reason, *(it.reason for it in findings)] if text)
        assert system.failed == bool(reason or findings)
        return system.failed

    prepare(tmp_path / "prepared")
    until_nothing_fails(tmp_path / "prepared", attempt, at_least=15)
