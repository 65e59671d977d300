"""Snapshots: one generation for ever, whoever writes meanwhile."""

from __future__ import annotations

import gc
import os
import threading
from pathlib import Path

import pytest

from searchkit.errors import CorruptIndex
from searchkit.storage import FileEntry, FileSystem, Store
from tests.storage.support import commit, contents, new_store, segment_names


def test_a_snapshot_stays_at_its_generation(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    commit(store, b"old")
    with store.snapshot() as snapshot:
        for number in range(5):
            commit(store, b"new %d" % number)
        (segment,) = snapshot.manifest.segments
        assert snapshot.manifest.generation == 2
        assert bytes(snapshot.file(segment.file.name).view) == b"old"
        with pytest.raises(KeyError):
            snapshot.file("another.seg")
    assert contents(store) == [b"new 4"]


def test_its_files_stay_until_it_is_closed(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    snapshot = store.snapshot()
    commit(store, b"held")
    held = store.snapshot()
    (name,) = held.files
    for _ in range(4):
        commit(Store.open(tmp_path), b"x")
    assert name in segment_names(tmp_path)
    held.close()
    held.close()
    commit(store, b"y")
    assert name not in segment_names(tmp_path)
    snapshot.close()


def test_a_snapshot_that_nobody_holds_keeps_nothing(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    commit(store, b"held")
    snapshot = store.snapshot()
    view = next(iter(snapshot.files.values())).view
    del snapshot
    gc.collect()
    for _ in range(3):
        commit(store, b"x")
    assert len(segment_names(tmp_path)) == 2
    assert bytes(view) == b"held"


def test_unchanged_files_are_mapped_once(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    commit(store, b"a")
    first, second = store.snapshot(), store.snapshot()
    (name,) = first.files
    assert first.file(name) is second.file(name)


def test_files_unlinked_by_another_process_stay_readable(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    commit(store, b"a" * 10_000)
    snapshot = store.snapshot()
    (name,) = snapshot.files
    os.unlink(tmp_path / name)
    assert snapshot.file(name).view == b"a" * 10_000


@pytest.mark.parametrize("times", [1, 3])
def test_files_removed_while_it_is_taken_are_looked_for_again(tmp_path: Path, times: int) -> None:
    class Overtaken(FileSystem):
        """Another writer commits, twice and more, just before each of the first maps."""

        left = times

        def open(self, path: str) -> int:
            if self.left and path.endswith(".seg"):
                self.left -= 1
                for number in range(3):
                    commit(writer, b"newer %d" % number)
            return super().open(path)

    writer = new_store(tmp_path)
    commit(writer, b"old")
    store = Store.open(tmp_path, file_system=Overtaken())
    with store.snapshot() as snapshot:
        assert snapshot.manifest == writer.current()
    assert contents(store) == [b"newer 2"]


def test_a_missing_file_is_damage_where_nothing_newer_exists(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    commit(store, b"a")
    (name,) = segment_names(tmp_path)
    os.unlink(tmp_path / name)
    with pytest.raises(CorruptIndex, match="missing") as caught:
        Store.open(tmp_path).snapshot()
    assert caught.value.path == str(tmp_path / name)


def test_a_cut_file_is_damage(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    commit(store, b"abc")
    (name,) = segment_names(tmp_path)
    (tmp_path / name).write_bytes(b"ab")
    with pytest.raises(CorruptIndex, match="2 bytes long, the manifest says 3"):
        Store.open(tmp_path).snapshot()


def test_readers_in_threads_always_see_one_whole_generation(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    commit(store, b"0", b"0")
    problems: list[object] = []
    seen: set[int] = set()
    done = threading.Event()

    def read() -> None:
        handle = Store.open(tmp_path)
        while not done.is_set():
            for reader in (store, handle):
                try:
                    with reader.snapshot() as snapshot:
                        values = {bytes(mapped.view) for mapped in snapshot.files.values()}
                        seen.add(snapshot.manifest.generation)
                        if values != {b"%d" % (snapshot.manifest.generation - 2)}:
                            problems.append((snapshot.manifest.generation, values))
                except Exception as error:
                    problems.append(error)
                    return

    threads = [threading.Thread(target=read) for _ in range(3)]
    for thread in threads:
        thread.start()
    for number in range(1, 41):
        commit(store, b"%d" % number, b"%d" % number)
    done.set()
    for thread in threads:
        thread.join()
    assert problems == []
    assert len(seen) > 1


def test_a_name_with_another_entry_is_not_shared(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    manifest = commit(store, b"abc")
    snapshot = store.snapshot()
    entry = manifest.segments[0].file
    with pytest.raises(CorruptIndex, match="the manifest says 4"):
        store._map(FileEntry(entry.name, 4, entry.crc32))
    snapshot.close()
