"""Words and bare years: what has the year as a word, or is dated in it, by every way through a range."""

from __future__ import annotations

import random
from collections.abc import Iterator
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


@pytest.fixture(scope="module")
def articles() -> list[Article]:
    """The year, and the words. 1979 begins within a range; some articles have no date."""
    rng = random.Random(1979)
    found: list[Article] = []
    for _ in range(9_900):
        words = [word for word, share in zip(WORDS, SHARES, strict=True) if rng.random() < share]
        rng.shuffle(words)
        found.append((rng.choices((None, *YEARS), (1, 2, 5, 2))[0], words))
    return found


@pytest.fixture(scope="module", params=[1, 3])
def index(
    articles: list[Article], request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Index]:
    """In one segment, or in two and one in which no article is of 1980."""
    rng = random.Random(3)
    folder = tmp_path_factory.mktemp("years") / "index"
    with searchkit.open(folder) as made:
        for part in range(request.param):
            made.add(
                {
                    "id": str(number),
                    "date": None if year is None else f"{year}-0{rng.randint(1, 9)}-11",
                    "body": " ".join([*words, *["filler"] * rng.randint(0, 30)]),
                }
                for number, (year, words) in enumerate(articles)
                if part == (number % request.param if year != 1980 else number % min(2, request.param))
            )
        yield made


def has(article: Article, word: str) -> bool:
    return word in article[1] or str(article[0]) == word


@pytest.mark.parametrize("query", UNIONS)
def test_the_best_of_a_union_are_the_first_of_all(index: Index, articles: list[Article], query: str) -> None:
    everything = [(hit.id, hit.score) for hit in index.search(query, match="any", limit=len(articles))]
    wanted = {str(n) for n, article in enumerate(articles) if any(has(article, word) for word in query.split())}
    assert {id for id, _ in everything} == wanted
    assert index.count(query, match="any") == len(wanted)
    for limit in (1, 10, 100, 1_000):
        best = [(hit.id, hit.score) for hit in index.search(query, match="any", limit=limit)]
        assert best == everything[:limit], limit


@pytest.mark.parametrize("match", ["any", "all"])
@pytest.mark.parametrize("query", OTHERS)
def test_the_best_of_phrases_and_groups_are_the_first_of_all(
    index: Index, articles: list[Article], query: str, match: Literal["any", "all"]
) -> None:
    everything = [(hit.id, hit.score) for hit in index.search(query, match=match, limit=len(articles))]
    assert index.count(query, match=match) == len(everything) > 0
    for limit in (1, 10, 100, 1_000):
        best = [(hit.id, hit.score) for hit in index.search(query, match=match, limit=limit)]
        assert best == everything[:limit], limit


@pytest.mark.parametrize("query", BAGS)
def test_the_best_of_all_words_are_the_first_of_all(index: Index, articles: list[Article], query: str) -> None:
    everything = [(hit.id, hit.score) for hit in index.search(query, match="all", limit=len(articles))]
    wanted = set()
    for number, article in enumerate(articles):
        # A prohibited year is a word.
        prohibited = any(word[1:] in article[1] for word in query.split() if word[0] == "-")
        required = [word.strip("+") for word in query.split() if word[0] != "-"]
        if not prohibited and all(has(article, word) for word in required):
            wanted.add(str(number))
    assert {id for id, _ in everything} == wanted
    for limit in (1, 10, 100):
        best = [(hit.id, hit.score) for hit in index.search(query, match="all", limit=limit)]
        assert best == everything[:limit], limit


def test_scores_are_those_of_the_word_and_of_the_year(index: Index, articles: list[Article]) -> None:
    sums: dict[str, float] = {}
    for part in ("oil", "1979"):
        for hit in index.search(part, limit=len(articles)):
            sums[hit.id] = sums.get(hit.id, 0.0) + hit.score
    for hit in index.search("oil 1979", match="any", limit=500):
        assert hit.score == pytest.approx(sums[hit.id], abs=1e-5)
