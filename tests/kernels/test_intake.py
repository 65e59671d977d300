"""Plain articles become the documents that coercion makes of them; of all others nothing is left behind."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.errors import DocumentError
from searchkit.kernels.intake import FULL, NONE_LEFT, NOT_PLAIN, REPLACED, Intake
from searchkit.schema import Date, Keyword, Number, Schema, Stored, Text
from searchkit.schema.coerce import Coercer

SCHEMA = Schema(
    {"title": Text(), "body": Text(), "source": Keyword(), "date": Date(), "size": Number(), "url": Stored()},
    date="date",
)
COERCER = Coercer(SCHEMA)


def intake() -> Intake:
    return Intake(COERCER.slots, COERCER.converters, SCHEMA.key, "date")


texts = st.one_of(st.none(), st.text(max_size=9), st.lists(st.text(max_size=3), max_size=2), st.just("\ud800"))
articles = st.fixed_dictionaries(
    {},
    optional={
        "id": st.one_of(st.sampled_from(["a", "b", " ", "", "ä", "\ud800", "x y"]), st.integers(0, 2), st.none()),
        "title": texts,
        "body": texts,
        "source": st.one_of(st.none(), st.sampled_from(["Wire", " ", ["a", "b"], 7, "\ud800"])),
        "date": st.one_of(st.none(), st.sampled_from(["2019-11-03", "never", 0, ""])),
        "size": st.one_of(st.none(), st.sampled_from([1, 2.5, "many"])),
        "url": st.one_of(st.none(), st.sampled_from(["https://example.org", {"a": [1]}, {1}])),
        "other": st.none(),
    },
)


def weight(value: Any) -> int:
    """50 bytes an object, and a string's letters."""
    inner = list(value) if isinstance(value, tuple | list) else []
    if isinstance(value, dict):
        inner = [*value, *value.values()]
    return 50 + (len(value) if isinstance(value, str) else 0) + sum(map(weight, inner))


@given(st.lists(articles, max_size=6))
def test_plain_articles_are_the_documents_that_coercion_makes(given_articles: list[dict[str, Any]]) -> None:
    made, ids, dead = intake(), dict[str, int](), set[int]()
    expected_texts: list[bytes] = []
    expected: list[tuple[int | None, dict[str, Any] | None]] = []
    for article in given_articles:
        found = made.add_plain(article)
        if found == NOT_PLAIN:
            continue
        document = COERCER.coerce(article)
        assert (found == REPLACED) == (document.id in ids)
        if document.id in ids:
            dead.add(ids[document.id])
        ids[document.id] = len(expected)
        expected_texts += document.texts
        expected.append((document.date, document.values or None))
    assert (made.ids, made.dead, made.added) == (ids, dead, len(expected))
    values = [value for _, found in expected for value in (found or {}).values()]
    assert made.waiting == sum(map(len, expected_texts)) + 100 * len(expected) + sum(map(weight, values))
    assert made.drain() == (expected_texts, [date for date, _ in expected], [values for _, values in expected])
    assert (made.texts, made.dates, made.values, made.waiting) == ([], [], [], 0)


@given(st.lists(articles, max_size=9), st.integers(0, 300), st.integers(0, 3000))
def test_many_at_once_are_the_documents_of_one_after_the_other(
    given_articles: list[dict[str, Any]], waiting: int, memory: int
) -> None:
    one_by_one, at_once = intake(), intake()
    left = iter(given_articles)
    for article in given_articles:
        plain = one_by_one.add_plain(article) != NOT_PLAIN
        full = one_by_one.waiting > waiting or one_by_one.memory > memory
        if not plain or full:
            assert at_once.add_all(left, waiting, memory) is (FULL if plain else article)
            state = one_by_one.texts, one_by_one.dates, one_by_one.values, one_by_one.waiting, one_by_one.memory
            assert (at_once.texts, at_once.dates, at_once.values, at_once.waiting, at_once.memory) == state
    assert at_once.add_all(left, waiting, memory) is NONE_LEFT
    assert (at_once.ids, at_once.dead, at_once.replaced) == (one_by_one.ids, one_by_one.dead, len(one_by_one.dead))
    assert at_once.drain() == one_by_one.drain()


@given(articles)
def test_what_coercion_rejects_is_not_plain(article: dict[str, Any]) -> None:
    try:
        COERCER.coerce(article)
    except DocumentError:
        assert intake().add_plain(article) == NOT_PLAIN


PLAIN = {"id": "a", "title": "one", "body": "two", "source": "Wire", "date": "2019"}


@pytest.mark.parametrize(
    "change",
    [
        {"id": None},
        {"id": 7},
        {"id": "ä"},
        {"id": " "},
        {"title": ["one"]},
        {"title": "\ud800"},
        {"source": 7},
        {"date": "never"},
        {"other": 1},
    ],
)
def test_what_is_not_plain_leaves_nothing_behind(change: dict[str, Any]) -> None:
    made = intake()
    assert made.add_plain(PLAIN | change) == NOT_PLAIN
    assert (made.texts, made.dates, made.values, made.waiting, made.ids) == ([], [], [], 0, {})
    assert made.add_plain(PLAIN) not in (NOT_PLAIN, REPLACED)
    assert made.add_plain(PLAIN) == REPLACED


def test_a_converter_that_fails_otherwise_is_heard_and_leaves_nothing_behind() -> None:
    def fail(_: object) -> object:
        raise ZeroDivisionError

    made = Intake({"body": 0}, {"size": fail}, "id", "")
    with pytest.raises(ZeroDivisionError):
        made.add_plain({"id": "a", "body": "words", "size": 1})
    assert (made.texts, made.ids) == ([], {})


class Special(dict[str, Any]):
    """A mapping that is no plain dict."""


def test_only_dicts_are_plain() -> None:
    assert intake().add_plain(Special(PLAIN)) == NOT_PLAIN
    assert intake().add_plain([PLAIN]) == NOT_PLAIN


def test_documents_are_added_and_discarded() -> None:
    made = intake()
    document = COERCER.coerce(PLAIN)
    assert not made.add(document.id, document.date, document.texts, document.values)
    assert made.add(document.id, document.date, document.texts, {})
    assert made.discard("a")
    assert not made.discard("a")
    assert (made.ids, made.dead, made.added) == ({}, {0, 1}, 2)
    assert made.drain() == ([b"one", b"two"] * 2, [document.date] * 2, [document.values, None])


@pytest.mark.parametrize("draining", [True, False])
def test_a_converter_may_add_articles_itself(draining: bool) -> None:
    made: Intake

    def convert(value: Any) -> Any:
        if value == "outer":
            assert made.add_plain({"id": "inner", "body": "of the inner one", "word": "inner"})
            assert made.add_plain({"id": "wrong", "word": "inner", "nothing": 1}) == NOT_PLAIN
            if draining:
                made.drain()
        return value

    made = Intake({"title": 0, "body": 1}, {"word": convert}, "id", "")
    assert made.add_plain({"id": "outer", "title": "first", "word": "outer", "body": "of the outer one"})
    assert made.ids == {"inner": 0, "outer": 1}
    inner = [] if draining else [b"", b"of the inner one"]
    assert made.texts == [*inner, b"first", b"of the outer one"]
    assert made.values[-1] == {"word": "outer"}
