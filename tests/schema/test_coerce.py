from __future__ import annotations

import dataclasses
from datetime import UTC, datetime
from types import MappingProxyType, SimpleNamespace
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.errors import DocumentError, SchemaError
from searchkit.schema import (
    ARTICLE,
    Bool,
    Date,
    Field,
    Keyword,
    Number,
    Schema,
    Stored,
    Text,
)
from searchkit.schema.coerce import Coercer
from searchkit.schema.document import Document
from searchkit.schema.instants import microseconds
from searchkit.schema.record import Record

MIXED = Schema(
    {
        "title": Text(),
        "body": Text(),
        "tags": Keyword(many=True),
        "kind": Keyword(),
        "views": Number(),
        "free": Bool(),
        "extra": Stored(),
        "seen": Date(),
    }
)
FULL = {
    "id": "a1",
    "title": "The title",
    "author": ["Ann", " Bob ", "Ann", ""],
    "date": "2019-11-03T11:00:57+00:00",
    "source": "Wire",
    "url": "https://example.org/1",
    "body": ["one", "two"],
    "tags": None,
}


class Name(str):
    """A str that is not quite one."""


def coerce(article: object, schema: Schema = MIXED, position: int | None = None) -> Document:
    return Coercer(schema).coerce(article, position)


def rejected(article: object, schema: Schema = MIXED) -> DocumentError:
    with pytest.raises(DocumentError) as caught:
        coerce(article, schema, 7)
    assert caught.value.position == 7
    return caught.value


def test_an_article_becomes_a_document() -> None:
    instant = microseconds(datetime(2019, 11, 3, 11, 0, 57, tzinfo=UTC))
    values = {"author": ("Ann", "Bob"), "date": instant, "source": ("Wire",), "url": "https://example.org/1"}
    assert coerce(FULL, ARTICLE) == Document("a1", instant, (b"The title", b"one\ntwo"), values)


@dataclasses.dataclass
class Post:
    id: int
    title: str
    body: str | None = None


class Row(NamedTuple):
    id: int
    title: str


class Pydantic(SimpleNamespace):
    model_fields = {"id": None, "title": None}  # noqa: RUF012


class Msgspec(SimpleNamespace):
    __struct_fields__ = ("id", "title")


class Attrs(SimpleNamespace):
    __attrs_attrs__ = (SimpleNamespace(name="id"), SimpleNamespace(name="title"))


@pytest.mark.parametrize(
    "article",
    [
        {"id": 1, "title": "T"},
        MappingProxyType({"id": 1, "title": "T"}),
        Post(1, "T"),
        Row(1, "T"),
        Pydantic(id=1, title="T", other=2),
        Msgspec(id=1, title="T"),
        Attrs(id=1, title="T"),
        SimpleNamespace(id=1, title="T", something="else"),
        Record({"id": 1, "title": "T"}, "file"),
    ],
)
def test_articles_may_be_objects_of_many_kinds(article: object) -> None:
    assert coerce(article) == Document("1", None, (b"T", b""), {})


@dataclasses.dataclass
class Wrong:
    headline: str


@pytest.mark.parametrize("article", [5, "text", b"bytes", None, ["list"], object()])
def test_what_is_no_article_is_rejected(article: object) -> None:
    error = rejected(article)
    assert "is no article" in error.reason
    assert error.field is None


