"""Queries with misspelt words, as they were meant."""

from __future__ import annotations

import pytest

from searchkit import Index, Word
from searchkit.query import And


def texts(index: Index, query: str, **options: object) -> list[str]:
    return [one.text for one in index.suggest(query, **options)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("embasy", ["embassy"]),
        ("Embasy", ["embassy"]),
        ("mebassy", ["embassy"]),
        ("embassy hostagse", ["embassy hostage"]),
        ("embasy crsis", ["embassy crisis"]),
        ('"hostage crsis"', ['"hostage crisis"']),
        ("+embasy -film", ["+embassy -film"]),
        ("embasy^2 crisis", ["embassy^2 crisis"]),
        ("title:embasy", ["title:embassy"]),
        ("author:holloran", ["author:halloran"]),
        ("embasy source:ledger", ["embassy source:ledger"]),
        ("embasy date:1981", ["embassy date:1981"]),
        ("embasy NEAR/5 hostage", ["embassy NEAR/5 hostage"]),
        ("hostage NEAR/5 embasy", ["hostage NEAR/5 embassy"]),
        ('(hostge NEAR "embasy")^2', ['(hostage NEAR "embassy")^2']),
        ("title:embasy NEAR/5 title:hostge", []),  # they are in no title together
        ("anti-embasy", []),
        ("oil embasy", []),  # no article has oil and embassy
        ("crisis -embasy", []),
        ("emb", []),
        ("1978", []),
        ("embassy", []),
        ("source:=Ledgr", []),
        ("nothing^2 OR embasy", []),
        ("", []),
    ],
)
def test_what_was_meant(index: Index, typed: str, meant: list[str]) -> None:
    assert texts(index, typed)[: len(meant) or None] == meant


def test_only_what_finds_something_in_the_dates_is_suggested(index: Index) -> None:
    assert texts(index, "embargp") == ["embargo"]
    assert texts(index, "embargp", since="1980") == []
    assert texts(index, "embasy", limit=0) == []
    found = index.suggest("embasy", until="1979")[0]
    assert (found.count, found.changes) == (1, (("embasy", "embassy"),))


def test_what_was_selected_goes_without_saying(index: Index) -> None:
    for selected, count in (({"source": "Ledger"}, 1), ({"source": "Meridian Wire"}, 2), ({"source": "Nobody"}, 0)):
        results = index.search("embasy crisis", match="all", selected=selected)
        assert [(one.text, one.count) for one in results.suggestions] == [("embassy crisis", count)] * (count > 0)
    found = index.search("film", selected={"source": "Meridian Wire"}).why_nothing()
    assert found is not None
    assert [clause.text for clause in found.clauses] == ["film", 'source:="Meridian Wire"']


def test_results_have_suggestions(index: Index) -> None:
    results = index.search("embasy hostage", match="all")
    (found,) = results.suggestions
    assert (str(found), found.count, found.changes) == ("embassy hostage", 3, (("embasy", "embassy"),))
    assert index.count(found.query) == found.count
    assert index.search("embassy hostage").suggestions == []


def test_of_trees(index: Index) -> None:
    (found,) = index.suggest(And((Word("embasy"), Word("crsis", "body"))))
    assert found.text == "embassy AND body:crisis"


def test_a_rare_word_that_exists_may_be_a_misspelling_too(index: Index) -> None:
    assert texts(index, "embargo") == []
    index.add([{"id": f"e{number}", "body": "An embassy."} for number in range(60)])
    index.add([{"id": "typo", "body": "An embasy."}])
    assert texts(index, "embasy") == ["embassy"]
    assert texts(index, "embasy crsis") == ["embassy crisis"]
