"""An index from the outside: opening, adding, asking, and what it refuses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any

import pytest

import searchkit
from searchkit import Bool, Index, Keyword, Number, Report, Schema, Stored, Text
from searchkit.errors import (
    CorruptIndex,
    DocumentError,
    IndexClosed,
    IndexExists,
    IndexNotFound,
    QueryError,
    ReadOnlyIndex,
    SchemaMismatch,
)

ARTICLES: list[dict[str, Any]] = [
    {"id": "a", "title": "Embassy seized", "author": ["Ann Lee", "Bo Ray"], "date": "1979-11-04", "source": "Wire"},
    {"id": "b", "title": "Embassy freed", "body": "The embassy crisis ends.", "date": "1981-01-20"},
    {"id": "c", "title": "Eclipse", "body": "The moon."},
]


@pytest.fixture
def index(tmp_path: Path) -> Index:
    index = searchkit.open(tmp_path / "index")
    index.add(ARTICLES)
    return index


def ids(index: Index, query: Any, **options: Any) -> list[str]:
    return [hit.id for hit in index.search(query, **options)]


def test_modes_of_opening(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    with pytest.raises(IndexNotFound):
        searchkit.open(folder, mode="r")
    searchkit.open(folder, mode="x").close()
    with pytest.raises(IndexExists):
        searchkit.open(folder, mode="x")
    with searchkit.open(folder, mode="r") as index:
        assert len(index) == 0
        with pytest.raises(ReadOnlyIndex):
            index.add(ARTICLES)
    with pytest.raises(ValueError, match="mode is"):
        searchkit.open(folder, mode="a")  # type: ignore[arg-type]


def test_another_schema_is_named(index: Index) -> None:
    with pytest.raises(SchemaMismatch, match="'author' is in the index, not in what was given"):
        searchkit.open(index.path, schema=Schema({"title": Text()}))
    assert ids(searchkit.open(index.path, schema=index.schema), "eclipse") == ["c"]


def test_fields_can_be_added_and_old_documents_merge_with_new_ones(index: Index) -> None:
    grown = Schema(
        {**index.schema.fields, "summary": Text(), "views": Number(), "open": Bool(), "more": Stored()}, date="date"
    )
    with pytest.raises(SchemaMismatch):
        searchkit.open(index.path, schema=grown, mode="r")
    with searchkit.open(index.path, schema=grown) as wider:
        assert ids(wider, "summary:walrus") == []
        assert ids(wider, "views:>1 OR open:true") == []
        wider.add([{"id": "d", "summary": "A walrus", "views": 3, "open": True, "more": {"x": [1]}, "url": "u"}])
        for _ in range(2):
            assert ids(wider, "summary:walrus") == ["d"]
            assert ids(wider, "views:>1 open:true") == ["d"]
            assert wider.get("d") == {
                "id": "d", "summary": "A walrus", "views": 3.0, "open": True, "more": {"x": [1]}, "url": "u"
            }  # fmt: skip
            assert wider.get("b") == {**ARTICLES[1], "date": datetime(1981, 1, 20, tzinfo=UTC)}
            wider.merge()
        assert len(wider.info()["segments"]) == 1
        assert wider.check() == []


def test_a_dataclass_is_a_schema(tmp_path: Path) -> None:
    @dataclass
    class Note:
        id: str
        title: Annotated[str, Text(short=True)]
        labels: Annotated[list[str], Keyword(many=True)]

    with searchkit.open(tmp_path / "notes", schema=Note) as index:
        index.add([Note("n", "Walrus", ["sea", "ice"])])
        (hit,) = index.search("labels:ice")
        assert (hit["title"], hit["labels"]) == ("Walrus", ("sea", "ice"))


def test_reports_add_up(index: Index) -> None:
    seen: list[int] = []
    report = index.add([{"id": "a", "title": "New"}, {"id": "e", "date": "someday"}, {"id": "f"}], progress=seen.append)
    assert (report.added, report.replaced, [error.id for error in report.rejected]) == (2, 1, ["e"])
    assert str(report) == "2 added, 1 of them replaced, 1 rejected"
    assert str(Report(added=1, removed=2)) == "1 added, 2 removed"
    assert seen == [1, 2, 3]
    assert len(index) == 4


def test_an_error_that_is_raised_leaves_nothing(index: Index) -> None:
    with pytest.raises(DocumentError, match="someday"):
        index.add([{"id": "x", "title": "Walrus"}, {"id": "y", "date": "someday"}], on_error="raise")
    with pytest.raises(ValueError, match="on_error is"):
        index.add([], on_error="ignore")  # type: ignore[arg-type]
    assert "x" not in index
    assert ids(index, "walrus") == []


def test_what_cannot_be_asked_for(index: Index) -> None:
    wrongs: list[dict[str, Any]] = [{"limit": -1}, {"offset": 10**9}, {"match": "some"}, {"sort": []}]
    for wrong in wrongs:
        with pytest.raises(ValueError, match=str(*wrong)):
            index.search("embassy", **wrong)
    with pytest.raises(QueryError, match="is not a date"):
        index.search("embassy", since="someday")
    with pytest.raises(QueryError):
        index.search('"embassy', strict=True)


@pytest.mark.parametrize("since", [date(1980, 1, 1), datetime(1980, 1, 1), "1980", datetime(1980, 1, 1, tzinfo=UTC)])
def test_bounds_in_time(index: Index, since: Any) -> None:
    assert ids(index, "embassy", since=since) == ["b"]
    assert ids(index, "embassy", until="1979") == ["a"]
    assert ids(index, "embassy", until=date(1979, 11, 4)) == ["a"]
    assert ids(index, "embassy", until=datetime(1979, 11, 4)) == []
    assert index.count("embassy", since=since) == 1


def test_relative_dates_count_from_the_clock_that_was_given(index: Index) -> None:
    with searchkit.open(index.path, mode="r", now=lambda: datetime(1981, 1, 25, tzinfo=UTC)) as later:
        assert ids(later, "embassy", since="7d") == ["b"]
        assert ids(later, "date:7d") == ["b"]


def test_a_hit_gives_its_fields(index: Index) -> None:
    (hit,) = index.search("seized")
    assert hit["author"] == ("Ann Lee", "Bo Ray")
    assert (hit["source"], hit["body"], hit.get("body", "none"), hit.get("nothing", 5)) == ("Wire", None, "none", 5)
    assert hit["id"] == hit.id == "a"
    assert hit.fields == {**ARTICLES[0], "author": ("Ann Lee", "Bo Ray"), "date": datetime(1979, 11, 4, tzinfo=UTC)}
    assert repr(hit).startswith("<Hit 'a' score=")
    with pytest.raises(KeyError):
        hit["nothing"]
    with pytest.raises(KeyError, match="not a text field"):
        hit.snippet("author")


def test_results_are_a_sequence_and_outlive_the_index(index: Index) -> None:
    results = index.search("embassy", limit=1)
    index.add([{"id": "z", "title": "Embassy again"}])
    index.close()
    assert (len(results), results.total, results[0].id) == (1, 2, next(iter(results)).id)
    assert results[0].snippet("title").html().startswith("<mark>Embassy</mark>")
    assert repr(results) == "<Results 1 hits>"


def test_a_tree_is_a_query_too(index: Index) -> None:
    results = index.search(searchkit.Word("embassy") & ~searchkit.Phrase("crisis ends"))
    assert [hit.id for hit in results] == ["a"]
    assert results.problems == ()
    assert "embassy" in results.interpretation


def test_a_closed_index_says_so(index: Index) -> None:
    index.close()
    for act in (lambda: index.search("x"), lambda: index.add([]), lambda: len(index), lambda: index.attachment("a")):
        with pytest.raises(IndexClosed):
            act()
    assert index.path in repr(index)


def test_identifiers(index: Index) -> None:
    assert "a" in index
    assert 5 not in index
    assert index.get("nobody") is None
    assert index.delete("a")
    assert not index.delete("a")
    assert "a" not in index


def test_an_index_without_its_manifests_is_damaged(tmp_path: Path) -> None:
    with searchkit.open(tmp_path) as index:
        index.add([{"id": "1", "body": "a"}])
    for manifest in tmp_path.glob("manifest-*"):
        manifest.unlink()
    for mode in ("r", "w"):
        with pytest.raises(CorruptIndex, match="holds files of an index but no manifest"):
            searchkit.open(tmp_path, mode=mode)
