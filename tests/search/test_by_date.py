"""The newest and the oldest matches over several ranges of documents are those that all matches begin with."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

import searchkit
from searchkit import Index
from searchkit.kernels import COMPILED

START = datetime(2000, 1, 1, tzinfo=UTC)
NUMBER = 9_000 if COMPILED else 500
WORDS = ["oil"] * 4 + ["gas", "coal", "tar", "peat"]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """Articles of more than two ranges, some of them undated and some deleted, and a small segment of others."""
    random = Random(7)

    def article(number: int) -> dict[str, object]:
        date = None if random.random() < 0.01 else START + timedelta(hours=random.randrange(NUMBER))
        words = random.choices(WORDS, k=random.randrange(1, 4))
        rare = ["amber"] if not number % 700 else []
        return {"id": str(number), "title": random.choice(WORDS), "body": " ".join(words + rare), "date": date}

    path: Path = tmp_path_factory.mktemp("by_date")
    with searchkit.open(path / "index") as made:
        made.add(map(article, range(NUMBER)))
        made.add(map(article, range(NUMBER, NUMBER + 50)))
        with made.writer() as writer:
            for number in range(0, NUMBER, 7):
                writer.delete(str(number))
        yield made


@pytest.mark.parametrize(
    "query", ["coal", "coal tar", "amber", "coal amber", "title:tar peat", "title:(gas tar)", "title:oil"]
)
@pytest.mark.parametrize("sort", ["-date", "date"])
@pytest.mark.parametrize("days", [None, (3, 11), (170, 171)])
def test_what_comes_first(index: Index, query: str, sort: str, days: tuple[int, int] | None) -> None:
    options: dict[str, Any] = {}
    if days is not None:
        options = {"since": START + timedelta(days=days[0]), "until": START + timedelta(days=days[1])}
    scores = {hit.id: hit.score for hit in index.search(query, match="any", limit=10_000, **options)}
    # In a conjunction with everything the tree is another one, which is evaluated range by range.
    everything = [hit.id for hit in index.search(f"+* +({query})", match="any", limit=10_000, sort=sort, **options)]
    for limit in (1, 10, 1_000, 10_000):
        found = index.search(query, match="any", limit=limit, sort=sort, **options)
        assert [hit.id for hit in found] == everything[:limit]
        assert all(hit.score == scores[hit.id] for hit in found)
    assert len(everything) == len(scores) == index.count(query, match="any", **options)
