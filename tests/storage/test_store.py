"""The store from outside: create, open, commit, look again."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from searchkit.errors import (
    CorruptIndex,
    IndexExists,
    IndexNotFound,
    LockTimeout,
    StorageError,
    WriteFailed,
    WriterDead,
)
from searchkit.storage import FileEntry, FileSystem, Store
from tests.storage.support import SCHEMA, commit, contents, names, new_segment, new_store, put


def test_a_new_index_is_empty_and_at_generation_one(tmp_path: Path) -> None:
    folder = tmp_path / "some" / "new" / "folder"
    assert not Store.exists(folder)
    manifest = new_store(folder).current()
    assert Store.exists(folder)
    assert (manifest.generation, manifest.schema, manifest.settings) == (1, SCHEMA, {"language": "english"})
    assert (manifest.segments, manifest.attachments, manifest.next_sequence) == ((), {}, 0)
    assert names(folder) == {"lock", "manifest-1"}


def test_two_indexes_have_different_identifiers(tmp_path: Path) -> None:
    first, second = (new_store(tmp_path / name).current().index_id for name in ("a", "b"))
    assert first != second


def test_an_index_is_not_created_over_another(tmp_path: Path) -> None:
    new_store(tmp_path)
    with pytest.raises(IndexExists):
        new_store(tmp_path)


def test_notes_and_hidden_files_are_no_obstacle_and_stay(tmp_path: Path) -> None:
    tolerated = {"README.md", ".gitignore", "lock", "0123456789abcdef" * 2 + ".tmp"}
    for name in tolerated:
        (tmp_path / name).write_text("kept")
    store = new_store(tmp_path)
    commit(store, b"a")
    assert {"README.md", ".gitignore"} < names(tmp_path)
    assert (tmp_path / "README.md").read_text() == "kept"


@pytest.mark.parametrize("name", ["article.md", "manifest-1.txt", "manifest-0", "0123456789abcdef" * 2 + ".seg"])
def test_a_folder_with_other_files_is_not_taken(tmp_path: Path, name: str) -> None:
    (tmp_path / name).touch()
    (tmp_path / "zebra").touch()
    with pytest.raises(StorageError, match="and 1 more"):
        new_store(tmp_path)
    assert names(tmp_path) == {name, "zebra"}


def test_a_file_is_not_taken_for_a_folder(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("x")
    with pytest.raises(IndexNotFound, match="not a folder"):
        new_store(path)
    with pytest.raises(WriteFailed, match="Not a directory"):
        new_store(path / "below")
    with pytest.raises(IndexNotFound, match="not a folder"):
        Store.open(path)
    assert not Store.exists(path)


def test_a_folder_that_another_process_makes_first_is_used(tmp_path: Path) -> None:
    class Overtaken(FileSystem):
        def make_directory(self, folder: str) -> None:
            super().make_directory(folder)
            super().make_directory(folder)

    store = Store.create(tmp_path / "index", schema=SCHEMA, file_system=Overtaken())
    assert store.current().generation == 1


def test_a_parent_that_may_not_be_read_is_no_obstacle(tmp_path: Path) -> None:
    class Private(FileSystem):
        def sync_directory(self, folder: str) -> None:
            if folder == str(tmp_path):
                raise PermissionError(13, "Permission denied")
            super().sync_directory(folder)

    store = Store.create(tmp_path / "index", schema=SCHEMA, file_system=Private())
    assert commit(store, b"x").generation == 2


def test_opening_what_is_no_index_says_so(tmp_path: Path) -> None:
    with pytest.raises(IndexNotFound, match="no such folder"):
        Store.open(tmp_path / "missing")
    (tmp_path / "README.md").touch()
    (tmp_path / "lock").touch()
    with pytest.raises(IndexNotFound, match="not an index"):
        Store.open(tmp_path)
    with pytest.raises(IndexNotFound):
        Store.recover(tmp_path)
    (tmp_path / ("0123456789abcdef" * 2 + ".seg")).touch()
    with pytest.raises(CorruptIndex, match="no manifest"):
        Store.open(tmp_path)


def test_a_commit_is_seen_by_other_handles(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    other = Store.open(tmp_path)
    committed = commit(store, b"one", b"two")
    assert committed.generation == 2
    assert other.current() == committed == store.current()
    assert contents(other) == [b"one", b"two"]


def test_the_current_manifest_is_the_same_object_until_it_changes(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    other = Store.open(tmp_path)
    assert other.current() is other.current()
    for number in range(7):
        for _ in range(number):
            newest = commit(store, b"x")
        if number:
            assert other.current() == newest
        assert other.current() is other.current()


def test_looking_again_costs_no_listing(tmp_path: Path) -> None:
    class Counting(FileSystem):
        listed = 0

        def list(self, folder: str) -> list[str]:
            self.listed += 1
            return super().list(folder)

    new_store(tmp_path)
    system = Counting()
    store = Store.open(tmp_path, file_system=system)
    before = system.listed
    for _ in range(100):
        store.current()
    assert system.listed == before


def test_attachments_and_deletes_are_files_like_others(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    with store.writer_lock():
        segment = new_segment(store, b"postings")
        with store.new_file(".del") as file:
            file.write(b"\x01")
            segment = replace(segment, deletes=file.finish())
        with store.new_file(".json") as file:
            file.write(b"{}")
            attachment = file.finish()
        store.commit(replace(store.current(), segments=(segment,), attachments={"sources": attachment}))
    assert segment.deletes is not None
    with Store.open(tmp_path).snapshot() as snapshot:
        assert {name: bytes(mapped.view) for name, mapped in snapshot.files.items()} == {
            segment.file.name: b"postings",
            segment.deletes.name: b"\x01",
            attachment.name: b"{}",
        }


def test_a_commit_must_come_from_the_newest_generation(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    stale = store.current()
    with store.writer_lock():
        put(store, b"x")
        with pytest.raises(ValueError, match="derived from generation 1, the newest is 2"):
            store.commit(stale)
        with pytest.raises(ValueError, match="derived"):
            store.commit(replace(store.current(), index_id="0" * 32))


def test_a_commit_names_only_finished_files(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    with store.writer_lock():
        entry = new_segment(store, b"x")
        for wrong in (replace(entry.file, size=2), FileEntry("0" * 32 + ".seg", 0, 0)):
            with pytest.raises(ValueError, match="neither a file of the newest generation"):
                store.commit(replace(store.current(), segments=(replace(entry, file=wrong),)))
        unfinished = store.new_file(".seg")
        with pytest.raises(ValueError, match="nor finished"):
            store.commit(replace(store.current(), attachments={"a": FileEntry(unfinished.name, 0, 0)}))
        store.commit(replace(store.current(), segments=(entry,)))
    assert contents(store) == [b"x"]


@pytest.mark.parametrize("schema", [{"a": float("nan")}, {"a": object()}, {"a": {1, 2}}])
def test_what_json_cannot_hold_is_refused_before_anything_is_written(tmp_path: Path, schema: dict[str, object]) -> None:
    store = new_store(tmp_path)
    with store.writer_lock():
        before = names(tmp_path)
        with pytest.raises(ValueError, match="cannot be written"):
            store.commit(replace(store.current(), schema=schema))
        assert names(tmp_path) == before
        with pytest.raises(ValueError, match="could not be read back: next_sequence"):
            store.commit(replace(store.current(), next_sequence=-1))
        assert put(store, b"x").generation == 2


def test_files_under_way_survive_a_commit_that_does_not_name_them(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    with store.writer_lock():
        merging, waiting = store.new_file(".seg"), new_segment(store, b"waiting")
        merging.write(b"merged")
        put(store, b"x")
        merging.finish()
        store.commit(replace(store.current(), segments=(waiting,)))
    assert contents(store) == [b"waiting"]
    assert merging.name not in names(tmp_path)


def test_an_index_replaced_by_another_is_noticed(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    commit(store, b"x")
    for name in names(tmp_path):
        os.unlink(tmp_path / name)
    with pytest.raises(IndexNotFound):
        store.current()
    other = new_store(tmp_path)
    with pytest.raises(IndexNotFound, match="replaced by another"):
        store.current()
    commit(other, b"y")
    with pytest.raises(IndexNotFound, match="replaced by another"):
        store.writer_lock()
    assert commit(other, b"z").generation == 3


def test_a_deleted_lock_file_ends_the_writer_that_held_it(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    with store.writer_lock():
        os.unlink(tmp_path / "lock")
        with pytest.raises(WriterDead, match="deleted or replaced"):
            put(store, b"x")
    assert commit(store, b"y").generation == 2


def test_a_relative_path_stays_the_same_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    store = new_store(Path("index"))
    monkeypatch.chdir("/")
    commit(store, b"x")
    assert contents(Store.open(tmp_path / "index")) == [b"x"]


def test_closing_frees_the_lock_and_keeps_the_handle_readable(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        session = store.writer_lock()
        assert session.alive
        with pytest.raises(LockTimeout):
            Store.open(tmp_path).writer_lock(timeout=0)
    assert not session.alive
    store.close()
    assert contents(store) == []
    commit(Store.open(tmp_path), b"x")


def test_reading_changes_nothing(tmp_path: Path) -> None:
    class ReadOnly(FileSystem):
        def _refuse(self, *arguments: object) -> None:
            raise AssertionError(f"reading wrote: {arguments}")

        create_exclusive = write = sync = rename = unlink = make_directory = _refuse  # type: ignore[assignment]
        sync_directory = open_lock = try_lock = write_label = _refuse  # type: ignore[assignment]

    commit(new_store(tmp_path), b"x")
    before = {name: os.stat(tmp_path / name).st_mtime_ns for name in names(tmp_path)}
    store = Store.open(tmp_path, file_system=ReadOnly())
    assert contents(store) == [b"x"]
    assert not list(store.verify())
    assert {name: os.stat(tmp_path / name).st_mtime_ns for name in names(tmp_path)} == before
