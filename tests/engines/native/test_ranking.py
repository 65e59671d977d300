"""Weights, k1 and b: of an index, changed later, and for one search."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import searchkit
from searchkit import ARTICLE, Index, QueryError, Ranking, Schema, SchemaError, SchemaMismatch, Text

ARTICLES = [
    {"id": "title", "title": "Oil", "body": "The crisis goes on and on."},
    {"id": "body", "title": "Crisis", "body": "Oil, oil, oil and oil: more oil, all the oil for the lamps."},
    {"id": "other", "title": "Murals", "body": "A wall."},
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with searchkit.open(tmp_path / "index") as index:
        index.add(ARTICLES)
    return tmp_path / "index"


def scores(index: Index, **options: Any) -> dict[str, float]:
    return {hit.id: hit.score for hit in index.search("oil", **options)}


def tuned(title: float = 3.0, **options: Any) -> Schema:
    return replace(ARTICLE, fields={**ARTICLE.fields, "title": Text(weight=title, short=True)}, **options)


def test_a_search_ranks_as_an_index_tuned_so(folder: Path) -> None:
    with searchkit.open(folder) as index:
        before = scores(index)
        asked = scores(index, ranking=Ranking({"title": 9.0}, k1=0.5, b=1.0))
        assert list(before) == ["body", "title"]
        assert list(asked) == ["title", "body"]
        assert scores(index) == before
    with searchkit.open(folder, schema=tuned(9.0, k1=0.5, b=1.0)) as index:
        assert scores(index) == asked
        assert index.schema.k1 == 0.5
    with searchkit.open(folder) as index:
        assert scores(index) == asked
        assert scores(index, ranking=Ranking({"title": 3.0}, k1=ARTICLE.k1, b=ARTICLE.b)) == before
        index.merge()
        assert scores(index, ranking=Ranking({"title": 3.0}, k1=ARTICLE.k1, b=ARTICLE.b)) == before


def test_writers_who_do_not_know_of_it_keep_it(folder: Path) -> None:
    with searchkit.open(folder) as old:
        searchkit.open(folder, schema=tuned(9.0, b=0.1)).close()
        old.add([{"id": "new", "title": "News"}])
        assert (old.schema.b, old.schema.fields["title"]) == (0.1, Text(weight=9.0, short=True))


def test_it_may_come_with_a_new_field(folder: Path) -> None:
    wanted = tuned(9.0, k1=3)
    with searchkit.open(folder, schema=replace(wanted, fields={**wanted.fields, "note": Text(weight=0.5)})) as index:
        assert index.schema.k1 == 3
        assert index.schema.fields["note"] == Text(weight=0.5)
    assert searchkit.open(folder).schema.texts == ("title", "body", "note")


def test_nothing_is_written_where_nothing_changes(folder: Path) -> None:
    files = sorted(folder.iterdir())
    searchkit.open(folder, schema=tuned()).close()
    assert sorted(folder.iterdir()) == files


def test_reading_changes_nothing(folder: Path) -> None:
    with pytest.raises(SchemaMismatch, match=r"k1 is 1\.4 in the index, 2\.0 was given"):
        searchkit.open(folder, schema=tuned(k1=2.0), mode="r")


def test_settings_are_kept_and_not_too_many_of_them(folder: Path) -> None:
    with searchkit.open(folder) as index:
        snapshot = index._snapshot()
        assert snapshot.under(Ranking()) is snapshot
        assert snapshot.under(Ranking(b=0.1)) is snapshot.under(Ranking(b=0.1))
        for number in range(100):
            snapshot.under(Ranking(k1=1 + number))
        assert len(snapshot._variants) <= 16


@pytest.mark.parametrize(
    "wrong",
    [{"k1": 0}, {"k1": 101}, {"b": -0.1}, {"b": 1.1}, {"b": float("nan")}, {"k1": "2"}, {"weights": {"title": -1}}],
)
def test_numbers_have_bounds(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="is from"):
        Ranking(**wrong)
    if "weights" not in wrong:
        with pytest.raises(SchemaError, match="is a number from"):
            replace(ARTICLE, **wrong)


def test_weights_are_of_text_fields(folder: Path) -> None:
    with searchkit.open(folder) as index:
        with pytest.raises(QueryError, match="a weight for 'titel', which is no text field; did you mean 'title'"):
            index.search("oil", ranking=Ranking({"titel": 2}))
        with pytest.raises(QueryError, match=r"a weight for 'source', which is no text field$"):
            index.search("oil", ranking=Ranking({"source": 2}))


def test_a_schema_goes_there_and_back() -> None:
    schema = tuned(5.0, k1=0.9, b=0.4)
    assert Schema.from_dict(schema.to_dict()) == schema
    assert Schema.from_dict({"fields": {"body": "text"}}).b == ARTICLE.b
