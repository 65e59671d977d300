"""Partial updates: fields that are given change, the others stay as they were."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import searchkit
from searchkit import Bool, Date, DocumentError, DocumentNotFound, Index, Keyword, Number, Schema, Stored, Text

SCHEMA = Schema(
    {
        "title": Text(short=True),
        "body": Text(),
        "tags": Keyword(many=True),
        "source": Keyword(),
        "seen": Date(),
        "price": Number(),
        "sold": Bool(),
        "notes": Stored(),
    },
    date="seen",
    timezone="Europe/Berlin",
)
WHOLE: dict[str, Any] = {
    "id": "a",
    "title": "A title",
    "body": "  Odd \u2028 text\n",
    "tags": ("one", "two"),
    "source": "Wire",
    "seen": datetime(1979, 11, 4, 6, 30, 0, 1, tzinfo=UTC),
    "price": 0.1,
    "sold": False,
    "notes": {"deep": [1, None, "é"]},
}


@pytest.fixture
def index(tmp_path: Path) -> Index:
    index = searchkit.open(tmp_path / "index", schema=SCHEMA)
    index.add([WHOLE])
    return index


@pytest.mark.parametrize(
    ("field", "given", "kept"),
    [
        ("title", "Another", "Another"),
        ("body", ["two", "lines"], "two\nlines"),
        ("tags", "three", ("three",)),
        ("seen", "2024-06-01", datetime(2024, 5, 31, 22, tzinfo=UTC)),
        ("price", 3, 3.0),
        ("sold", True, True),
        ("notes", [], []),
    ],
)
def test_one_field_changes_and_the_others_stay(index: Index, field: str, given: object, kept: object) -> None:
    index.update("a", {field: given})
    assert index.get("a") == {**WHOLE, field: kept}
    index.update("a", {field: None})
    assert index.get("a") == {name: value for name, value in WHOLE.items() if name != field}
    assert len(index) == 1


def test_what_was_changed_is_found(index: Index) -> None:
    index.update("a", {"title": "Embassy", "seen": None})
    assert (index.count("embassy"), index.count("title:title"), index.search("embassy")[0].date) == (1, 0, None)


def test_an_article_may_become_empty(index: Index) -> None:
    index.update("a", dict.fromkeys(SCHEMA.fields))
    assert index.get("a") == {"id": "a"}


@pytest.mark.parametrize(
    ("fields", "field", "reason"),
    [
        ({"titel": "x"}, "titel", "did you mean 'title'"),
        ({"titel": None}, "titel", "did you mean 'title'"),
        ({"price": "dear"}, "price", "a number"),
        ({"id": "b"}, "id", "cannot make it 'b'"),
        ({"id": None}, "id", "cannot make it None"),
    ],
)
def test_what_does_not_fit_changes_nothing(index: Index, fields: dict[str, Any], field: str, reason: str) -> None:
    with index.writer() as writer:
        with pytest.raises(DocumentError, match=reason) as caught:
            writer.update("a", fields)
        writer.update("a", {"id": "a", "price": 2})
    assert (caught.value.field, caught.value.id is not None) == (field, True)
    assert index.get("a") == {**WHOLE, "price": 2.0}


def test_a_document_that_is_not_there(index: Index) -> None:
    with pytest.raises(DocumentNotFound) as caught:
        index.update("b", {"title": "x"})
    assert caught.value.id == "b"
    with pytest.raises(TypeError, match="mapping"):
        index.update("a", [("title", "x")])  # type: ignore[arg-type]


def test_sees_what_the_writer_did_before(index: Index) -> None:
    with index.writer() as writer:
        writer.add({"id": "b", "title": "Added"})
        writer.update("b", {"price": 1})
        writer.update("b", {"sold": True})
        writer.update("a", {"price": 2})
        writer.add({"id": "a", "title": "Replaced"})
        writer.update("a", {"sold": True})
        writer.update("a", {"sold": None, "price": 5})
        writer.delete("b")
        with pytest.raises(DocumentNotFound):
            writer.update("b", {"price": 1})
    assert index.get("a") == {"id": "a", "title": "Replaced", "price": 5.0}
    assert "b" not in index


def test_updates_of_one_document_need_no_segment_each(index: Index) -> None:
    before = len(index.info()["segments"])
    with index.writer() as writer:
        for price in range(50):
            writer.update("a", {"price": price})
    info = index.info()
    assert (index.get("a") or {})["price"] == 49.0
    assert (info["documents"], len(info["segments"]) <= before + 1) == (1, True)
