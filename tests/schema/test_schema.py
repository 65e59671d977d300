from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.errors import SchemaError
from searchkit.schema import ARTICLE, Bool, Date, Field, Keyword, Number, Schema, Stored, Text

NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True).filter(lambda name: name not in ("id", "words"))
FIELDS: st.SearchStrategy[Field] = st.one_of(
    st.builds(Keyword, many=st.booleans(), parts=st.booleans()),
    st.sampled_from([Date(), Number(), Bool(), Stored()]),
)
TEXTS = st.builds(
    Text, weight=st.floats(0, 1000), language=st.sampled_from([None, "english", "german"]), short=st.booleans()
)


@given(st.dictionaries(NAMES, FIELDS, max_size=6), TEXTS, st.sampled_from(["UTC", "Asia/Tehran"]))
def test_a_schema_comes_back_from_its_values(fields: dict[str, Field], text: Text, timezone: str) -> None:
    date = next((name for name, field in fields.items() if isinstance(field, Date)), None)
    schema = Schema({"words": text, **fields}, date=date, timezone=timezone)
    assert Schema.from_dict(schema.to_dict()) == schema
    assert schema.differences(schema) == []
    assert schema.extends(schema)


def test_fields_by_type() -> None:
    assert ARTICLE.texts == ("title", "body") == ARTICLE.of_type(Text)
    assert ARTICLE.of_type(Date) == ("date",)
    assert ARTICLE.nearest("Titel") == "title"
    assert ARTICLE.nearest("ids") == "id"
    assert ARTICLE.nearest("zzz") is None


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ({"fields": {"Bad": Text()}}, "field name 'Bad'"),
        ({"fields": {"id": Text()}}, "field 'id' is the key"),
        ({"fields": {"a": "text"}}, "is not a field type"),
        ({"fields": {"a": Text(weight=-1)}}, "weight -1 is not between"),
        ({"fields": {"a": Text(weight=float("nan"))}}, "weight nan is not between"),
        ({"fields": {"a": Text()}, "key": "a b"}, "key 'a b'"),
        ({"fields": {"a": Keyword()}}, "at least one text field"),
        ({"fields": {f"a{number}": Text() for number in range(9)}}, "9 text fields; at most 8"),
        ({"fields": {"a": Text()}, "date": "a"}, "primary date 'a' is not a date field"),
    ],
)
def test_what_makes_no_sense_is_refused(arguments: dict[str, Any], reason: str) -> None:
    with pytest.raises(SchemaError, match=reason):
        Schema(**arguments)


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        (["title"], "a schema is a mapping"),
        ({"fields": {"a": "text"}, "colour": 1}, "unknown key 'colour'"),
        ({"fields": ["a"]}, "'fields' must be a mapping"),
        ({"fields": {"a": "word"}}, "its type is one of text, keyword"),
        ({"fields": {"a": {"weight": 2}}}, "its type is one of"),
        ({"fields": {"a": {"type": "text", "size": 2}}}, "unknown option 'size'; it takes weight, language, short"),
        ({"fields": {"a": {"type": "date", "size": 2}}}, "it takes none"),
        ({"fields": {"a": {"type": "text", "weight": "2"}}}, "option 'weight' cannot be '2'"),
        ({"fields": {"a": {"type": "text", "short": 1}}}, "option 'short' cannot be 1"),
        ({"fields": {"a": {"type": "text", "language": 1}}}, "option 'language' cannot be 1"),
    ],
)
def test_values_that_make_no_schema_are_named(values: Any, reason: str) -> None:
    with pytest.raises(SchemaError, match=reason):
        Schema.from_dict(values)


def test_bare_type_names_are_enough() -> None:
    schema = Schema.from_dict({"fields": {"a": "text", "b": "keyword", "c": {"type": "text", "weight": 2}}})
    assert schema.fields == {"a": Text(), "b": Keyword(), "c": Text(weight=2.0)}


def test_differences_are_sentences() -> None:
    one = Schema({"a": Text(), "b": Date(), "c": Keyword()}, date="b")
    other = Schema({"a": Text(weight=2), "b": Date(), "d": Number()}, key="key")
    assert one.differences(other) == [
        "key is 'id' in the index, 'key' was given",
        "date is 'b' in the index, None was given",
        "field 'c' is in the index, not in what was given",
        "field 'a': weight is 1.0 in the index, 2 was given",
        "field 'd' is not in the index",
    ]


def test_a_schema_may_grow() -> None:
    one = Schema({"a": Text()})
    assert Schema({"a": Text(), "b": Text()}).extends(one)
    assert not one.extends(Schema({"a": Text(), "b": Text()}))
    assert not Schema({"a": Text(), "b": Text()}, timezone="Asia/Tehran").extends(one)
