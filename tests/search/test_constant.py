"""Constant scores: the same for each match, whatever it would score else."""

from __future__ import annotations

from pathlib import Path

import pytest

import searchkit
from searchkit import All, Bag, Boost, Clause, Constant, Has, Index, Phrase, QueryError, Term, Word


@pytest.fixture
def index(tmp_path: Path) -> Index:
    index = searchkit.open(tmp_path / "index")
    index.add(
        [
            {"id": "a", "title": "walrus walrus walrus", "source": "Wire", "date": "1979"},
            {"id": "b", "body": "a walrus among many other words of a long text", "date": "1980"},
            {"id": "c", "title": "seal", "body": "and a walrus"},
        ]
    )
    index.add([{"id": "d", "title": "seal", "source": "Wire"}])
    return index


def scores(index: Index, query: object, **options: object) -> dict[str, float]:
    return {hit.id: hit.score for hit in index.search(query, **options)}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("walrus^=2", {"a": 2.0, "b": 2.0, "c": 2.0}),
        (Constant(Boost(Word("walrus"), 500), 2), {"a": 2.0, "b": 2.0, "c": 2.0}),
        (Boost(Constant(Word("walrus"), 2), 1.5), {"a": 3.0, "b": 3.0, "c": 3.0}),
        ('(walrus seal^=7)^=0.5 title:"seal"^=0.25', {"c": 0.75}),
        ("source:=Wire^=3", {"a": 3.0, "d": 3.0}),
        ("date:*^=3", {"a": 3.0, "b": 3.0}),
        ("1979^=4", {"a": 4.0}),
        (Constant(All(), 1), dict.fromkeys("abcd", 1.0)),
        (Constant(~Word("walrus"), 1), {"d": 1.0}),
        (Constant(Phrase("a walrus"), 0), {"b": 0.0, "c": 0.0}),
        (Word("seal") & ~Constant(Has("source"), 5), None),
    ],
)
def test_every_match_scores_just_that(index: Index, query: object, expected: dict[str, float] | None) -> None:
    if expected is None:
        assert scores(index, query) == {"c": scores(index, "seal")["c"]}
    else:
        assert scores(index, query) == expected


def test_adds_to_what_stands_beside_it(index: Index) -> None:
    plain = scores(index, "walrus", match="any")
    query = Bag((Clause(Word("walrus")), Clause(Constant(Term("source", "Wire"), 8))))
    assert scores(index, query, match="any") == {
        "a": plain["a"] + 8,
        "b": plain["b"],
        "c": plain["c"],
        "d": 8.0,
    }
    explained = index.search(query, match="any")[0].explain()
    assert [part.units for part in explained.parts] != []
    assert explained.units == sum(part.units for part in explained.parts)
    assert "8.000000  a constant score" in str(explained)


def test_shows_and_suggests_what_is_inside(index: Index) -> None:
    (hit,) = index.search('"walrus walrus"^=2')
    assert hit.snippet("title").highlights
    results = index.search("walrsu^=2")
    assert [one.text for one in results.suggestions] == ["walrus^=2"]
    assert index.search("walrus^=2").interpretation == "walrus (a score of 2)"


def test_a_score_that_makes_no_sense(index: Index) -> None:
    for score in (-1.0, 1000.5, float("nan")):
        with pytest.raises(QueryError, match="a constant score is from 0 to 1000"):
            index.search(Constant(Word("walrus"), score))
    with pytest.raises(TypeError, match=r"Constant\.score is a number"):
        index.search(Constant(Word("walrus"), "2"))  # type: ignore[arg-type]
