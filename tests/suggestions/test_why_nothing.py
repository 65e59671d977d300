"""Why a query found nothing."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from searchkit import Index, WhyNothing
from searchkit.query import And, Bag, Phrase, Word


def why(index: Index, query: str, **options: object) -> WhyNothing:
    results = index.search(query, **options)  # type: ignore[arg-type]
    found = results.why_nothing()
    assert found is not None
    return found


def relaxed(index: Index, query: str, **options: object) -> list[tuple[str, str, int]]:
    return [(one.change, one.text, one.count) for one in why(index, query, **options).relaxations]


def test_where_something_matched_there_is_no_why(index: Index) -> None:
    assert index.search("embassy").why_nothing() is None
    assert index.search("embassy", limit=0).why_nothing() is None
    assert index.search("embassy", offset=10).why_nothing() is None


def test_an_empty_query_has_no_clause_to_blame(index: Index) -> None:
    found = index.search(Bag(())).why_nothing()
    assert found is not None
    assert (found.clauses, found.to_blame, found.relaxations, str(found)) == ((), (), (), "")


def test_the_clause_to_blame_is_named(index: Index) -> None:
    found = why(index, "embassy source:nobody -film")
    assert [(one.text, one.count, one.prohibited) for one in found.clauses] == [
        ("embassy", 3, False),
        ("source:nobody", 0, False),
        ("film", 1, True),
    ]
    assert [one.text for one in found.to_blame] == ["source:nobody"]
    assert (found.relaxations[0].text, found.relaxations[0].count) == ("embassy -film", 2)


@pytest.mark.parametrize(
    ("query", "relaxations"),
    [
        (
            "embassy source:nobody",
            [("without source:nobody", "embassy", 3), ("source:nobody in the text", "embassy nobody", 1)],
        ),
        ("oil source:meridian", [("without oil", "source:meridian", 2), ("without source:meridian", "oil", 1)]),
        ('"crisis hostage"', [('the words of "crisis hostage" anywhere', "crisis hostage", 3)]),
        ("title:crisis", [("title:crisis in any field", "crisis", 3)]),
        ("title:cris*^2", [("title:cris*^2 in any field", "cris*^2", 3)]),
        ("title:c?isis", [("title:c?isis in any field", "c?isis", 3)]),
        ("author:tehran", [("author:tehran in the text", "tehran", 1)]),
        (
            "author:tehran source:wire",
            [("without author:tehran", "source:wire", 2), ("author:tehran in the text", "tehran source:wire", 1)],
        ),
        (
            "oil NEAR/1 (met OR embargo)",
            [("oil NEAR/1 met OR oil NEAR/1 embargo anywhere, however far apart", "(oil met) OR (oil embargo)", 1)],
        ),
        ('"oil zebra embargo"', [("words of phrases anywhere, without zebra", "oil embargo", 1)]),
        ('"quagga zebra"', []),
        ("oil since:1979-12 until:1979-11", [("without date:..1979-11", "oil date:1979-12..", 1)]),
        ("oil date:2012", [("without oil", "date:2012", 2), ("at any date", "oil", 1)]),
        ("oil -price", [("without oil", "-price", 4), ("with price", "oil", 1)]),
        ("+quagga +zebra +embassy", [("without quagga and zebra", "embassy", 3)]),
        ("quagga AND zebra AND (oil OR film)", [("without quagga and zebra", "oil OR film", 2)]),
        ("zebra", []),
        ("zebra quagga", []),
    ],
)
def test_what_to_ask_instead(index: Index, query: str, relaxations: list[tuple[str, str, int]]) -> None:
    found = relaxed(index, query)
    assert found == relaxations
    assert [index.count(text) for _, text, _ in found] == [count for _, _, count in found]


def test_the_dates_of_the_search_are_a_clause(index: Index) -> None:
    found = relaxed(index, "oil", since="2012", until=datetime(2013, 1, 1, tzinfo=UTC))
    assert found == [("without oil", "date:2012", 2), ("at any date", "oil", 1)]


def test_trees_and_a_sentence_a_line(index: Index) -> None:
    found = index.search(And((Phrase("oil crisis"), Word("embassy", "title")))).why_nothing()
    assert str(found).splitlines() == [
        '"oil crisis": 0 articles',
        "title:embassy: 1 article",
        'without "oil crisis": 1 with title:embassy',
    ]
    assert str(why(index, "oil -price")).splitlines()[1] == "price: 1 article excluded"
