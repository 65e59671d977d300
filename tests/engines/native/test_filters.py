"""Indexes whose fields have filters written in Python."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import pytest

import searchkit
from searchkit import FilterError, Schema, SchemaMismatch, Text, WordFilter


def expand(word: str) -> str | tuple[str, ...] | None:
    """Another word, several, none, or the word."""
    return {"un": ("united", "nations"), "colour": "color", "foo": None}.get(word, word)


def explode(word: str) -> str:
    if word == "bomb":
        raise RuntimeError("boom")
    return word


SCHEMA = Schema(
    {"title": Text(weight=2.0, short=True, filters=[expand]), "body": Text(filters=[expand]), "note": Text()}
)
ARTICLES = [
    {"id": "1", "title": "UN troops", "body": "The colour of a helmet"},
    {"id": "2", "title": "United Nations", "body": "Colors and foo bar", "note": "colour"},
    {"id": "3", "title": "A united front", "body": "Two nations", "note": "UN"},
]


@pytest.fixture
def index(tmp_path: Path) -> searchkit.Index:
    index = searchkit.open(tmp_path / "index", schema=SCHEMA)
    for article in ARTICLES:
        index.add([article])
    return index


def ids(index: searchkit.Index, query: str) -> set[str]:
    return {hit.id for hit in index.search(query, match="all")}


QUERIES = {
    "title:un": {"1", "2"},
    "title:UN": {"1", "2"},
    'title:"united nations"': {"1", "2"},
    'title:"un troops"': {"1"},
    "body:color": {"1", "2"},
    "body:colour": {"1", "2"},
    "note:colour": {"2"},
    "note:color": set(),
    "colour": {"1", "2"},
    "body:colou*": {"1", "2"},
    "title:u*": {"1", "2", "3"},
    "body:foo": set(),
    'body:"colors and bar"': {"2"},
    'body:"colors and foo bar"': {"2"},
}


def test_what_a_filter_makes_of_words_is_what_is_found(index: searchkit.Index) -> None:
    for query, expected in QUERIES.items():
        assert ids(index, query) == expected, query


def test_deletes_and_merges_change_nothing_for_the_rest(index: searchkit.Index) -> None:
    index.add([{"id": "4", "title": "UN", "body": "colour"}])
    index.delete("4")
    index.merge()
    assert len(index.info()["segments"]) == 1
    assert index.check() == []
    test_what_a_filter_makes_of_words_is_what_is_found(index)


def test_snippets_show_the_word_as_it_was_written(index: searchkit.Index) -> None:
    (hit,) = [hit for hit in index.search("body:color") if hit.id == "1"]
    assert hit.snippet("body").html() == "The <mark>colour</mark> of a helmet"
    (hit,) = index.search('title:"united nations troops"')
    assert hit.snippet("title").html() == "<mark>UN troops</mark>"


def test_the_names_are_kept_and_asked_for(index: searchkit.Index) -> None:
    names = f"{__name__}.expand"
    assert index.info()["schema"]["fields"]["body"]["filters"] == [names]
    index.close()
    modes: tuple[Literal["r", "w"], ...] = ("r", "w")
    for mode in modes:
        with pytest.raises(SchemaMismatch) as caught:
            searchkit.open(index.path, mode=mode)
        assert caught.value.differences[0] == f"field 'title': filters is {names} in the index, none was given"
    other = Schema({**SCHEMA.fields, "body": Text(filters=[expand, explode])})
    with pytest.raises(SchemaMismatch) as caught:
        searchkit.open(index.path, schema=other)
    assert caught.value.differences == [
        f"field 'body': filters is {names} in the index, {names}, {__name__}.explode was given"
    ]


@pytest.mark.parametrize("mode", ["r", "w"])
def test_opened_again_with_the_filters_or_their_names_it_answers_the_same(index: searchkit.Index, mode: Any) -> None:
    index.close()
    by_name = Schema.from_dict(SCHEMA.to_dict())
    for schema in (SCHEMA, by_name):
        with searchkit.open(index.path, schema=schema, mode=mode) as again:
            test_what_a_filter_makes_of_words_is_what_is_found(again)
            assert again.schema.filters[0].function is expand


def test_a_filtered_field_may_be_added_later(index: searchkit.Index) -> None:
    index.close()
    grown = Schema({**SCHEMA.fields, "more": Text(filters=[WordFilter("backwards", lambda word: word[::-1])])})
    with searchkit.open(index.path, schema=grown) as again:
        again.add([{"id": "5", "more": "lio"}])
        assert ids(again, "more:lio") == {"5"}
        test_what_a_filter_makes_of_words_is_what_is_found(again)


def test_a_program_that_does_not_know_a_filter_added_meanwhile_is_told(tmp_path: Path) -> None:
    old = searchkit.open(tmp_path / "index", schema=Schema({"body": Text()}))
    grown = Schema({"body": Text(), "more": Text(filters=[expand])})
    with searchkit.open(old.path, schema=grown) as new:
        new.add([{"id": "1", "more": "UN"}])
    with pytest.raises(SchemaMismatch, match="field 'more': filters is"):
        old.search("un")
    with pytest.raises(SchemaMismatch, match="field 'more': filters is"):
        old.add([{"id": "2", "body": "text"}])


def test_a_filter_that_fails_loses_nothing_that_is_stored(tmp_path: Path) -> None:
    schema = Schema({"body": Text(filters=[explode])})
    index = searchkit.open(tmp_path / "index", schema=schema)
    index.add([{"id": "1", "body": "a quiet town"}])
    files = set(Path(index.path).iterdir())
    with pytest.raises(FilterError, match=r"explode: of the word 'bomb' it raised RuntimeError: boom"):
        index.add([{"id": "2", "body": "a loud Bomb"}])
    assert len(index) == 1
    assert ids(index, "town") == {"1"}
    assert set(Path(index.path).iterdir()) == files
    with pytest.raises(FilterError, match="'bomb'"):
        index.search("town bomb")
    index.add([{"id": "3", "body": "another town"}])
    assert ids(index, "town") == {"1", "3"}
    assert index.check() == []


def test_fields_with_other_filters_are_searched_each_by_its_own(tmp_path: Path) -> None:
    plain, upper = Text(), Text(filters=[WordFilter("v1", lambda word: "x" if word == "oil" else word)])
    schema = Schema({"a": plain, "b": upper, "c": upper, "d": Text(language="german")})
    with searchkit.open(tmp_path / "index", schema=schema) as index:
        index.add([{"id": name, name: "oil Bücher"} for name in "abcd"])
        assert ids(index, "oil") == {"a", "b", "c", "d"}
        assert ids(index, "x") == {"b", "c"}
        assert ids(index, "buch") == {"d"}
        index.merge()
        assert ids(index, "oil") == {"a", "b", "c", "d"}
