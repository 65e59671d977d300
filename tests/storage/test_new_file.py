"""Writing files: what is written is what stands on disk, under a name nobody has, or nothing does."""

from __future__ import annotations

import array
from collections.abc import Iterator
from pathlib import Path
from zlib import crc32

import pytest

from searchkit.errors import WriterDead
from searchkit.storage import FileEntry, Store
from searchkit.storage.new_file import NewFile
from tests.storage.support import names, new_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with new_store(tmp_path / "index") as made:
        made.writer_lock()
        yield made


def written(store: Store, entry: FileEntry) -> bytes:
    return (Path(store.path) / entry.name).read_bytes()


def test_small_and_large_writes_arrive_in_order(store: Store) -> None:
    pieces: list[bytes | bytearray | memoryview] = [
        b"a" * 10,
        bytearray(b"b" * 70_000),
        memoryview(b"c" * 5),
        b"",
        b"d" * 300_000,
        b"e",
    ]
    with store.new_file(".seg") as file:
        for piece in pieces:
            file.write(piece)
        entry = file.finish()
    expected = b"".join(bytes(piece) for piece in pieces)
    assert written(store, entry) == expected
    assert entry == FileEntry(file.name, len(expected), crc32(expected))


def test_many_small_writes_pass_through_the_buffer(store: Store) -> None:
    with store.new_file(".seg") as file:
        for number in range(100_000):
            file.write(number.to_bytes(4, "little"))
            assert number % 1000 or file.position == 4 * (number + 1)
        entry = file.finish()
    assert written(store, entry) == array.array("I", range(100_000)).tobytes()


@pytest.mark.parametrize("count", [0, 3, 40_000])
def test_buffers_of_other_types_are_written_as_bytes(store: Store, count: int) -> None:
    numbers = array.array("d", range(count))
    with store.new_file(".seg") as file:
        file.write(numbers)
        assert file.position == 8 * count
        assert written(store, file.finish()) == numbers.tobytes()


def test_padding_goes_to_the_next_multiple(store: Store) -> None:
    with store.new_file(".seg") as file:
        assert file.pad(64) == 0
        file.write(b"x")
        assert file.pad(64) == 64
        assert file.pad(64) == 64
        assert written(store, file.finish()) == b"x" + bytes(63)


def test_names_are_random_identifiers_with_the_suffix(store: Store) -> None:
    files = [store.new_file(".seg") for _ in range(20)]
    assert len({file.id for file in files}) == 20
    assert all(file.name == file.id + ".seg" and len(file.id) == 32 for file in files)


@pytest.mark.parametrize("suffix", ["", "seg", "/x", ".SEG", "./../x", ".a.b", "." + 17 * "a"])
def test_a_suffix_that_a_manifest_could_not_name_is_refused(store: Store, suffix: str) -> None:
    with pytest.raises(ValueError, match="lower-case"):
        store.new_file(suffix)


def test_an_abandoned_file_is_gone(store: Store) -> None:
    before = names(Path(store.path))
    file = store.new_file(".seg")
    file.write(b"x")
    assert names(Path(store.path)) == before | {file.name}
    file.abandon()
    file.abandon()
    assert names(Path(store.path)) == before
    with pytest.raises(ValueError, match="finished or abandoned"):
        file.finish()


def test_an_exception_in_the_block_abandons_the_file(store: Store) -> None:
    before = names(Path(store.path))
    try:
        with store.new_file(".seg") as file:
            file.write(b"x")
            raise KeyError("stop")
    except KeyError:
        pass
    assert names(Path(store.path)) == before


def test_a_finished_file_takes_no_more_and_is_not_abandoned(store: Store) -> None:
    with store.new_file(".seg") as file:
        file.write(b"x")
        entry = file.finish()
        with pytest.raises(ValueError, match="finished or abandoned"):
            file.finish()
        file.abandon()
    assert written(store, entry) == b"x"


def test_what_no_commit_names_is_removed_when_the_lock_is_freed(store: Store) -> None:
    unfinished = store.new_file(".seg")
    unfinished.write(b"x")
    with store.new_file(".seg") as file:
        file.finish()
    store.close()
    assert names(Path(store.path)) == {"lock", "manifest-1"}
    with pytest.raises(WriterDead, match="lock"):
        unfinished.finish()


def test_writing_needs_the_lock(tmp_path: Path) -> None:
    store = new_store(tmp_path / "index")
    with pytest.raises(WriterDead, match="take it first"):
        store.new_file(".seg")
    session = store.writer_lock()
    session.release()
    with pytest.raises(WriterDead, match="does not hold the lock"):
        NewFile(session, ".seg")
