"""Unions of words in one field, with lists long enough for every way that `kernels.union` goes through a range."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

import searchkit
from searchkit import Index, Schema, Text

WORDS = ("oil", "gas", "wheat", "gold", "walrus", "tin", "cocoa")
"""From one that most articles have to one that few have."""
SHARES = (0.8, 0.5, 0.3, 0.1, 0.02, 0.01, 0.004)
QUERIES = [
    *("oil gas", "oil walrus", "gas wheat gold", "oil gas wheat gold walrus tin cocoa"),
    *("walrus tin", "tin cocoa", "gold cocoa", "oil tin", "wheat"),
]


@pytest.fixture(scope="module")
def texts() -> list[tuple[str, str]]:
    """Titles and bodies; words are repeated up to forty times, so that some frequencies are exceptions."""
    rng = random.Random(20)
    found = []
    for _ in range(9_000):
        title = [word for word, share in zip(WORDS, SHARES, strict=True) if rng.random() < share / 4]
        body = [
            word
            for word, share in zip(WORDS, SHARES, strict=True)
            if rng.random() < share
            for _ in range(rng.choice((1, 1, 1, 2, 3, rng.randint(4, 40))))
        ]
        found.append((" ".join(title), " ".join(body + ["filler"] * rng.randint(0, 30))))
    return found


@pytest.fixture(scope="module")
def index(texts: list[tuple[str, str]], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    schema = Schema({"title": Text(short=True, weight=3.0), "body": Text()})
    with searchkit.open(tmp_path_factory.mktemp("field") / "index", schema=schema) as made:
        made.add({"id": str(number), "title": title, "body": body} for number, (title, body) in enumerate(texts))
        yield made


@pytest.mark.parametrize("field", ["title", "body"])
@pytest.mark.parametrize("words", QUERIES)
def test_the_best_are_the_first_of_all(index: Index, texts: list[tuple[str, str]], words: str, field: str) -> None:
    query = f"{field}:({words})"
    everything = [(hit.id, hit.score) for hit in index.search(query, match="any", limit=len(texts))]
    zone = ("title", "body").index(field)
    wanted = {str(number) for number, text in enumerate(texts) if set(words.split()) & set(text[zone].split())}
    assert {id for id, _ in everything} == wanted
    assert index.count(query, match="any") == len(wanted)
    for limit in (1, 10, 100):
        best = [(hit.id, hit.score) for hit in index.search(query, match="any", limit=limit)]
        assert best == everything[:limit]


@pytest.mark.parametrize("words", QUERIES)
def test_scores_are_those_of_each_word(index: Index, texts: list[tuple[str, str]], words: str) -> None:
    sums: dict[str, float] = {}
    for word in words.split():
        for hit in index.search(f"body:{word}", limit=len(texts)):
            sums[hit.id] = sums.get(hit.id, 0.0) + hit.score
    for hit in index.search(f"body:({words})", match="any", limit=50):
        assert hit.score == pytest.approx(sums[hit.id], abs=1e-5)
