"""Arguments of a wrong type or value, for every public function: the error names the argument and what was expected."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

import searchkit
from searchkit import (
    Analyzer,
    And,
    Bag,
    Between,
    Boost,
    Clause,
    Has,
    Index,
    Limits,
    Not,
    Or,
    Phrase,
    Prefix,
    Schema,
    SchemaError,
    SortKey,
    Term,
    Text,
    Word,
    Writer,
)
from searchkit.articles import read
from searchkit.schema import Keyword


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    with searchkit.open(tmp_path / "index") as index:
        index.add([{"id": "1", "title": "Embassy", "body": "hostage crisis", "date": "1979-11-04"}])
        yield index


def typed(value: object) -> Any:
    """The value, of a type that no checker objects to."""
    return value


SEARCHES: list[tuple[Callable[[Index], Any], type[Exception], str]] = [
    (lambda index: index.search("a", limit=typed("5")), TypeError, "limit is a whole number, not '5'"),
    (lambda index: index.search("a", limit=typed(5.0)), TypeError, "limit is a whole number, not 5.0"),
    (lambda index: index.search("a", limit=typed(None)), TypeError, "limit is a whole number, not None"),
    (lambda index: index.search("a", limit=True), TypeError, "limit is a whole number, not True"),
    (lambda index: index.search("a", limit=-1), ValueError, "limit is from 0 to 10000, not -1 (limit: page)"),
    (lambda index: index.search("a", limit=10_001), ValueError, "limit is from 0 to 10000, not 10001 (limit: page)"),
    (
        lambda index: index.search("a", sort=typed(5)),
        TypeError,
        "sort is a field's name, a SortKey, or a list of them, not",
    ),
    (
        lambda index: index.search("a", sort=typed([5, 6])),
        TypeError,
        "a key to sort by is a field's name, '-' and a name,",
    ),
    (lambda index: index.search("a", sort=SortKey(typed(5))), TypeError, "SortKey.field is a field's name, not 5"),
    (lambda index: index.search("a", collapse=typed(5)), TypeError, "collapse is the name of a field, not 5"),
    (lambda index: index.search("a", ranking=typed({})), TypeError, "ranking is a searchkit.Ranking, not {}"),
    (lambda index: index.search("a", facets=typed(5)), TypeError, "facets is a field's name, a facet, several of them"),
    (lambda index: index.facets("a", typed(None)), TypeError, "facets is a field's name, a facet, several of them"),
    (lambda index: index.search("a", selected=typed("source")), TypeError, "selected is a mapping from fields to what"),
    (lambda index: index.search("a", selected=typed({5: "x"})), TypeError, "a field in selected is its name, not 5"),
    (lambda index: index.suggest(typed(5)), TypeError, "a query is a string or a tree of nodes, not 5"),
    (lambda index: index.suggest("a", limit=-1), ValueError, "limit is from 0 to 10000, not -1 (limit: page)"),
    (lambda index: index.complete(typed(5)), TypeError, "text is a str, not 5"),
    (lambda index: index.complete("a", limit=typed("5")), TypeError, "limit is a whole number, not '5'"),
    (lambda index: index.like("1", terms=typed("x")), TypeError, "terms is a whole number, not 'x'"),
    (lambda index: index.search("a", offset=typed("5")), TypeError, "offset is a whole number, not '5'"),
    (lambda index: index.search(typed(None)), TypeError, "a query is a string or a tree of nodes, not NoneType"),
    (lambda index: index.search(typed(b"a")), TypeError, "a query is a string or a tree of nodes, not bytes"),
    (lambda index: index.search("a", match=typed(True)), ValueError, "match is 'all', 'any' or None, not True"),
    (lambda index: index.count(typed(3)), TypeError, "a query is a string or a tree of nodes, not int"),
    (lambda index: index.get(typed(None)), TypeError, "an id is a string or an int, not None"),
    (lambda index: index.delete(typed(["1"])), TypeError, "an id is a string or an int, not ['1']"),
    (lambda index: index.attachment(typed(5)), TypeError, "name is a str, not 5"),
    (lambda index: index.search("embassy")[0].snippet(size=typed("9")), TypeError, "size is a whole number, not '9'"),
    (lambda index: index.search("embassy")[0].snippet(size=0), ValueError, "size is at least 1, not 0"),
    (lambda index: index.search(Word(typed(None))), TypeError, "Word.text is a str, not None"),
    (lambda index: index.search(Word("a", typed(5))), TypeError, "Word.field is the name of a field, not 5"),
    (lambda index: index.search(Phrase(typed(["a", "b"]))), TypeError, "Phrase.text is a str, not ['a', 'b']"),
    (lambda index: index.search(Prefix(typed(1))), TypeError, "Prefix.text is a str, not 1"),
    (lambda index: index.search(Term("id", typed(1))), TypeError, "Term.value is a str, not 1"),
    (lambda index: index.search(Has(typed(1))), TypeError, "Has.field is the name of a field, not 1"),
    (lambda index: index.search(Or(typed(None))), TypeError, "Or.children is a tuple of nodes, not None"),
    (lambda index: index.search(Word("a") & typed("b")), TypeError, "And.children is a tuple of nodes, not (Word("),
    (lambda index: index.search(Not(And(typed("ab")))), TypeError, "And.children is a tuple of nodes, not 'ab'"),
    (lambda index: index.search(Not(typed(None))), TypeError, "Not.child is a node, not None"),
    (lambda index: index.search(Boost(Word("a"), typed("2"))), TypeError, "Boost.factor is a number, not '2'"),
    (lambda index: index.search(Bag(typed((Word("a"),)))), TypeError, "Bag.clauses is a tuple of clauses, not (Word("),
    (lambda index: index.search(Bag((Clause(typed("a")),))), TypeError, "Clause.node is a node, not 'a'"),
    (lambda index: index.search(Bag((Clause(Word("a"), typed(1)),))), TypeError, "Clause.occur is an Occur, not 1"),
    (
        lambda index: index.search(Between("date", typed(datetime(1979, 1, 1)), None)),
        TypeError,
        "Between.low is a number (of a date: microseconds since 1970, UTC) or None, not datetime",
    ),
]


@pytest.mark.parametrize(("call", "kind", "message"), SEARCHES)
def test_searches(index: Index, call: Callable[[Index], Any], kind: type[Exception], message: str) -> None:
    with pytest.raises(kind) as caught:
        call(index)
    assert str(caught.value).startswith(message)


def test_what_is_of_the_right_type_passes(index: Index) -> None:
    assert index.search(And([Word("embassy"), Phrase("hostage crisis")])).total == 1  # type: ignore[arg-type]
    assert index.search(Between("date", None, 1e18)).total == 1
    index.add([{"id": 7, "title": "seven"}])
    assert 7 in index
    assert index.get(typed(7)) == index.get("7")
    assert index.delete(typed(7))
    assert None not in index


def writing(call: Callable[[Writer], Any]) -> Callable[[Index], Any]:
    def run(index: Index) -> None:
        with index.writer() as writer:
            call(writer)

    return run


WRITES: list[tuple[Callable[[Index], Any], type[Exception], str]] = [
    (lambda index: index.add(typed(None)), TypeError, "add takes an iterable of articles, not NoneType"),
    (lambda index: index.add(typed(object())), TypeError, "add takes an iterable of articles, not object"),
    (
        lambda index: index.add(typed({"id": "1"})),
        TypeError,
        "add takes an iterable of articles; put a single one in a",
    ),
    (lambda index: index.add("seeds/"), TypeError, "add takes an iterable of articles; put a single one in a list"),
    (lambda index: index.add([], progress=typed(5)), TypeError, "progress is a function or None, not 5"),
    (lambda index: index.add([], on_error=typed("stop")), ValueError, "on_error is 'report' or 'raise', not 'stop'"),
    (lambda index: index.writer(timeout=typed("x")).__enter__(), TypeError, "timeout is a number of seconds, not 'x'"),
    (lambda index: index.writer(timeout=-1).__enter__(), ValueError, "timeout is 0 seconds or more, not -1"),
    (writing(lambda writer: writer.delete(typed(b"1"))), TypeError, "an id is a string or an int, not b'1'"),
    (writing(lambda writer: writer.set_attachment(typed(5), b"")), TypeError, "name is a str, not 5"),
    (writing(lambda writer: writer.set_attachment("a", typed("b"))), TypeError, "data is bytes or None, not 'b'"),
    (writing(lambda writer: writer.add(None)), searchkit.DocumentError, "document 0: a NoneType is no article"),
]


@pytest.mark.parametrize(("call", "kind", "message"), WRITES)
def test_writes(index: Index, call: Callable[[Index], Any], kind: type[Exception], message: str) -> None:
    before = len(index)
    with pytest.raises(kind) as caught:
        call(index)
    assert str(caught.value).startswith(message)
    assert len(index) == before
    assert index.add([{"id": "2", "title": "and on"}]).added == 1


def test_what_a_generator_gives_is_rejected_one_by_one(index: Index) -> None:
    report = index.add(typed(one for one in (None, {"id": "2", "title": "x"}, "text", ["a"])))
    assert report.added == 1
    assert [(error.position, error.reason.split(" is ")[0]) for error in report.rejected] == [
        (0, "a NoneType"), (2, "a str"), (3, "a list"),
    ]  # fmt: skip


OPENINGS: list[tuple[dict[str, Any], type[Exception], str]] = [
    ({"path": None}, TypeError, "path is a str or a path, not None"),
    ({"path": b"index"}, TypeError, "path is a str or a path, not b'index'"),
    ({"path": ""}, ValueError, "path is empty"),
    ({"schema": "articles"}, TypeError, "schema is a Schema, a dataclass or None, not 'articles'"),
    (
        {"schema": {"fields": {}}},
        TypeError,
        "schema is a Schema or a dataclass; Schema.from_dict makes one of a mapping",
    ),
    ({"schema": int}, SchemaError, "<class 'int'> is not a dataclass"),
    ({"mode": "a"}, ValueError, "mode is 'r', 'w' or 'x', not 'a'"),
    ({"timeout": "10"}, TypeError, "timeout is a number of seconds, not '10'"),
    ({"timeout": float("nan")}, ValueError, "timeout is 0 seconds or more, not nan"),
    ({"limits": {"page": 3}}, TypeError, "limits is a searchkit.Limits, not {'page': 3}"),
    ({"limits": None}, TypeError, "limits is a searchkit.Limits, not None"),
    ({"now": datetime(2024, 1, 1)}, TypeError, "now is a function or None, not datetime.datetime(2024"),
]


@pytest.mark.parametrize(("options", "kind", "message"), OPENINGS)
def test_openings(tmp_path: Path, options: dict[str, Any], kind: type[Exception], message: str) -> None:
    with pytest.raises(kind) as caught:
        searchkit.open(**{"path": tmp_path / "new", **options})
    assert str(caught.value).startswith(message)
    assert not (tmp_path / "new").exists()


OTHERS: list[tuple[Callable[[], Any], type[Exception], str]] = [
    (lambda: Limits(page=typed("3")), TypeError, "page is a whole number, not '3'"),
    (lambda: Limits(query_depth=-3), ValueError, "query_depth is at least 0, not -3"),
    (lambda: Schema(typed(["title"])), SchemaError, "fields is a mapping of names to types, not ['title']"),
    (
        lambda: Schema({"a": typed(Text)}),
        SchemaError,
        "field 'a': <class 'searchkit.schema.fields.Text'> is not a field",
    ),
    (lambda: Schema({typed(1): Text()}), SchemaError, "field name 1: use lower case"),
    (lambda: Schema({"a": Text()}, key=typed(5)), SchemaError, "key is a str, not 5"),
    (lambda: Schema({"a": Text()}, date=typed(5)), SchemaError, "date is a str, not 5"),
    (lambda: Schema({"a": Text()}, timezone=typed(None)), SchemaError, "timezone is a str, not None"),
    (lambda: Schema({"a": Text(weight=typed("3"))}), SchemaError, "field 'a': option 'weight' cannot be '3'"),
    (lambda: Schema({"a": Text(language=typed(3))}), SchemaError, "field 'a': option 'language' cannot be 3"),
    (lambda: Schema({"a": Text(short=typed("no"))}), SchemaError, "field 'a': option 'short' cannot be 'no'"),
    (lambda: Schema({"a": Text(), "b": Keyword(many=typed(1))}), SchemaError, "field 'b': option 'many' cannot be 1"),
    (lambda: Analyzer("klingon"), SchemaError, "unknown language 'klingon': known are arabic"),
    (lambda: Analyzer(typed(5)), SchemaError, "unknown language 5"),
    (lambda: list(read(typed([5]))), TypeError, "a source is a str or a path, not 5"),
    (lambda: list(read(["."], exclude="*.md")), TypeError, "exclude takes a list of patterns, not '*.md'"),
    (lambda: list(read(["."], encoding=typed(5))), TypeError, "encoding is the name of an encoding, not 5"),
    (lambda: list(read(["."], encoding="utf-99")), searchkit.ArticleError, "unknown encoding 'utf-99'"),
]


@pytest.mark.parametrize(("call", "kind", "message"), OTHERS)
def test_others(call: Callable[[], Any], kind: type[Exception], message: str) -> None:
    with pytest.raises(kind) as caught:
        call()
    assert str(caught.value).startswith(message)
