"""Counts and facets over several ranges of documents, none of them deleted: as many as a search finds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest

import searchkit
from searchkit import Index
from searchkit.kernels import COMPILED
from searchkit.search.searcher import Match

START = datetime(2000, 1, 1, tzinfo=UTC)
NUMBER = 13_000 if COMPILED else 500
SELDOM = 900 if COMPILED else 90
WORDS = ["oil"] * 4 + ["gas", "coal", "tar", "peat"]
METALS = {"iron": 0.005, "zinc": 0.04, "lead": 0.07, "lead lead": 0.01}
"""Words by the share of documents that have them, so that lists of each length stand beside others."""
PERIODS: list[dict[str, Any]] = [{}, {"since": START + timedelta(days=9)}, {"until": START + timedelta(days=400)}]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    random = Random(5)
    with searchkit.open(tmp_path_factory.mktemp("counting") / "index") as made:
        made.add(
            {
                "id": str(number),
                "title": random.choice(WORDS),
                "body": " ".join(random.choices(WORDS, k=2))
                + (" amber" if not number % SELDOM else "")
                + "".join(f" {word}" for word, share in METALS.items() if random.random() < share),
                "date": START + timedelta(hours=number),
                "source": random.choice(["Wire", "Agency", "Post"]),
            }
            for number in range(NUMBER)
        )
        yield made


QUERIES = ["tar", "tar tar", "coal tar", "amber", "amber gas", "gas coal tar", "title:(gas tar)", "gas amber coal"]
QUERIES += ["iron zinc", "zinc lead", "iron zinc lead", "iron coal", "zinc gas"]


@pytest.mark.parametrize("query", [*QUERIES, "coal lignite", "coal gas coal"])
@pytest.mark.parametrize("match", ["any", "all"])
@pytest.mark.parametrize("period", PERIODS)
def test_as_many_as_are_found(index: Index, query: str, match: Match, period: dict[str, Any]) -> None:
    found = index.search(query, match=match, limit=10_000, **period)
    assert index.count(query, match=match, **period) == len(found)
    assert len(found) > 0 or match == "all"


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("limit", [1, 10, 300])
def test_the_best_are_the_first_of_all(index: Index, query: str, limit: int) -> None:
    best, found = (index.search(query, match="any", limit=most) for most in (limit, 10_000))
    assert [(hit.id, hit.score) for hit in best] == [(hit.id, hit.score) for hit in found][:limit]


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("period", PERIODS)
def test_facets_of_all_that_are_found(index: Index, query: str, period: dict[str, Any]) -> None:
    found = index.search(query, match="any", limit=10_000, **period)
    facet = index.facets(query, "source", match="any", **period)["source"]
    assert facet.counts == Counter(hit["source"] for hit in found)
