"""Trees that a program makes: every node on every type of field, and what cannot be asked."""

from __future__ import annotations

from pathlib import Path

import pytest

import searchkit
from searchkit import (
    All,
    And,
    Bag,
    Between,
    Bool,
    Boost,
    Clause,
    Date,
    Has,
    Index,
    Keyword,
    Limits,
    Near,
    Node,
    Not,
    Nothing,
    Number,
    Occur,
    Or,
    Phrase,
    Prefix,
    Schema,
    Stored,
    Term,
    Text,
    Word,
)
from searchkit.errors import LimitExceeded, QueryError

SCHEMA = Schema(
    {
        "title": Text(short=True),
        "body": Text(),
        "tags": Keyword(many=True),
        "code": Keyword(parts=False),
        "price": Number(),
        "open": Bool(),
        "day": Date(),
        "updated": Date(),
        "extra": Stored(),
    },
    date="day",
)
SECOND = 1_000_000


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    index = searchkit.open(tmp_path_factory.mktemp("trees") / "index", schema=SCHEMA)
    index.add(
        [
            {"id": "a", "title": "walrus", "tags": ["sea ice", "north"], "price": 1.5, "day": 10, "updated": 30},
            {"id": "b", "body": "the walrus", "code": "X-1", "open": True, "day": 20, "extra": {"k": 1}},
        ]
    )
    index.add([{"id": "c", "title": "seal", "body": "sea", "code": "X-2", "open": False, "price": -2}])
    return index


def found(index: Index, node: Node) -> str:
    return "".join(sorted(hit.id for hit in index.search(node)))


@pytest.mark.parametrize(
    ("field", "having"),
    [
        ("id", "abc"),
        ("title", "ac"),
        ("body", "bc"),
        ("tags", "a"),
        ("code", "bc"),
        ("price", "ac"),
        ("open", "bc"),
        ("day", "ab"),
        ("updated", "a"),
        ("extra", "b"),
    ],
)
def test_has_a_value(index: Index, field: str, having: str) -> None:
    assert found(index, Has(field)) == having
    assert found(index, ~Has(field)) == "".join(sorted(set("abc") - set(having)))


@pytest.mark.parametrize(
    ("node", "matching"),
    [
        (Term("tags", "sea ice"), "a"),
        (Term("tags", "sea"), ""),
        (Term("open", "true"), "b"),
        (Term("id", "c"), "c"),
        (Word("sea", "tags"), "a"),
        (Phrase("sea ice", "tags"), "a"),
        (Phrase("ice sea", "tags"), ""),
        (Prefix("nor", "tags"), "a"),
        (Word("X-1", "code"), "b"),
        (Word("x-1", "code"), ""),
        (Prefix("X-", "code"), "bc"),
        (Between("price", 0, None), "a"),
        (Between("price", None, 0), "c"),
        (Between("price", -2, 1.5), "c"),
        (Between("day", 10 * SECOND, 20 * SECOND), "a"),
        (Between("updated", None, 31 * SECOND), "a"),
        (Between("updated", 29.5 * SECOND, None), "a"),
        (Between("updated", 31 * SECOND, None), ""),
        (All(), "abc"),
        (Nothing(), ""),
        (And((All(), Not(Word("walrus")))), "c"),
        (Or((Word("seal"), Between("day", 20 * SECOND, None))), "bc"),
        (Bag((Clause(Word("walrus")), Clause(Term("open", "true"), Occur.PROHIBITED))), "a"),
        (Bag((Clause(Boost(And((Has("price"), Has("title"))), 2.0)), Clause(Word("seal")))), "c"),
        (Bag((Clause(Bag((Clause(Has("open")),))), Clause(Or((Has("extra"),))))), "b"),
        (Bag((Clause(Not(Word("---"))), Clause(Boost(Bag((Clause(Word("...")),)), 2.0)), Clause(Word("seal")))), "c"),
        (Bag((Clause(And((Word("!"), Or((Word("?"),))))), Clause(Word("walrus")))), "ab"),
    ],
    ids=str,
)
def test_nodes(index: Index, node: Node, matching: str) -> None:
    assert found(index, node) == matching


def test_what_cannot_be_asked(index: Index) -> None:
    class Strange(Node):
        pass

    with pytest.raises(QueryError, match="no field 'titel'; did you mean 'title'"):
        index.search(Word("x", "titel"))
    with pytest.raises(QueryError, match=r"no field 'zzz'$"):
        index.search(Term("zzz", "x"))
    for node, reason in (
        (Term("price", "1.5"), "'price' has no exact values, which Term asks for; only keywords"),
        (Term("title", "walrus"), "'title' has no exact values"),
        (Between("tags", 0, 1), "'tags' has no intervals, which Between asks for; only dates and numbers have"),
        (Word("walrus", "price"), "'price' has no words, which Word asks for; only texts and keywords have"),
        (~Near(Word("a", "day"), Word("b", "day")), "'day' has no words"),
        (Bag((Clause(Boost(Prefix("k", "extra"), 2.0)),)), "'extra' has no words, which Prefix"),
    ):
        with pytest.raises(QueryError, match=reason):
            index.search(node)
    with pytest.raises(QueryError, match="nan"):
        index.search(Between("price", float("nan"), None))
    with pytest.raises(QueryError, match="boost is from 0 to 1000"):
        index.search(Boost(Word("x"), -1.0))
    with pytest.raises(QueryError, match="not a node"):
        index.search(Strange())


def test_limits_hold_for_trees(index: Index) -> None:
    deep: Node = Word("walrus")
    for _ in range(300):
        deep = Not(deep)
    with searchkit.open(index.path, mode="r", limits=Limits(query_clauses=3, query_depth=5)) as narrow:
        assert found(narrow, Or((Word("walrus"),) * 3)) == "ab"
        with pytest.raises(LimitExceeded, match="3 clauses"):
            narrow.search(Or((Word("walrus"),) * 4))
        with pytest.raises(LimitExceeded, match="levels"):
            narrow.search(deep)


def test_a_keyword_prefix_keeps_the_most_frequent(tmp_path: Path) -> None:
    limits = Limits(prefix_expansions=1)
    with searchkit.open(tmp_path / "index", schema=SCHEMA, limits=limits) as index:
        index.add({"id": str(number), "code": "often" if number else "odd"} for number in range(4))
        assert index.count(Prefix("o", "code")) == 3


def test_an_empty_word_among_filters_leaves_them_filters(tmp_path: Path) -> None:
    """A stop word beside filters is looked for; one that holds nothing besides makes no difference."""
    with searchkit.open(tmp_path / "index") as index:
        index.add([{"id": str(number), "title": "of" if number else "x", "author": ["kenare"]} for number in range(3)])
        for node in (Prefix("ken", "author"), Or((Prefix("ken", "author"), Word("—")))):
            assert index.count(Bag((Clause(Word("of")), Clause(node))), match="all") == 2
