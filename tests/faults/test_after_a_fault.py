"""What a writer can still do after something failed, and what the error says."""

from __future__ import annotations

import errno
import subprocess
import sys
import textwrap
from dataclasses import replace
from pathlib import Path

import pytest

from searchkit.errors import CommitUncertain, WriteFailed, WriterDead
from searchkit.storage import FileSystem, Store
from tests.faults.faulty import FaultyFileSystem, ShortWrites
from tests.storage.support import commit, contents, names, new_segment, new_store, put


@pytest.mark.parametrize("call", ["sync", "sync_directory"])
def test_a_failed_sync_is_never_tried_again(tmp_path: Path, call: str) -> None:
    new_store(tmp_path)
    system = FaultyFileSystem(0, errno.EIO, only=frozenset({call}))
    store = Store.open(tmp_path, file_system=system)
    with store.writer_lock() as session:
        with pytest.raises(WriteFailed, match="Input/output error"):
            put(store, b"x")
        assert not session.alive
        for attempt in (lambda: put(store, b"x"), lambda: store.commit(store.current()), store.collect_garbage):
            with pytest.raises(WriterDead, match="failed before"):
                attempt()
        assert len(system.trace) == 1
    assert names(tmp_path) == {"lock", "manifest-1"}
    with store.writer_lock():
        put(store, b"y")
    assert contents(store) == [b"y"]


def test_files_under_way_go_with_the_writer(tmp_path: Path) -> None:
    new_store(tmp_path)
    store = Store.open(tmp_path, file_system=FaultyFileSystem(1, errno.ENOSPC, only=frozenset({"sync"})))
    with store.writer_lock():
        unfinished = store.new_file(".seg")
        new_segment(store, b"finished")
        with pytest.raises(WriteFailed):
            new_segment(store, b"no room")
        with pytest.raises(WriterDead):
            unfinished.finish()
        assert names(tmp_path) == {"lock", "manifest-1"}


def test_an_uncertain_commit_says_so_and_keeps_its_files(tmp_path: Path) -> None:
    new_store(tmp_path)
    store = Store.open(tmp_path, file_system=FaultyFileSystem(1, errno.EIO, only=frozenset({"sync_directory"})))
    with store.writer_lock():
        with pytest.raises(CommitUncertain, match=r"generation 2 .* may or may not survive"):
            put(store, b"x")
        with pytest.raises(WriterDead, match="uncertain"):
            put(store, b"y")
    assert contents(store) == [b"x"]
    assert commit(store, b"z").generation == 3


def test_a_commit_over_an_unseen_manifest_is_refused(tmp_path: Path) -> None:
    class Blind(FileSystem):
        """Another writer that heeds no lock puts its manifest in place just before ours."""

        def create_exclusive(self, path: str) -> int:
            if path.endswith(".tmp"):
                (tmp_path / "manifest-2").write_bytes(b"someone else's")
            return super().create_exclusive(path)

    new_store(tmp_path)
    store = Store.open(tmp_path, file_system=Blind())
    with store.writer_lock(), pytest.raises(WriteFailed, match="manifest-2: cannot be written: exists already"):
        put(store, b"x")
    assert (tmp_path / "manifest-2").read_bytes() == b"someone else's"


@pytest.mark.parametrize("call", ["before rename", "rename", "sync_directory", "unlink"])
@pytest.mark.parametrize("number", [0, 1, 2])
def test_an_interrupt_leaves_the_old_state_or_the_new(tmp_path: Path, call: str, number: int) -> None:
    class Interrupted(FileSystem):
        left = number

        def _step(self, name: str) -> None:
            if name == call:
                self.left -= 1
                if self.left == -1:
                    raise KeyboardInterrupt

        def rename(self, source: str, target: str) -> None:
            self._step("before rename")
            super().rename(source, target)
            self._step("rename")

        def sync_directory(self, folder: str) -> None:
            self._step("sync_directory")
            super().sync_directory(folder)

        def unlink(self, path: str) -> None:
            self._step("unlink")
            super().unlink(path)

    commit(new_store(tmp_path), b"old")
    store = Store.open(tmp_path, file_system=Interrupted())
    acknowledged = False
    try:
        with store.writer_lock():
            put(store, b"new")
            acknowledged = True
    except KeyboardInterrupt:
        pass
    fresh = Store.open(tmp_path)
    assert list(fresh.verify()) == []
    assert contents(fresh) in ([[b"new"]] if acknowledged else [[b"old"], [b"new"]])
    for _ in range(2):
        commit(fresh, b"after")
    assert len(names(tmp_path)) == 5


@pytest.mark.parametrize("most", [1, 7, 1 << 20])
def test_short_writes_are_continued(tmp_path: Path, most: int) -> None:
    new_store(tmp_path)
    store = Store.open(tmp_path, file_system=ShortWrites(most, 1 << 30))
    commit(store, b"abcdefgh" * 10, b"")
    assert contents(store) == [b"abcdefgh" * 10, b""]
    assert not list(store.verify())


@pytest.mark.parametrize("silent", [False, True])
@pytest.mark.parametrize("room", [0, 1, 99, 100, 150, 400])
def test_a_disk_that_fills_up_in_the_middle(tmp_path: Path, room: int, silent: bool) -> None:
    new_store(tmp_path)
    store = Store.open(tmp_path, file_system=ShortWrites(50, room, silent=silent))
    with store.writer_lock(), pytest.raises(WriteFailed, match=r"No space left|Input/output"):
        put(store, b"x" * 100)
    assert names(tmp_path) == {"lock", "manifest-1"}
    assert contents(store) == []


def test_a_limit_of_the_real_operating_system(tmp_path: Path) -> None:
    script = """
        import resource, sys
        from searchkit.errors import WriteFailed
        from searchkit.storage import Store
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))
        store = Store.open(sys.argv[1])
        with store.writer_lock():
            try:
                file = store.new_file(".seg")
                for _ in range(2_000):
                    file.write(b"x" * 1_000)
                file.finish()
            except WriteFailed as error:
                print(error)
    """
    commit(new_store(tmp_path), b"old")
    before = names(tmp_path)
    ran = subprocess.run([sys.executable, "-c", textwrap.dedent(script), str(tmp_path)], capture_output=True, text=True)
    assert ".seg: cannot be written: File too large" in ran.stdout, ran.stderr
    assert names(tmp_path) == before
    assert contents(Store.open(tmp_path)) == [b"old"]


def test_garbage_that_cannot_be_removed_does_not_undo_a_commit(tmp_path: Path) -> None:
    for number in range(3):
        commit(Store.open(tmp_path) if number else new_store(tmp_path), b"%d" % number)
    store = Store.open(tmp_path)
    with store.writer_lock():
        system = FaultyFileSystem(0, errno.EIO, persistent=True, only=frozenset({"list", "unlink"}))
        store._file_system = store._session.file_system = system  # type: ignore[union-attr]
        segment = new_segment(store, b"x")
        assert store.commit(replace(store.current(), segments=(segment,))).generation == 5
    assert contents(Store.open(tmp_path)) == [b"x"]


def test_garbage_is_not_removed_before_the_newest_manifest_is_safe(tmp_path: Path) -> None:
    commit(new_store(tmp_path), b"x")
    orphan = tmp_path / ("0123456789abcdef" * 2 + ".seg")
    orphan.touch()
    store = Store.open(tmp_path, file_system=FaultyFileSystem(0, errno.EIO, only=frozenset({"sync_directory"})))
    with pytest.raises(WriteFailed, match="Input/output error"):
        store.writer_lock()
    assert orphan.exists()
    with store.writer_lock():
        assert not orphan.exists()
