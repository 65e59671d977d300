"""A scratch file gives back what was written, and leaves nothing behind."""

from __future__ import annotations

import errno
from contextlib import closing
from pathlib import Path

import pytest

from searchkit.errors import WriteFailed, WriterDead
from searchkit.storage import Store
from searchkit.storage.filesystem import FileSystem
from tests.faults.faulty import FaultyFileSystem, ShortWrites
from tests.storage.support import commit, contents, names, new_store


class ShortReads(FileSystem):
    """Gives at most three bytes at a time, and none from byte 100 on."""

    def read_at(self, descriptor: int, size: int, start: int) -> bytes:
        return super().read_at(descriptor, min(size, 3, max(0, 100 - start)), start)


@pytest.mark.parametrize("system", [FileSystem(), ShortWrites(5, 1000), ShortReads()])
def test_what_was_written_can_be_read(tmp_path: Path, system: FileSystem) -> None:
    new_store(tmp_path / "index")
    store = Store.open(tmp_path / "index", file_system=system)
    before = names(tmp_path / "index")
    with store.writer_lock(), closing(store.scratch_file()) as scratch:
        assert scratch.write(b"the embassy") == 0
        assert scratch.write(memoryview(b"of Chad!").cast("H")) == 11
        assert names(tmp_path / "index") == before
        assert scratch.read(4, 10) == b"embassyof "
        assert scratch.read(11, 0) == b""
        with pytest.raises(ValueError, match="bytes 15 to 20 were not written"):
            scratch.read(15, 5)
    assert names(tmp_path / "index") == before


def test_nothing_is_made_before_something_is_written(tmp_path: Path) -> None:
    new_store(tmp_path / "index")
    system = FaultyFileSystem(-1, errno.EIO, only=frozenset({"create_exclusive"}))
    store = Store.open(tmp_path / "index", file_system=system)
    with store.writer_lock():
        with closing(store.scratch_file()) as scratch, pytest.raises(ValueError, match="were not written"):
            scratch.read(0, 1)
        assert system.trace == []
        with closing(store.scratch_file()) as scratch:
            scratch.write(b"x")
        assert system.trace == ["create_exclusive"]


@pytest.mark.parametrize("call", ["create_exclusive", "unlink", "write", "read_at"])
@pytest.mark.parametrize("late", [False, True])
def test_a_failure_ends_the_writer_and_leaves_the_index_alone(tmp_path: Path, call: str, late: bool) -> None:
    commit(new_store(tmp_path / "index"), b"old")
    store = Store.open(tmp_path / "index")
    with store.writer_lock() as session:
        session.file_system = FaultyFileSystem(0, errno.ENOSPC, only=frozenset({call}), late=late)
        with closing(store.scratch_file()) as scratch:
            with pytest.raises(WriteFailed, match=r"[0-9a-f]{32}\.tmp: cannot be written: No space left on device"):
                scratch.read(scratch.write(b"new"), 3)
            with pytest.raises(WriterDead):
                scratch.write(b"more")
    commit(Store.open(tmp_path / "index"), b"after")
    assert contents(Store.open(tmp_path / "index")) == [b"after"]
    assert not [name for name in names(tmp_path / "index") if name.endswith(".tmp")]


def test_an_end_that_is_missing_is_a_failure(tmp_path: Path) -> None:
    new_store(tmp_path / "index")
    store = Store.open(tmp_path / "index", file_system=ShortReads())
    with store.writer_lock(), closing(store.scratch_file()) as scratch:
        scratch.write(bytes(200))
        with pytest.raises(WriteFailed, match="Input/output error"):
            scratch.read(50, 100)
