"""Explanations: each figure, worked out by hand; that they add up is what the comparison with the oracle checks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import searchkit
from searchkit import Index, Prefix, Ranking

ARTICLES = [
    {"id": "1", "title": "Embassy", "body": "The hostage crisis at the embassy", "date": "1979-11-04", "source": "AFP"},
    {"id": "2", "title": "Oil", "body": "The price of oil, and a hostage"},
    {"id": "3", "body": "embassies of 1979"},
]


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    with searchkit.open(tmp_path / "index") as made:
        made.add(ARTICLES)
        yield made


def test_a_word(index: Index) -> None:
    explained = index.explain("embassy^2", "1")
    assert explained is not None
    assert (explained.what, explained.parts) == ("word embassi", ())
    known = explained.details
    assert known["frequencies"] == {"title": 1, "body": 1}
    assert (known["boost"], known["w"], known["length"], known["average"]) == (2.0, 4.0, 4, 10 / 3)
    assert known["saturation"] == known["w"] / (known["w"] + known["k"])
    assert explained.score == pytest.approx(2 * known["idf"] * known["saturation"], abs=2e-6)
    assert explained.score == index.search("embassy^2")[0].score


def test_a_phrase_and_one_that_ends_in_a_prefix(index: Index) -> None:
    for query in ('"hostage crisis"', Prefix("hostage-cri")):
        (hit,) = index.search(query)
        explained = hit.explain()
        assert explained.details["frequencies"] == {"title": 0, "body": 1}
        assert explained.score == hit.score


def test_in_a_field_and_under_another_ranking(index: Index) -> None:
    ranking = Ranking({"title": 10}, k1=1.0, b=0.0)
    explained = index.search("title:embassy", ranking=ranking)[0].explain()
    assert explained == index.explain("title:embassy", "1", ranking=ranking)
    assert explained.what == "word embassi in title"
    assert (explained.details["w"], explained.details["k"]) == (10.0, 1.0)
    assert explained.details["frequencies"] == {"title": 1}


def test_what_has_no_arithmetic(index: Index) -> None:
    explained = index.explain("1979 hos* source:afp -oil", "1", match="any")
    assert explained is not None
    lines = [line.split("  ")[-1] for line in str(explained).splitlines()]
    assert "dated as asked" in lines
    assert "one of 1 words" in lines
    assert not any("condition" in line for line in lines)


def test_a_document_that_does_not_match_or_is_not_there(index: Index) -> None:
    assert index.explain("oil", "1") is None
    assert index.explain("oil", "9") is None
    assert index.explain("embassy", "1", since="1980") is None
    assert index.explain("embassy", "1", until="1979-12-31") is not None
    assert index.explain("", "1") is not None


def test_the_closest_are_explained_too(index: Index) -> None:
    explained = index.explain("oil embassy", "3")
    assert explained is not None
    assert [part.what for part in explained.parts] == ["word embassi"]
    assert index.explain("oil embassy", "3", match="all") is None


def test_as_text_and_as_data(index: Index) -> None:
    hit = index.search("hostage oil", match="any")[0]
    explained = hit.explain()
    first, *others = str(explained).splitlines()
    assert first == f"{hit.score:.6f}  any of"
    assert "word oil = idf 0.9808 × " in others[1]
    assert "(1 in title, 1 in body: w 4, K " in others[1]
    data = explained.to_dict()
    assert data["score"] == hit.score
    assert data["units"] == sum(part["units"] for part in data["parts"])
    assert data["parts"][0]["details"]["frequencies"] == {"title": 0, "body": 1}


def test_boosts_are_shown(index: Index) -> None:
    assert "= boost 2 × idf" in str(index.explain("embassy^2", "3"))
