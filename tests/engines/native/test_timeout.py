"""Searches that must be done in time: whole answers, or none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest

import searchkit
from searchkit import Index, SearchTimeout
from searchkit.deadlines import within
from searchkit.kernels import COMPILED
from searchkit.kernels.execution import Execution, best_of
from searchkit.kernels.factors import NO_FACTORS
from searchkit.kernels.tallies import Tally
from searchkit.search.ages import age
from searchkit.search.planner import make_plan

WORDS = ["walrus", "wallet", "embassy", "hostage", "oil", "moon", "eclipse", "tide", "harbour", "winter"]
QUERIES = [
    "walrus",
    "walrus embassy",
    "walrus -oil",
    '"walrus oil"',
    '"walrus oil"~3',
    "walrus NEAR/3 oil",
    "wal*",
    "*a*",
    "walrus~",
    "/w.*s/",
    "title:walrus",
    "author:walr*",
    'author:"walrus oil"',
    "author:walrus NEAR/2 author:oil",
    "author:*",
    "date:2019",
    "year 2019",
    "*",
]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    random = Random(3)
    made = searchkit.open(tmp_path_factory.mktemp("timeout") / "index")
    documents = 9_000 if COMPILED else 300
    for number in range(2):
        made.add(
            {
                "id": f"{number}-{one}",
                "title": " ".join(random.choices(WORDS, k=3)),
                "body": " ".join(random.choices(WORDS, k=20)),
                "author": " ".join(random.choices(WORDS, k=2)),
                "source": random.choice(WORDS),
                "date": str(random.randrange(2000, 2030)),
            }
            for one in range(documents)
        )
    made.delete("0-7")
    return made


ASKED: list[Callable[[Index, float | None], object]] = [
    *(lambda index, timeout, query=query: _answer(index, query, timeout=timeout) for query in QUERIES),
    lambda index, timeout: _answer(index, "walrus", timeout=timeout, sort="-date"),
    lambda index, timeout: _answer(index, "walrus", timeout=timeout, sort="title"),
    lambda index, timeout: _answer(index, "walrus", timeout=timeout, collapse="source"),
    lambda index, timeout: _answer(index, "walrus", timeout=timeout, recency="90d"),
    lambda index, timeout: _answer(index, "walrus", timeout=timeout, facets=["author", "source", "date"]),
    lambda index, timeout: [list(one) for one in index.search_many(["walrus", "oil"], timeout=timeout, threads=2)],
    lambda index, timeout: index.count("walrus embassy", timeout=timeout),
    lambda index, timeout: index.facets("walrus", "author", timeout=timeout),
    lambda index, timeout: [one.word for one in index.complete("w", timeout=timeout)],
    lambda index, timeout: [one.text for one in index.suggest("walruss", timeout=timeout)],
    lambda index, timeout: [hit.id for hit in index.like("0-1", timeout=timeout)],
]


def _answer(index: Index, query: str, **options: Any) -> list[tuple[str, float]]:
    return [(hit.id, hit.score) for hit in index.search(query, **options)]


@pytest.mark.parametrize("ask", ASKED)
def test_whatever_is_asked_is_late_or_answered_whole(
    index: Index, ask: Callable[[Index, float | None], object]
) -> None:
    with pytest.raises(SearchTimeout):
        ask(index, 0)
    first = ask(index, 3600)
    with pytest.raises(SearchTimeout):
        ask(index, 0)
    assert repr(ask(index, None)) == repr(first)


def test_a_query_that_takes_long(index: Index) -> None:
    random = Random(4)
    phrases = " OR ".join(f'"{random.choice(WORDS)} {random.choice(WORDS)}"~9' for _ in range(400))
    with pytest.raises(SearchTimeout, match=r"within 0\.005 s"):
        index.search(phrases, timeout=0.005)
    with pytest.raises(SearchTimeout):
        index.search_many(["walrus", phrases], timeout=0.005)


@pytest.mark.parametrize("query", ["walrus", "walrus embassy", '"walrus oil"', '"walrus oil"~3', "walrus NEAR/3 oil"])
def test_kernels_look_at_the_clock(index: Index, query: str) -> None:
    snapshot = index._snapshot()
    node = index._searching()._understanding.understand(snapshot, query, False).node
    plan = make_plan(snapshot, node, index.limits, any_of_bag=False)
    part = snapshot.parts[0]
    # Of what is no column of the index, which has none: a value for each document.
    tally = Tally(bytes(part.segment.documents), 1, 2, None, False)
    bitmap, scores = memoryview(bytearray(512 * 3)), memoryview(bytearray(4 * part.segment.documents)).cast("I")
    for run in (
        lambda: best_of(plan, (part,), 10, [NO_FACTORS], age),
        lambda: Execution(plan, part).count(),
        lambda: Execution(plan, part).in_order(10, 0, part.segment.documents, True),
        lambda: Execution(plan, part).mark(bitmap, scores),
        lambda: Execution(plan, part).tally(tally),
    ):
        tally.clear()
        expected = run()
        with within(1e-9), pytest.raises(SearchTimeout):
            run()
        assert run() == expected


def test_what_results_look_for_later_has_its_own_time(index: Index) -> None:
    results = index.search("walruss", timeout=3600)
    assert results.total == 0
    assert [one.text for one in results.suggestions] == ["walrus"]
    assert results.why_nothing() is not None
    hasty = index.search("walrus", timeout=3600)
    hasty._later.timeout = 0.0  # type: ignore[attr-defined]
    with pytest.raises(SearchTimeout):
        hasty.total  # noqa: B018 - raises


def test_a_timeout_that_makes_no_sense(index: Index, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="timeout is 0 seconds or more"):
        index.search("walrus", timeout=-1)
    with pytest.raises(TypeError, match="timeout is a number of seconds"):
        index.count("walrus", timeout="1")  # type: ignore[arg-type]