def test_fields_that_a_class_declares_must_be_known() -> None:
    assert rejected(Wrong("x")).field == "headline"


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("titel", "x", "did you mean 'title'?"),
        ("titel", None, "did you mean 'title'?"),
        ("zzzzzz", "x", "it has id, title"),
        (5, "x", "no such field"),
        ("title", 5, "not int"),
        ("title", ["a", 5], "not list"),
        ("title", "a\ud800b", "not valid Unicode: a lone surrogate, U+D800, at character 1"),
        ("tags", "\udcff", "not valid Unicode"),
        ("tags", ["a", 5], "not int"),
        ("tags", {"a": 1}, "not dict"),
        ("kind", ["a", "b"], "takes one value, not 2"),
        ("views", "many", "not 'many'"),
        ("views", True, "not bool"),
        ("views", float("nan"), "must be finite"),
        ("views", 10**400, "must fit a 64-bit float"),
        ("views", "1e999", "must be finite"),
        ("free", 1, "not int"),
        ("free", "maybe", "not 'maybe'"),
        ("seen", "soon", "'soon' is not an ISO 8601 date"),
        ("seen", [2019], "not list"),
        ("extra", {1: 2}, "not a JSON value: dict"),
        ("extra", [float("inf")], "not a JSON value: inf"),
        ("extra", datetime(2019, 1, 1), "not a JSON value: datetime"),
        ("extra", ["\ud800"], "not valid Unicode"),
        ("id", "", "must not be empty"),
        ("id", "  ", "must not be empty"),
        ("id", True, "not bool"),
        ("id", 1.5, "not float"),
        ("id", "\ud800", "not valid Unicode"),
    ],
)
def test_what_does_not_fit_is_rejected_by_name(field: Any, value: object, reason: str) -> None:
    error = rejected({"title": "a title", field: value})
    assert reason in error.reason
    assert error.field == str(field)


def test_a_rejection_names_id_and_place() -> None:
    error = rejected(Record({"id": 12, "seen": "soon"}, "posts.jsonl", 3, 2))
    assert (error.id, error.source, error.line, error.field) == ("12", "posts.jsonl", 3, "seen")
    assert str(error).startswith("posts.jsonl:3, id '12', field 'seen': 'soon'")


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("tags", "  one ", ("one",)),
        ("tags", ("b", None, "a", "b"), ("b", "a")),
        ("tags", {"b", "a"}, ("a", "b")),
        ("kind", ["one"], ("one",)),
        ("views", 3, 3.0),
        ("views", " 3.5e2 ", 350.0),
        ("free", False, False),
        ("free", "True", True),
        ("seen", 1.5, 1_500_000),
        ("extra", {"a": [1, None, True, 1.5, ("é",)]}, {"a": [1, None, True, 1.5, ["é"]]}),
        ("extra", "é", "é"),
        ("extra", 0, 0),
    ],
)
def test_values_are_kept_by_type(field: str, value: object, expected: object) -> None:
    assert coerce({"id": "x", field: value}).values == {field: expected}


@pytest.mark.parametrize(
    ("field", "value"), [("tags", []), ("kind", "  "), ("seen", " "), ("views", None), ("tags", [""])]
)
def test_what_amounts_to_nothing_is_left_out(field: str, value: object) -> None:
    assert coerce({"id": "x", field: value}).values == {}


class Shouting(str):
    __slots__ = ()


def test_subclasses_of_str_become_plain() -> None:
    document = coerce({"id": Shouting("i"), "title": Shouting("t"), "tags": Shouting("g"), "seen": Shouting("2019")})
    assert [type(text) for text in (document.id, document.texts[0], document.values["tags"][0])] == [str, bytes, str]


def test_ids_come_from_the_url_then_the_path_then_the_content() -> None:
    article = {"title": "T", "url": " https://example.org/1 "}
    assert coerce(Record(article, "a.jsonl", 1, 2), ARTICLE).id == "https://example.org/1"
    assert coerce(Record({"title": "T"}, "a.jsonl", 1, 1), ARTICLE).id == "a.jsonl"
    assert coerce(Record({"title": "T", "url": ""}, "a.jsonl", 5, 2), ARTICLE).id == "a.jsonl#2"
    hashed = coerce({"title": "T"}, ARTICLE).id
    assert len(hashed) == 32
    assert hashed == coerce(Record({"title": "T"}, "-"), ARTICLE).id == coerce({"title": "T"}).id
    assert hashed != coerce({"body": "T"}, ARTICLE).id


def test_a_url_that_is_a_keyword_makes_the_id_too() -> None:
    schema = Schema({"title": Text(), "url": Keyword()})
    assert coerce({"url": "https://example.org/1"}, schema).id == "https://example.org/1"


def test_the_id_of_the_content_survives_a_new_field() -> None:
    grown = Schema({**MIXED.fields, "source": Keyword(), "note": Text()})
    article = {"title": "T", "tags": ["a"], "views": 3}
    assert coerce(article).id == coerce(article, grown).id == coerce(dict(reversed(article.items()))).id


