"""Checking an index: every damaged file is named, and the others are checked all the same."""

from __future__ import annotations

from pathlib import Path

import pytest

import searchkit
from searchkit import Index
from searchkit.errors import IndexClosed


@pytest.fixture
def index(tmp_path: Path) -> Index:
    """Two segments, of which the first has a file of deletes, and an attachment."""
    index = searchkit.open(tmp_path / "index")
    index.add([{"id": str(number), "title": f"Embassy {number}", "date": "1979-11-04"} for number in range(20)])
    index.add([{"id": "new", "title": "A new one", "body": "hostage crisis"}])
    with index.writer() as writer:
        writer.delete("7")
        writer.set_attachment("notes", b"attached")
    return index


def files(index: Index, suffix: str) -> list[Path]:
    """The index's files with a suffix, the largest first."""
    return sorted(Path(index.path).glob(f"*{suffix}"), key=lambda path: path.stat().st_size, reverse=True)


def flip(path: Path, place: int) -> None:
    data = bytearray(path.read_bytes())
    data[place] ^= 0x40
    path.write_bytes(data)


def test_of_a_whole_index_there_is_nothing_to_say(index: Index) -> None:
    assert index.check() == []


def test_words_of_documents_that_did_not_outlive_their_commit_leave_nothing(tmp_path: Path) -> None:
    with searchkit.open(tmp_path / "index") as index:
        with index.writer() as writer:
            writer.add({"id": "1", "title": "Embassy", "body": "Hostages begin a crisis"})
            writer.add({"id": "2", "title": "The crisis begins"})
            writer.add({"id": "3", "body": "a gone hostage"})
            writer.add({"id": "1", "title": "Embassies again"})
            writer.delete("3")
        assert index.check() == []
        assert [index.count(text) for text in ("hostage", "host*", "gone")] == [0, 0, 0]
        assert [index.count(text) for text in ("crisis", "cris*", "begin", "embassy", "embassi*")] == [1, 1, 1, 1, 1]


@pytest.mark.parametrize("place", [0, -1])
def test_a_segment_that_cannot_be_opened_is_a_finding(index: Index, place: int) -> None:
    damaged = files(index, ".seg")[0]
    flip(damaged, place)
    again = searchkit.open(index.path, mode="r")
    assert [(finding.path, finding.reason) for finding in again.check()] == [
        (str(damaged), "the checksum does not match")
    ]


def test_every_damaged_file_is_one_finding(index: Index) -> None:
    first, second = files(index, ".seg")
    (deletes,), (attachment,) = files(index, ".del"), files(index, ".att")
    first.write_bytes(first.read_bytes()[:-1])
    flip(second, 100)
    deletes.unlink()
    flip(attachment, 0)
    found = {finding.path: finding.reason for finding in index.check()}
    assert found.keys() == {str(path) for path in (first, second, deletes, attachment)}
    assert len(index.check()) == 4
    assert "the manifest says" in found[str(first)]
    assert found[str(deletes)] == "missing"


def test_a_segment_whose_deletes_are_damaged_is_not_blamed(index: Index) -> None:
    (deletes,) = files(index, ".del")
    flip(deletes, -1)
    assert [finding.path for finding in index.check()] == [str(deletes)]


def test_a_closed_index_is_not_checked(index: Index) -> None:
    index.close()
    with pytest.raises(IndexClosed):
        index.check()
