"""How queries are understood: what words became, what they stand for, and how many documents have it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings

import searchkit
from searchkit import (
    ARTICLE,
    Index,
    Keyword,
    LimitExceeded,
    Limits,
    Node,
    Not,
    Number,
    Prefix,
    QueryError,
    QueryPart,
    Regex,
    Schema,
    Text,
    Word,
)
from tests.query.strategies import queries
from tests.query.support import SCHEMA

FIELDS = {**ARTICLE.fields, "price": Number(), "desk": Keyword(parts=False), "resumen": Text(language="spanish")}
ARTICLES = [
    {
        "id": "1",
        "title": "The embassy",
        "body": "hostages of the crisis",
        "date": "1979-11-04",
        "author": ["A. Kenare"],
    },
    {"id": "2", "body": "embassies, embargoes; hostage 1979", "resumen": "los rehenes", "desk": "Foreign", "price": 5},
    {"id": "3", "body": "embargo", "date": "1980-01-01"},
]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder = tmp_path_factory.mktemp("understood") / "index"
    with searchkit.open(
        folder, schema=Schema(FIELDS, date="date"), now=lambda: datetime(1980, 1, 2, tzinfo=UTC)
    ) as made:
        made.add(ARTICLES)
        yield made


def tree(index: Index, query: str | Node) -> QueryPart:
    return index.understand(query).tree


def words(part: QueryPart) -> list[tuple[str, str, str, int]]:
    return [(" ".join(word.fields), word.typed, word.term, word.documents) for word in part.words]


def test_a_word_in_every_language_of_the_schema(index: Index) -> None:
    found = tree(index, "Hostages")
    assert (found.kind, found.text, found.documents, found.occur, found.boost) == ("word", "Hostages", 2, "", 1.0)
    assert words(found) == [("title body", "Hostages", "hostag", 2), ("resumen", "Hostages", "hostag", 2)]
    assert words(tree(index, "resumen:rehenes")) == [("resumen", "rehenes", "rehen", 1)]


def test_the_whole_answer(index: Index) -> None:
    found = index.understand("the embassy^2 +crisis -oil auhtor:x")
    assert found.query == "the embassy^2 +crisis -oil auhtor:x"
    assert found.text == "the embassy^2 +crisis -oil auhtor\\:x"
    assert found.interpretation == index.search(found.query).interpretation
    assert found.problems == index.search(found.query).problems
    assert found.tree.kind == "bag"
    assert [(part.text, part.occur, part.boost) for part in found.tree.parts] == [
        ("the", "default", 1.0),
        ("embassy", "default", 2.0),
        ("crisis", "required", 1.0),
        ("oil", "prohibited", 1.0),
        ("auhtor\\:x", "default", 1.0),
    ]
    assert [word.stop_word for word in found.tree.parts[0].words] == [True, False]
    assert found.to_dict()["tree"]["parts"][2]["documents"] == 1
    assert index.understand(Word("a") & ~Word("b")).query == "a AND NOT b"


@pytest.mark.parametrize(
    ("query", "expansion", "total"),
    [
        ("emb*", [("embargo", 2, 0), ("embassi", 2, 0)], 2),
        ("em*ss*", [("embassi", 2, 0)], 1),
        ("/emb.*/", [("embargo", 2, 0), ("embassi", 2, 0)], 2),
        ("embasy~", [("embassi", 2, 1)], 1),
        ("author:ken*", [("kenare", 1, 0)], 1),
        ("author:kenrae~", [("kenare", 1, 1)], 1),
        (Prefix("For", "desk"), [("Foreign", 1, 0)], 1),
        (Regex("f.*", "desk"), [], 0),
        ("zzz*", [], 0),
    ],
)
def test_what_words_stand_for(
    index: Index, query: str | Node, expansion: list[tuple[str, int, int]], total: int
) -> None:
    (found, *_) = tree(index, query).words
    assert [(one.term, one.documents, one.distance) for one in found.expansion] == expansion
    assert (found.term, found.total, found.searched) == ("", total, total)


def test_of_many_terms_the_first_ten_are_shown_and_what_a_limit_leaves_out_is_a_problem(tmp_path: Path) -> None:
    with searchkit.open(tmp_path / "index", limits=Limits(prefix_expansions=12)) as index:
        index.add({"id": str(n), "body": " ".join(f"x{m}" for m in range(n))} for n in range(15))
        found = index.understand("x*")
        (word,) = found.tree.words
        assert [one.term for one in word.expansion] == [f"x{n}" for n in range(10)]
        assert (word.total, word.searched) == (14, 12)
        assert ["(limit: prefix_expansions)" in problem.message for problem in found.problems] == [True]
        with pytest.raises(QueryError, match="prefix_expansions"):
            index.understand("x*", strict=True)


@pytest.mark.parametrize(
    ("query", "kind", "documents", "interval"),
    [
        ("date:1979", "between", 1, "date:[1979-01-01T00:00:00Z TO 1980-01-01T00:00:00Z}"),
        ("date:yesterday", "between", 1, "date:[1980-01-01T00:00:00Z TO 1980-01-02T00:00:00Z}"),
        ("1979", "year", 2, "date:[1979-01-01T00:00:00Z TO 1980-01-01T00:00:00Z}"),
        ("price:>4", "between", 1, "price:{4 TO *]"),
        ("title:*", "has", 1, ""),
        ("*", "all", 3, ""),
        ("-*:*", "nothing", 0, ""),
        ("id:2", "term", 1, ""),
    ],
)
def test_intervals_are_told_as_instants(index: Index, query: str, kind: str, documents: int, interval: str) -> None:
    found = tree(index, query)
    assert (found.kind, found.documents, found.interval) == (kind, documents, interval)


def test_keywords_phrases_and_pairs(index: Index) -> None:
    assert words(tree(index, 'author:"a kenare"')) == [("author", "a", "a", 1), ("author", "kenare", "kenare", 1)]
    assert words(tree(index, "desk:Foreign")) == [("desk", "Foreign", "Foreign", 1)]
    assert words(tree(index, Word("Foreign", "desk"))) == [("desk", "Foreign", "Foreign", 1)]
    assert [word.total for word in tree(index, "author:京").words] == [0]
    near = tree(index, "title:the NEAR/1 title:embassy")
    assert (near.kind, near.documents, [part.text for part in near.parts]) == (
        "near",
        1,
        ["title:the", "title:embassy"],
    )
    assert [word.typed for word in tree(index, 'title:"the embassy"~2').words] == ["the", "embassy"]
    assert [part.kind for part in tree(index, "(oil OR gas) AND NOT x").parts] == ["or", "not"]
    constant = tree(index, "embassy^=3")
    assert (constant.kind, constant.text, constant.parts[0].documents) == ("constant", "embassy^=3", 2)


def test_synonyms(tmp_path: Path) -> None:
    with searchkit.open(tmp_path / "index", synonyms=[["tv", "television"]]) as index:
        index.add([{"id": "1", "body": "television"}])
        found = tree(index, "tv")
        assert found.kind == "alternatives"
        assert [(part.text, part.documents) for part in found.parts] == [("tv", 0), ("television", 1)]


def test_what_cannot_be_searched_is_not_understood_either(index: Index) -> None:
    with pytest.raises(QueryError, match="no field 'titel'"):
        index.understand(Word("x", "titel"))
    with pytest.raises(QueryError, match="'price' has no words"):
        index.understand(Word("x", "price"))
    with pytest.raises(QueryError, match="closed"):
        index.understand('"open', strict=True)
    deep: Node = Prefix("x")
    for _ in range(300):
        deep = Not(deep)
    with pytest.raises(LimitExceeded):
        index.understand(deep)


@pytest.fixture(scope="module")
def wide(tmp_path_factory: pytest.TempPathFactory) -> Index:
    made = searchkit.open(tmp_path_factory.mktemp("wide") / "index", schema=SCHEMA)
    made.add(ARTICLES[:1])
    return made


@settings(max_examples=150, deadline=None)
@given(query=queries)
def test_any_text_is_understood(wide: Index, query: str) -> None:
    found = wide.understand(query)
    assert found.problems == wide.search(query).problems
    assert found.to_dict()["query"] == query