@pytest.mark.parametrize("article", [{}, {"title": " ", "tags": []}, {"id": None}, Record({}, "empty.md")])
def test_nothing_at_all_is_rejected(article: object) -> None:
    error = rejected(article)
    assert "nothing to derive one from" in error.reason
    assert error.field == "id"


def test_an_id_without_content_is_enough() -> None:
    assert coerce({"id": 5}) == Document("5", None, (b"", b""), {})


@pytest.mark.parametrize("value", [[[]], {"a": 1}])
def test_stored_values_have_a_bound(value: Any) -> None:
    for _ in range(20):
        value = [value] * 4
    assert "may hold" in rejected({"id": "x", "extra": value}).reason


@pytest.mark.parametrize(
    "value", ["z" * 32_767, ["z" * 32_767], ("ä" * 16_384,), {"a", "z" * 65_536}, [Name("z" * 40_000)]]
)
def test_a_keyword_has_a_bound_however_it_is_given(value: Any) -> None:
    schema = Schema({"title": Text(), "tags": Keyword(many=True)})
    assert "a keyword has at most 32766 bytes" in str(rejected({"id": "1", "tags": value}, schema))
    assert coerce({"id": "1", "tags": ["z" * 32_766]}, schema).values["tags"] == ("z" * 32_766,)


def test_integers_that_cannot_be_written_are_rejected() -> None:
    schema = Schema({"title": Text(), "more": Stored()})
    assert "too long to be written" in str(rejected({"id": "1", "more": [{"a": 10**5000}]}, schema))
    for value in (10**600, -(10**600), 10**3000, True, 0):
        assert coerce({"id": "1", "more": value}, schema).values["more"] == value


def test_the_zone_of_the_schema_holds_for_naive_dates() -> None:
    schema = Schema({"title": Text(), "date": Date()}, date="date", timezone="Asia/Tehran")
    assert coerce({"id": "x", "date": "1979-11-04T00:00"}, schema).date == microseconds(datetime(1979, 11, 3, 20, 30))
    with pytest.raises(SchemaError, match="unknown time zone 'Nowhere'"):
        Coercer(Schema({"title": Text()}, timezone="Nowhere"))


def test_memos_do_not_grow_without_end() -> None:
    coercer = Coercer(ARTICLE)
    for number in range(9_000):
        document = coercer.coerce({"id": number, "source": f"s{number}", "date": f"{1000 + number}"})
        assert document.values["source"] == (f"s{number}",)
    assert coercer.coerce({"id": "x", "date": "1000"}).date == coercer.coerce({"id": "x", "date": "1000-01"}).date


WORDS = st.text(max_size=20)
ARTICLES = st.fixed_dictionaries(
    {"id": st.text(min_size=1)},
    optional={"title": WORDS, "tags": st.lists(WORDS), "views": st.floats() | st.integers(), "free": st.booleans()},
)


@given(ARTICLES)
def test_a_coerced_document_is_well_formed_or_refused(article: dict[str, Any]) -> None:
    try:
        document = coerce(article)
    except DocumentError as error:
        found = error.field
    else:
        found = "id"
        _check(document, article)
    assert found in article


def _check(document: Document, article: dict[str, Any]) -> None:
    assert document.id == article["id"]
    assert document.texts == (article.get("title", "").encode(), b"")
    tags = document.values.get("tags", ())
    assert all(tag and tag == tag.strip() for tag in tags)
    assert len(set(tags)) == len(tags)
    assert all(value is not None for value in document.values.values())


@given(st.dictionaries(st.text(), st.recursive(st.none() | st.text() | st.integers(), st.lists), max_size=5))
def test_no_mapping_does_worse_than_being_refused(article: dict[str, Any]) -> None:
    try:
        outcome = coerce(article).id
    except DocumentError as error:
        outcome = error.reason
    assert outcome


def test_field_union_covers_every_type() -> None:
    assert all(isinstance(field, Field) for field in MIXED.fields.values())
