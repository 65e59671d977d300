"""What is removed and what is not."""

from __future__ import annotations

from pathlib import Path

from searchkit.storage import FileSystem, Store
from tests.storage.support import commit, contents, names, new_segment, new_store, put, segment_names

ORPHAN = "0123456789abcdef" * 2


def test_the_last_two_generations_stay(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    for number in range(5):
        commit(store, b"%d" % number)
    assert {name for name in names(tmp_path) if name.startswith("manifest")} == {"manifest-5", "manifest-6"}
    assert sorted((tmp_path / name).read_bytes() for name in segment_names(tmp_path)) == [b"3", b"4"]


def test_what_a_crashed_writer_left_goes_before_the_next_one_writes(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    commit(store, b"x")
    before = names(tmp_path)
    for suffix in (".seg", ".del", ".tmp"):
        (tmp_path / (ORPHAN + suffix)).write_bytes(b"left behind")
    with store.writer_lock():
        assert names(tmp_path) == before


def test_files_of_others_are_never_touched(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    others = {"README.md", ".hidden", "notes.seg", "manifest-7.bak", "manifest-01", ORPHAN, ORPHAN.upper() + ".seg"}
    for name in others:
        (tmp_path / name).touch()
    for _ in range(3):
        commit(store, b"x")
    assert others < names(tmp_path)


def test_it_can_be_asked_for(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    commit(store, b"a")
    with store.snapshot() as snapshot, store.writer_lock():
        (name,) = snapshot.files
        new_segment(store, b"uncommitted")
        put(store, b"b")
        put(store, b"c")
        assert store.collect_garbage() == []
        snapshot.close()
        assert store.collect_garbage() == [name]
        assert len(segment_names(tmp_path)) == 3


def test_nothing_goes_while_a_manifest_that_is_kept_cannot_be_read(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    commit(store, b"a")
    commit(store, b"b")
    (tmp_path / "manifest-2").write_bytes(b"damaged")
    (tmp_path / f"{ORPHAN}.seg").touch()
    with store.writer_lock():
        assert len(segment_names(tmp_path)) == 3
        put(store, b"c")
        assert f"{ORPHAN}.seg" not in names(tmp_path)
    assert contents(store) == [b"c"]


def test_old_manifests_leave_no_gap_where_one_cannot_be_removed(tmp_path: Path) -> None:
    class Sticky(FileSystem):
        def unlink(self, path: str) -> None:
            if path.endswith(("manifest-1", ".seg")):
                raise PermissionError(1, "not permitted", path)
            super().unlink(path)

    new_store(tmp_path)
    store = Store.open(tmp_path, file_system=Sticky())
    for _ in range(4):
        commit(store, b"x")
    assert {name for name in names(tmp_path) if name.startswith("manifest")} == {f"manifest-{n}" for n in range(1, 6)}
    assert len(segment_names(tmp_path)) == 4
    commit(Store.open(tmp_path), b"y")
    assert {name for name in names(tmp_path) if name.startswith("manifest")} == {"manifest-5", "manifest-6"}
    assert len(segment_names(tmp_path)) == 2
