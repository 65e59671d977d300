"""Completions of what is being typed."""

from __future__ import annotations

import pytest

from searchkit import Index, Year
from searchkit.query import Bag, Clause, Word


def texts(index: Index, text: str, **options: object) -> list[tuple[str, int]]:
    return [(one.text, one.count) for one in index.complete(text, **options)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        ("emb", [("embassy", 3), ("embargo", 1)]),
        ("Emb", [("embassy", 3), ("embargo", 1)]),
        ("crisis emb", [("crisis embassy", 3)]),
        ("crisis -emb", [("crisis -embassy", 3)]),
        ("oil OR emb", [("oil OR embassy", 3), ("oil OR embargo", 1)]),
        ("(oil AND emb", [("(oil AND embargo", 1)]),
        ("+crisis +hos", [("+crisis +hostage", 3)]),
        ("title:emb", [("title:embassy", 1)]),
        ('"hostage cri', [('"hostage crisis"', 2)]),
        ("“hostage cri", [("“hostage crisis”", 2)]),
        ('title:"hostages fr', [('title:"hostages freed"', 1)]),
        ('"the pr', [('"the president"', 2), ('"the price"', 1)]),
        ("source:mer", [("source:meridian", 2)]),
        ("author:ha", [("author:halloran", 1)]),
        ("author:=Pe", []),
        ("大", [("大使", 1)]),
        ("zzz", []),
        ("th", []),
        ("emb ", []),
        ("", []),
        ("date:19", []),
        ("emb)", []),
    ],
)
def test_completed(index: Index, typed: str, completed: list[tuple[str, int]]) -> None:
    assert texts(index, typed) == completed


def test_the_usual_form_of_a_word_is_given(index: Index) -> None:
    assert [one.word for one in index.complete("pres")] == ["president"]
    assert [one.word for one in index.complete("presid", since="2012")] == ["presided"]


def test_years_are_completed_as_they_are_read(index: Index) -> None:
    index.add([{"id": "y", "body": "in 1984"}])
    (found,) = index.complete("embassy 19")[:1] or index.complete("19")
    assert found.word == "1984"
    assert isinstance(index.complete("19")[0].query, Year)


def test_dates_and_limits(index: Index) -> None:
    assert texts(index, "emb", limit=1) == [("embassy", 3)]
    assert texts(index, "emb", limit=0) == []
    assert texts(index, "emb", since="2000") == [("embassy", 1)]
    assert texts(index, "emb", until="1979") == [("embargo", 1), ("embassy", 1)]
    with pytest.raises(ValueError, match="limit: page"):
        index.complete("emb", limit=-1)


def test_what_was_deleted_is_not_counted(index: Index) -> None:
    index.delete("3")
    assert texts(index, "emb") == [("embassy", 3)]


def test_a_completion_runs_as_text_and_as_tree(index: Index) -> None:
    (found,) = index.complete("crisis emb")
    assert str(found) == found.text == "crisis embassy"
    assert found.query == Bag((Clause(Word("crisis")), Clause(Word("embassy"))))
    assert [hit.id for hit in index.search(found.query)] == [hit.id for hit in index.search(found.text)]
