"""Whatever is typed is searched without an error, and in the time that it was given."""

from __future__ import annotations

import gc
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
PORTION = 100_000
MATCHES: list[Match] = [None, "any"]
WORDS = ["embassy", "hostage", "crisis", "oil", "gas", "the", "of", "1979", "é", "北京", "a", "b"]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
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
    return made


class Stopwatch:
    """How long something takes: by the time of its thread, without what the interpreter spends on collecting garbage.

    On a busy machine no search could promise anything else.
    """

    def __init__(self) -> None:
        self._collecting = self._begun = self._begun_by_the_clock = 0.0
        gc.callbacks.append(self._note)

    def _note(self, phase: str, _details: object) -> None:
        self._collecting += thread_time() if phase == "stop" else -thread_time()

    def start(self) -> None:
        self._begun, self._begun_by_the_clock = thread_time() - self._collecting, perf_counter()

    def read(self) -> tuple[float, float]:
        """Seconds since the start; and by the clock, all included."""
        return thread_time() - self._collecting - self._begun, perf_counter() - self._begun_by_the_clock

    def close(self) -> None:
        gc.callbacks.remove(self._note)


def fuzz(index: Index, count: int, seed: int) -> tuple[str, list[str]]:
    """Searches for so many texts, a few of them long: how that went, and the texts that took too long."""
    random, watch = Random(seed), Stopwatch()
    late, slowest, slowest_by_the_clock = 0, 0.0, 0.0
    too_slow = []
    for number in range(count):
        most = 40 if number % 500 else 3_000
        pieces = random.sample([*PIECES, *WORDS], 12)
        text = "".join(random.choices(pieces, k=random.randrange(most)))
        match, limit = random.choice(MATCHES), random.choice([1, 10, 100])
        asked = ("total", "suggestions", "next_page", "interpretation")[: 4 * (number % 50 == 0)]
        taken = []
        watch.start()
        try:
            results = index.search(text, match=match, limit=limit, timeout=TIMEOUT)
            for name in asked:
                taken.append(watch.read())
                watch.start()
                getattr(results, name)
        except SearchTimeout:
            late += 1
        taken.append(watch.read())
        if max(taken)[0] > TIMEOUT + BEYOND:
            too_slow.append(text)
        slowest = max(slowest, *(seconds for seconds, _ in taken))
        slowest_by_the_clock = max(slowest_by_the_clock, *(seconds for _, seconds in taken))
    watch.close()
    both = slowest, slowest_by_the_clock
    beyond, by_the_clock = (f"{1000 * max(0.0, seconds - TIMEOUT):.1f} ms" for seconds in both)
    return (
        f"{count:,} inputs, {late:,} late, at most {beyond} beyond the deadline ({by_the_clock} by the clock)",
        too_slow,
    )


def test_a_short_fuzz(index: Index) -> None:
    # How long each takes is for the long form, where nothing else is measured beside it.
    figures, _ = fuzz(index, 1_000 if COMPILED else 50, 1)
    assert " inputs, " in figures


@pytest.mark.slow
def test_a_long_fuzz(index: Index, inputs: int) -> None:
    slow = []
    for number, done in enumerate(range(0, inputs, PORTION)):
        figures, too_slow = fuzz(index, min(PORTION, inputs - done), 2 + number)
        print(figures, flush=True)
        slow += too_slow
    assert slow == []
