"""Scans: all matches, from one commit, in a defined order."""

from __future__ import annotations

from pathlib import Path

import pytest

import searchkit
from searchkit import ARTICLE, Date, Index, IndexClosed, QueryError, Schema, Text
from searchkit.engines.native import scanning


@pytest.fixture
def index(tmp_path: Path) -> Index:
    index = searchkit.open(tmp_path / "index")
    for part in range(3):
        index.add(
            {"id": f"{part}-{number}", "title": "walrus", "source": f"s{number % 2}", "date": f"{1990 + number % 4}"}
            for number in range(part, 40)
        )
    return index


def test_more_than_is_looked_for_at_once(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scanning, "_AT_ONCE", 7)
    for sort in ("date", "-date"):
        expected = [hit.id for hit in index.search("walrus", sort=sort, limit=1000)]
        assert [hit.id for hit in index.scan("walrus", sort=sort)] == expected
        assert [hit.id for hit in index.scan(sort=sort)] == expected


def test_is_narrowed(index: Index) -> None:
    found = list(index.scan("walrus", since="1991", until="1991", selected={"source": "s1"}))
    assert len(found) == index.count("walrus", since="1991", until="1991", selected={"source": "s1"})
    assert {(hit["source"], hit.date.year) for hit in found if hit.date} == {("s1", 1991)}
    assert index.count("walrus", selected={"source": ["s0", "s1"]}) == len(index)


def test_stays_with_its_commit_and_beyond_the_index(index: Index) -> None:
    size = len(index)
    scan = index.scan()
    first = next(scan)
    index.delete_where("*")
    index.add([{"id": "new", "title": "walrus"}])
    index.merge()
    index.close()
    rest = list(scan)
    assert len({first.id, *(hit.id for hit in rest)}) == size
    assert (first.score, first.snippet("title").html()) == (0.0, "walrus")
    with pytest.raises(IndexClosed):
        index.scan()


def test_may_be_abandoned(index: Index) -> None:
    scan = index.scan("walrus")
    next(scan)
    scan.close()  # type: ignore[attr-defined]
    assert list(scan) == []


def test_words_are_joined_as_asked_and_never_loosened(index: Index) -> None:
    assert list(index.scan("walrus nothing")) == []
    assert len(list(index.scan("walrus nothing", match="any"))) == len(index)
    with pytest.raises(ValueError, match="match is 'all' or 'any'"):
        index.scan("walrus", match=None)  # type: ignore[arg-type]


def test_complains_before_the_first_hit(index: Index) -> None:
    with pytest.raises(QueryError, match="not closed"):
        index.scan('"walrus')
    assert list(index.scan('"walrus', strict=False))
    for bad in ("score", "source", "", None):
        with pytest.raises(ValueError, match="in order of the primary date"):
            index.scan(sort=bad)  # type: ignore[arg-type]


def test_the_primary_date_by_any_name(tmp_path: Path) -> None:
    schema = Schema({"title": Text(), "date": Date(), "seen": Date()}, date="seen")
    with searchkit.open(tmp_path / "seen", schema=schema) as index:
        index.add([{"id": "a", "date": "1999", "seen": "2001"}, {"id": "b", "date": "2000", "seen": "2000"}])
        assert [hit.id for hit in index.scan(sort="seen")] == ["b", "a"]
        assert [hit.id for hit in index.scan(sort="-seen")] == ["a", "b"]
        with pytest.raises(ValueError, match="'seen' or '-seen'"):
            index.scan(sort="date")
    assert ARTICLE.date == "date"
