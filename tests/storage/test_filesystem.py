"""The seam to the operating system, where the other tests do not go through it by themselves."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from searchkit.storage import FileSystem
from tests.storage.support import commit, contents, new_store


def test_where_there_is_a_sync_down_to_the_disk_it_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    monkeypatch.setattr("searchkit.storage.filesystem._FULL_SYNC", 51)
    monkeypatch.setattr("searchkit.storage.filesystem.fcntl.fcntl", lambda descriptor, command: asked.append(command))
    monkeypatch.setattr(os, "fsync", lambda descriptor: pytest.fail("the weaker sync was called"))
    store = new_store(tmp_path)
    asked.clear()
    commit(store, b"x")
    assert contents(store) == [b"x"]
    assert asked == [51] * 4, "the segment, its name, the manifest, its name"


def test_a_new_file_is_never_an_existing_one(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"kept")
    os.symlink(tmp_path / "a", tmp_path / "b")
    for name in ("a", "b"):
        with pytest.raises(FileExistsError):
            FileSystem().create_exclusive(str(tmp_path / name))
    assert (tmp_path / "a").read_bytes() == b"kept"


def test_descriptors_are_not_passed_on_to_other_programs(tmp_path: Path) -> None:
    system = FileSystem()
    opened = [
        system.create_exclusive(str(tmp_path / "a")),
        system.open(str(tmp_path / "a")),
        system.open_lock(str(tmp_path / "lock")),
    ]
    assert not any(os.get_inheritable(descriptor) for descriptor in opened)
    for descriptor in opened:
        system.close(descriptor)
