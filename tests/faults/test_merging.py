"""A merge whose postings wait in a scratch file happens, or it does not, whatever call to the operating system fails;
and what it writes is the same as without one.
"""

from __future__ import annotations

import errno
import random
from pathlib import Path

import pytest

import searchkit
from searchkit import Index, Schema
from searchkit.engines.native.writer import Writer
from searchkit.errors import CommitUncertain, StorageError, WriteFailed
from searchkit.indexing import merged_terms
from searchkit.segment import deferred, stored
from searchkit.storage import Store
from tests.faults.faulty import FaultyFileSystem, ShortWrites
from tests.faults.test_every_call import until_nothing_fails
from tests.storage.support import with_the_same_names

WORDS = [f"word{number:x}" for number in range(300)]


def articles(first: int, count: int) -> list[dict[str, str]]:
    chosen = random.Random(first)
    texts = [" ".join(chosen.choices(WORDS, k=chosen.randrange(60))) for _ in range(count)]
    return [{"id": str(first + number), "title": text[:20], "body": text} for number, text in enumerate(texts)]


def prepare(folder: Path) -> None:
    with searchkit.open(folder) as index:
        for first in range(0, 150, 50):
            index.add(articles(first, 50))
        index.delete("7")


def found(index: Index) -> list[list[tuple[str, float]]]:
    queries = ("word1", "word2 word3", '"word4 word5"', "word6 -word7", "word*")
    return [[(hit.id, hit.score) for hit in index.search(query, limit=200)] for query in queries]


def merge(folder: Path, system: FaultyFileSystem | ShortWrites) -> StorageError | None:
    try:
        store = Store.open(folder, file_system=system)
        with Writer(store, Schema.from_dict(store.current().schema), timeout=0) as writer:
            writer.merge()
    except StorageError as error:
        return error
    return None


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Much waits on the disk, though there is little to merge."""
    monkeypatch.setattr(deferred, "_IN_MEMORY", 1000)
    monkeypatch.setattr(merged_terms, "_AT_ONCE", 2000)
    monkeypatch.setattr(merged_terms, "_STEP", 100)
    monkeypatch.setattr(stored, "FORGOTTEN", 1)


@pytest.mark.usefixtures("small_parts")
@pytest.mark.parametrize("late", [False, True], ids=["undone", "done"])
@pytest.mark.parametrize("persistent", [False, True], ids=["once", "persistent"])
def test_a_merge_happens_or_it_does_not(tmp_path: Path, persistent: bool, late: bool) -> None:
    prepare(tmp_path / "prepared")
    with searchkit.open(tmp_path / "prepared") as index:
        expected = found(index)

    def attempt(folder: Path, number: int) -> bool:
        system = FaultyFileSystem(number, errno.ENOSPC, persistent=persistent, late=late)
        error = merge(folder, system)
        with searchkit.open(folder) as index:
            assert (index.check(), found(index), len(index)) == ([], expected, 149)
            merged = len(index.info()["segments"]) == 1
            assert merged == (error is None) or isinstance(error, CommitUncertain)
            index.add(articles(500, 1))
            index.add(articles(600, 1))
        left = {path.suffix for path in folder.iterdir()}
        assert left <= {"", ".lock", ".seg", ".del"}
        return system.failed

    until_nothing_fails(tmp_path / "prepared", attempt, at_least=40)


@pytest.mark.usefixtures("small_parts")
def test_a_full_disk_is_told(tmp_path: Path) -> None:
    prepare(tmp_path / "index")
    error = merge(tmp_path / "index", ShortWrites(5000, 30_000))
    assert isinstance(error, WriteFailed)
    assert error.reason == "No space left on device"
    with searchkit.open(tmp_path / "index") as index:
        assert (len(index), index.check()) == (149, [])
        index.merge()
        assert (len(index), len(index.info()["segments"])) == (149, 1)


def test_the_files_are_the_same_wherever_postings_wait(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    def merged(folder: Path) -> dict[str, bytes]:
        with pytest.MonkeyPatch.context() as patch:
            with_the_same_names(patch)
            prepare(folder)
            with searchkit.open(folder) as index:
                index.merge()
        return {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix == ".seg"}

    in_memory = merged(tmp_path / "one")
    request.getfixturevalue("small_parts")
    assert merged(tmp_path / "two") == in_memory


def test_a_segment_whose_file_was_removed_lives_on_in_a_merge(tmp_path: Path) -> None:
    prepare(tmp_path / "index")
    with searchkit.open(tmp_path / "index") as index:
        expected = found(index)
        with index.writer() as writer:
            for path in (tmp_path / "index").glob("*.seg"):
                path.unlink()
            writer.merge()
        assert (index.check(), found(index)) == ([], expected)
