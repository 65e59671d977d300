"""Deleting by query: exactly what was asked for, or nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

import searchkit
from searchkit import Index, Limits, QueryError, ReadOnlyIndex, Word

ARTICLES = [
    {"id": "a", "title": "Embassy seized", "date": "1979-11-04", "source": "Wire"},
    {"id": "b", "title": "Embassy reopened", "date": "1981-01-20", "source": "Post"},
    {"id": "c", "title": "Oil prices", "date": "1973-12-24", "source": "Wire"},
]


@pytest.fixture
def index(tmp_path: Path) -> Index:
    index = searchkit.open(tmp_path / "index")
    index.add(ARTICLES)
    return index


def ids(index: Index) -> list[str]:
    return [hit.id for hit in index.scan()]


def test_deletes_what_matches_in_one_commit(index: Index) -> None:
    before = index.info()["generation"]
    assert index.delete_where("embassy", dry_run=True) == 2
    assert len(index) == 3
    assert index.delete_where("embassy") == 2
    assert (ids(index), index.info()["generation"]) == (["c"], before + 1)
    assert index.delete_where("embassy") == 0
    assert index.info()["generation"] == before + 1


def test_is_narrowed_by_dates_and_selections(index: Index) -> None:
    assert index.delete_where("*", since="1979", until="1979") == 1
    assert index.delete_where("embassy", selected={"source": "Wire"}) == 0
    assert index.delete_where(Word("prices"), selected={"source": ["Wire", "Post"]}) == 1
    assert ids(index) == ["b"]


def test_never_deletes_what_only_comes_closest(index: Index) -> None:
    assert index.search("embassy prices").partial
    assert index.delete_where("embassy prices") == 0


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("", "empty query"),
        (" ", "empty query"),
        ("-oil", "only says what must not match"),
        ("NOT oil", "only says what must not match"),
        ("(-oil)^2", "only says what must not match"),
        ("auhtor:lee", "no field 'auhtor'"),
        ('"oil', "not closed"),
        ("oil AND", "nothing stands after AND"),
    ],
)
@pytest.mark.parametrize("dry_run", [False, True])
def test_refuses_what_may_be_misread(index: Index, query: str, reason: str, dry_run: bool) -> None:
    with pytest.raises(QueryError, match=reason):
        index.delete_where(query, dry_run=dry_run)
    assert len(index) == 3


def test_refuses_what_a_limit_cut(tmp_path: Path) -> None:
    with searchkit.open(tmp_path / "cut", limits=Limits(prefix_expansions=1)) as index:
        index.add([{"id": str(number), "title": f"word{number}"} for number in range(3)])
        with pytest.raises(QueryError, match="prefix_expansions"):
            index.delete_where("*:* -wor*")
        assert len(index) == 3


def test_everything_goes_where_that_is_said(index: Index) -> None:
    assert index.delete_where("*:* -oil") == 2
    assert index.delete_where("*") == 1
    assert len(index) == 0


def test_synonyms_count_as_in_a_search(index: Index) -> None:
    index.set_synonyms([["petroleum", "oil"]])
    assert index.delete_where("petroleum") == index.delete_where("petroleum", dry_run=True) + 1 == 1


def test_counts_pending_changes(index: Index) -> None:
    with index.writer() as writer:
        writer.add({"id": "d", "title": "Embassy again"})
        writer.add({"id": "a", "title": "Nothing of the kind"})
        writer.delete("b")
        assert writer.delete_where("embassy") == 1
        writer.add({"id": "e", "title": "Embassy, later"})
        assert writer.removed == 2
    assert sorted(ids(index)) == ["a", "c", "e"]


def test_needs_an_index_that_is_open_for_writing(index: Index, tmp_path: Path) -> None:
    with searchkit.open(tmp_path / "index", mode="r") as reading:
        assert reading.delete_where("embassy", dry_run=True) == 2
        with pytest.raises(ReadOnlyIndex):
            reading.delete_where("embassy")
