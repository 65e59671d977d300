"""Reading files: mapped whole, of the size that the manifest says, for as long as somebody looks at them."""

from __future__ import annotations

import gc
import os
from pathlib import Path
from zlib import crc32

import pytest

from searchkit.errors import CorruptIndex
from searchkit.storage import FileEntry, FileSystem, map_file

DATA = bytes(range(256)) * 9_000


def entry(data: bytes) -> FileEntry:
    return FileEntry("a.seg", len(data), crc32(data))


def test_the_view_is_the_file_read_only(tmp_path: Path) -> None:
    path = tmp_path / "a.seg"
    path.write_bytes(DATA)
    mapped = map_file(str(path), entry(DATA))
    assert mapped.view == DATA
    assert mapped.view.readonly
    assert mapped.view.format == "B"
    mapped.verify()


def test_an_empty_file_is_an_empty_view(tmp_path: Path) -> None:
    path = tmp_path / "a.seg"
    path.touch()
    mapped = map_file(str(path), entry(b""))
    assert bytes(mapped.view) == b""
    mapped.verify()


def test_a_view_outlives_the_file_and_its_object(tmp_path: Path) -> None:
    path = tmp_path / "a.seg"
    path.write_bytes(DATA)
    part = map_file(str(path), entry(DATA)).view[1000:2000]
    path.unlink()
    gc.collect()
    assert part == DATA[1000:2000]


@pytest.mark.parametrize("size", [0, 1, len(DATA) - 1, len(DATA) + 1])
def test_another_size_is_named(tmp_path: Path, size: int) -> None:
    path = tmp_path / "a.seg"
    path.write_bytes((DATA + b"x")[:size])
    with pytest.raises(CorruptIndex, match=f"{size} bytes long, the manifest says {len(DATA)}") as caught:
        map_file(str(path), entry(DATA))
    assert caught.value.path == str(path)


def test_a_changed_byte_fails_the_checksum(tmp_path: Path) -> None:
    path = tmp_path / "a.seg"
    path.write_bytes(DATA[:-1] + b"x")
    with pytest.raises(CorruptIndex, match="checksum"):
        map_file(str(path), entry(DATA)).verify()


def test_a_missing_file_is_for_the_caller_to_judge(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        map_file(str(tmp_path / "a.seg"), entry(DATA))


@pytest.mark.parametrize("kind", ["folder", "pipe", "loop"])
def test_what_is_no_regular_file_is_named_and_never_waited_for(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "a.seg"
    {"folder": os.mkdir, "pipe": os.mkfifo, "loop": lambda it: os.symlink(it, it)}[kind](path)
    with pytest.raises(CorruptIndex, match="not a regular file"):
        map_file(str(path), entry(DATA))


def test_a_file_cut_while_it_is_opened_is_damaged(tmp_path: Path) -> None:
    class Late(FileSystem):
        def size(self, descriptor: int) -> int:
            return len(DATA)

    path = tmp_path / "a.seg"
    path.write_bytes(DATA[:10])
    with pytest.raises(CorruptIndex, match="shorter"):
        map_file(str(path), entry(DATA), Late())


def test_no_descriptor_stays_open(tmp_path: Path) -> None:
    path = tmp_path / "a.seg"
    path.write_bytes(b"")
    before = len(os.listdir("/dev/fd"))
    kept = [map_file(str(path), entry(b"")) for _ in range(50)]
    with pytest.raises(CorruptIndex):
        map_file(str(path), entry(DATA))
    assert len(os.listdir("/dev/fd")) == before
    assert len(kept) == 50
