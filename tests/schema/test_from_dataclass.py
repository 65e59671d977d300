from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Any, Literal

import pytest

from searchkit.errors import SchemaError
from searchkit.schema import Bool, Date, Keyword, Number, Schema, Stored, Text
from searchkit.schema.coerce import Coercer
from searchkit.schema.from_dataclass import schema_of


@dataclasses.dataclass
class Post:
    id: str
    title: Annotated[str, Text(weight=3)]
    body: str
    posted: datetime
    author: Annotated[str, Keyword]
    tags: list[str]
    topics: tuple[str, ...]
    names: Sequence[str]
    kind: Literal["news", "note"]
    level: Literal[1, 2]
    views: int | None
    score: float
    free: bool
    extra: dict[str, str]
    other: Any
    mixed: int | str
    described: Annotated[str, "just a note", 5]


def test_types_say_what_the_fields_are() -> None:
    assert schema_of(Post) == Schema(
        {
            "title": Text(weight=3),
            "body": Text(),
            "posted": Date(),
            "author": Keyword(),
            "tags": Keyword(many=True),
            "topics": Keyword(many=True),
            "names": Keyword(many=True),
            "kind": Keyword(),
            "level": Stored(),
            "views": Number(),
            "score": Number(),
            "free": Bool(),
            "extra": Stored(),
            "other": Stored(),
            "mixed": Stored(),
            "described": Text(),
        },
        date="posted",
    )


@dataclasses.dataclass
class Dated:
    key: str
    text: str
    made: date
    date: datetime


@dataclasses.dataclass
class TwoDates:
    text: str
    made: date
    seen: date


def test_the_primary_date_is_named_or_found() -> None:
    assert schema_of(Dated, key="key").date == "date"
    assert schema_of(Dated, key="key", date="made").date == "made"
    assert schema_of(TwoDates).date is None


def test_it_is_a_method_of_the_schema_too() -> None:
    schema = Schema.from_dataclass(Dated, key="key", timezone="Europe/Berlin")
    assert (schema.key, schema.timezone) == ("key", "Europe/Berlin")
    document = Coercer(schema).coerce(Dated("k", "words", date(2019, 1, 1), datetime(2020, 1, 1)))
    assert document.id == "k"
    assert document.date == document.values["date"]


@dataclasses.dataclass
class Unresolved:
    text: Missing  # type: ignore[name-defined]  # noqa: F821


@dataclasses.dataclass
class NoText:
    views: int


class Plain:
    text: str


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        (Plain, "is not a dataclass"),
        (NoText(1), "is not a dataclass"),
        (Unresolved, "annotations of Unresolved cannot be resolved"),
        (NoText, "at least one text field"),
    ],
)
def test_what_makes_no_schema_is_refused(kind: Any, reason: str) -> None:
    with pytest.raises(SchemaError, match=reason):
        schema_of(kind)
