"""Finding damage by reading everything, and going back where somebody asks for it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from searchkit.errors import CorruptIndex, FormatTooNew, StorageError
from searchkit.storage import FileSystem, Store
from searchkit.storage.manifest import encode
from searchkit.storage.verify import Finding
from tests.storage.support import commit, contents, names, new_store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = new_store(tmp_path)
    commit(made, b"old")
    commit(made, b"new one", b"new two")
    return made


def newest_file(store: Store, place: int = 0) -> Path:
    return Path(store.path) / store.current().segments[place].file.name


def test_a_whole_index_has_no_findings(store: Store) -> None:
    assert list(store.verify()) == []


def test_each_damaged_file_is_a_finding(store: Store) -> None:
    first, second = newest_file(store, 0), newest_file(store, 1)
    first.write_bytes(b"new onE")
    second.write_bytes(b"new tw")
    assert set(store.verify()) == {
        Finding(str(first), "the checksum does not match"),
        Finding(str(second), "6 bytes long, the manifest says 7"),
    }
    first.unlink()
    second.unlink()
    second.mkdir()
    assert set(store.verify()) == {Finding(str(first), "missing"), Finding(str(second), "not a regular file")}


def test_a_file_that_cannot_be_read_is_a_finding(store: Store) -> None:
    class BadSector(FileSystem):
        def read(self, descriptor: int, size: int) -> bytes:
            if size > 1 << 16:
                raise OSError(5, "Input/output error")
            return super().read(descriptor, size)

    findings = list(Store.open(store.path, file_system=BadSector()).verify())
    assert [finding.reason for finding in findings] == ["Input/output error"] * 2


def test_verifying_goes_on_with_the_newest_generation(store: Store) -> None:
    findings = Store.open(store.path).verify()
    newest_file(store, 1).write_bytes(b"NEW TWO")
    assert next(findings).reason == "the checksum does not match"
    for _ in range(3):
        commit(store, b"newer")
    assert list(findings) == []


def test_a_broken_newest_manifest_raises_and_never_falls_back(store: Store) -> None:
    (Path(store.path) / "manifest-3").write_bytes(b"")
    with pytest.raises(CorruptIndex, match="manifest-3"):
        Store.open(store.path)
    with pytest.raises(CorruptIndex):
        list(store.verify())
    with pytest.raises(CorruptIndex):
        store.writer_lock(timeout=0)
    with Store.recover(store.path) as recovered:
        assert contents(recovered) == [b"old"]


@pytest.mark.parametrize("damage", ["manifest", "manifest gone", "segment changed", "segment gone", "segment cut"])
def test_recovery_goes_back_to_the_newest_whole_generation(store: Store, damage: str) -> None:
    folder = Path(store.path)
    if damage == "manifest":
        (folder / "manifest-3").write_bytes((folder / "manifest-3").read_bytes()[:-1])
    elif damage == "manifest gone":
        (folder / "manifest-3").unlink()
    elif damage == "segment changed":
        newest_file(store).write_bytes(b"NEW ONE")
    elif damage == "segment gone":
        newest_file(store).unlink()
    else:
        os.truncate(newest_file(store), 1)
    recovered = Store.recover(folder)
    assert contents(recovered) == [b"old"]
    assert recovered.current().generation == (2 if damage == "manifest gone" else 4)
    assert list(recovered.verify()) == []
    assert recovered.current() == Store.open(folder).current()
    for number in range(3):
        commit(recovered, b"%d" % number)
    assert contents(Store.open(folder)) == [b"2"]
    assert len(names(folder)) == 5


def test_recovering_a_whole_index_changes_nothing(store: Store) -> None:
    before = names(Path(store.path))
    assert Store.recover(store.path).current() == store.current()
    assert names(Path(store.path)) == before


def test_where_nothing_is_whole_recovery_says_so(store: Store) -> None:
    for name in names(Path(store.path)) - {"lock"}:
        (Path(store.path) / name).write_bytes(b"?")
    with pytest.raises(CorruptIndex, match="none of its 2 generations is whole"):
        Store.recover(store.path)


def test_a_newer_format_is_no_damage_to_recover_from(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("searchkit.storage.manifest.FORMAT_VERSION", 2)
    newer = encode(store.current())
    monkeypatch.undo()
    (Path(store.path) / "manifest-3").write_bytes(newer)
    for attempt in (Store.open, Store.recover):
        with pytest.raises(FormatTooNew, match=r"format version 2.*up to 1"):
            attempt(store.path)


def test_recovery_waits_for_the_writer(store: Store) -> None:
    with store.writer_lock(), pytest.raises(StorageError, match="locked by another writer in this process"):
        Store.recover(store.path, timeout=0.01)


def test_an_index_whose_last_manifest_vanished_meanwhile_is_none(store: Store) -> None:
    class Emptied(FileSystem):
        def open_lock(self, path: str) -> int:
            for name in ("manifest-2", "manifest-3"):
                os.unlink(os.path.join(os.path.dirname(path), name))
            return super().open_lock(path)

    with pytest.raises(StorageError, match="not an index"):
        Store.recover(store.path, file_system=Emptied())


def test_a_manifest_that_is_listed_but_never_there_is_damage(store: Store) -> None:
    os.unlink(Path(store.path) / "manifest-3")
    os.symlink("nowhere", Path(store.path) / "manifest-3")
    with pytest.raises(CorruptIndex, match="cannot be opened"):
        Store.open(store.path)
    assert contents(Store.recover(store.path)) == [b"old"]
