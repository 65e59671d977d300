"""Words and bare years: what has the year as a word, or is dated in it, by every way through a range."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import pytest

import searchkit
from searchkit import Index

WORDS = ("oil", "gas", "walrus", "1979", "1980")
SHARES = (0.6, 0.2, 0.004, 0.02, 0.0008)
YEARS = (1979, 1980, 1981)
UNIONS = ["1979", "1980", "1981", "oil 1979", "oil 1981", "walrus 1980", "oil gas 1979 1980", "1979 1980", "gas 1985"]
OTHERS = ['"oil gas" 1980', '1979 -walrus "gas oil"', "+(walrus 1980) oil", "(oil 1979) (gas 1980)", "(+oil gas) 1979"]
BAGS = ["oil 1979", "walrus 1980", "gas 1979 1980", "+oil 1981", "+1980 walrus", "oil -1979"]

Article = tuple[int | None, list[str]]


@dataclass(frozen=True)
class Made:
    index: Index
    articles: list[Article]
    """By id; those that were deleted have neither a year nor words."""


@pytest.fixture(scope="module", params=[1, 3])
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    """In one segment, or in two and one in which no article is of 1980, with some deleted. Some have no date."""
    rng, parts = random.Random(1979), request.param
    articles: list[Article] = []
    for _ in range(9_900):
        words = [word for word, share in zip(WORDS, SHARES, strict=True) if rng.random() < share]
        rng.shuffle(words)
        articles.append((rng.choices((None, *YEARS), (1, 2, 5, 2))[0], words))
    with searchkit.open(tmp_path_factory.mktemp("years") / "index") as index:
        for part in range(parts):
            index.add(
                {
                    "id": str(number),
                    "date": None if year is None else f"{year}-0{rng.randint(1, 9)}-11",
                    "body": " ".join([*words, *["filler"] * rng.randint(0, 30)]),
                }
                for number, (year, words) in enumerate(articles)
                if part == (number % parts if year != 1980 else number % min(2, parts))
            )
        if parts == 3:
            with index.writer() as writer:
                for number in range(0, len(articles), 7):
                    writer.delete(str(number))
                    articles[number] = (None, [])
        yield Made(index, articles)


def has(article: Article, word: str) -> bool:
    return word in article[1] or str(article[0]) == word


@pytest.mark.parametrize("query", UNIONS)
def test_the_best_of_a_union_are_the_first_of_all(made: Made, query: str) -> None:
    everything = [(hit.id, hit.score) for hit in made.index.search(query, match="any", limit=len(made.articles))]
    wanted = {str(n) for n, article in enumerate(made.articles) if any(has(article, word) for word in query.split())}
    assert {id for id, _ in everything} == wanted
    assert made.index.count(query, match="any") == len(wanted)
    for limit in (1, 10, 100, 1_000):
        best = [(hit.id, hit.score) for hit in made.index.search(query, match="any", limit=limit)]
        assert best == everything[:limit], limit


@pytest.mark.parametrize("match", ["any", "all"])
@pytest.mark.parametrize("query", OTHERS)
def test_the_best_of_phrases_and_groups_are_the_first_of_all(
    made: Made, query: str, match: Literal["any", "all"]
) -> None:
    everything = [(hit.id, hit.score) for hit in made.index.search(query, match=match, limit=len(made.articles))]
    assert made.index.count(query, match=match) == len(everything) > 0
    for limit in (1, 10, 100, 1_000):
        best = [(hit.id, hit.score) for hit in made.index.search(query, match=match, limit=limit)]
        assert best == everything[:limit], limit


@pytest.mark.parametrize("query", BAGS)
def test_the_best_of_all_words_are_the_first_of_all(made: Made, query: str) -> None:
    everything = [(hit.id, hit.score) for hit in made.index.search(query, match="all", limit=len(made.articles))]
    wanted = set()
    for number, article in enumerate(made.articles):
        # A prohibited year is a word.
        prohibited = any(word[1:] in article[1] for word in query.split() if word[0] == "-")
        required = [word.strip("+") for word in query.split() if word[0] != "-"]
        if not prohibited and all(has(article, word) for word in required):
            wanted.add(str(number))
    assert {id for id, _ in everything} == wanted
    for limit in (1, 10, 100):
        best = [(hit.id, hit.score) for hit in made.index.search(query, match="all", limit=limit)]
        assert best == everything[:limit], limit


def test_scores_are_those_of_the_word_and_of_the_year(made: Made) -> None:
    sums: dict[str, float] = {}
    for part in ("oil", "1979"):
        for hit in made.index.search(part, limit=len(made.articles)):
            sums[hit.id] = sums.get(hit.id, 0.0) + hit.score
    for hit in made.index.search("oil 1979", match="any", limit=500):
        assert hit.score == pytest.approx(sums[hit.id], abs=1e-5)
