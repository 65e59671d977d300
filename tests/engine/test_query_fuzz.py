"""Whatever is typed is searched without an error, and in the time that it was given."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from random import Random
from time import perf_counter, thread_time

import pytest

import searchkit
from searchkit import Index, SearchTimeout
from searchkit.kernels import COMPILED
from searchkit.search.searcher import Match
from tests.query.strategies import PIECES
from tests.query.support import NOW, SCHEMA

TIMEOUT, BEYOND = 0.02, 0.05
MATCHES: list[Match] = [None, "any"]
WORDS = ["embassy", "hostage", "crisis", "oil", "gas", "the", "of", "1979", "é", "北京", "a", "b"]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    random = Random(6)
    letters = "abcdefghijklmnop"
    rare = ["".join(random.choices(letters, k=random.randint(2, 9))) for _ in range(30_000 if COMPILED else 300)]
    made = searchkit.open(tmp_path_factory.mktemp("fuzz") / "index", schema=SCHEMA, now=lambda: NOW)
    for part in range(2):
        made.add(
            {
                "id": f"{part}-{number}",
                "title": " ".join(random.choices(WORDS, k=4)),
                "body": " ".join([*random.choices(WORDS, k=30), *random.choices(rare, k=10)]),
                "author": [" ".join(random.choices(WORDS, k=2)), random.choice(rare)],
                "source": random.choice(rare[:50]),
                "date": f"{random.randint(1970, 2019)}-{random.randint(1, 12):02}-11",
                "price": random.randrange(100),
                "open": random.random() < 0.5,
                "desk": random.choice(WORDS),
            }
            for number in range(10_000 if COMPILED else 200)
        )
    made.delete("0-1")
    # What all the tests hold is not to be looked through while a search is timed.
    gc.collect()
    gc.freeze()
    yield made
    gc.unfreeze()


def fuzz(index: Index, count: int, seed: int) -> str:
    """Searches for so many texts, a few of them long; says how many were late, and by how much at most.

    What a search takes is the time of its thread: on a busy machine no search could promise any other.
    """
    random = Random(seed)
    late, slowest, slowest_by_the_clock = 0, 0.0, 0.0
    for number in range(count):
        most = 40 if number % 500 else 3_000
        pieces = random.sample([*PIECES, *WORDS], 12)
        text = "".join(random.choices(pieces, k=random.randrange(most)))
        match, limit = random.choice(MATCHES), random.choice([1, 10, 100])
        asked = ("total", "suggestions", "next_page", "interpretation")[: 4 * (number % 50 == 0)]
        begun, cpu = perf_counter(), thread_time()
        try:
            results = index.search(text, match=match, limit=limit, timeout=TIMEOUT)
            for name in asked:
                begun, cpu = perf_counter(), thread_time()
                getattr(results, name)
        except SearchTimeout:
            late += 1
        slowest = max(slowest, thread_time() - cpu)
        slowest_by_the_clock = max(slowest_by_the_clock, perf_counter() - begun)
        assert slowest <= TIMEOUT + BEYOND, text[:500]
    figures = [f"{1000 * max(0.0, one - TIMEOUT):.1f} ms" for one in (slowest, slowest_by_the_clock)]
    return f"{count:,} inputs, {late:,} late, at most {figures[0]} beyond the deadline ({figures[1]} by the clock)"


def test_a_short_fuzz(index: Index) -> None:
    assert " inputs" in fuzz(index, 1_000 if COMPILED else 50, 1)


@pytest.mark.slow
def test_a_long_fuzz(index: Index, inputs: int) -> None:
    print(fuzz(index, inputs, 2))
