"""Real newswire, indexed and asked: phrases and dates are what counting by hand says.

Needs the folder of corpora that benchmarks use: `$SEARCHKIT_CORPORA`, else `../shared/corpora` beside the checkout.
"""

from __future__ import annotations

import json
import lzma
import os
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

import pytest

import searchkit
from searchkit import Index, Phrase
from searchkit.analysis import analyzer_for
from searchkit.kernels import COMPILED

CORPORA = Path(os.environ.get("SEARCHKIT_CORPORA") or Path(__file__).parents[3] / "shared" / "corpora")
FILE = CORPORA / "reuters21578" / "docs.jsonl.xz"
DOCUMENTS = 2_000 if COMPILED else 300
QUESTIONS = 30
FIELDS = ("title", "body")

pytestmark = pytest.mark.skipif(not FILE.is_file(), reason=f"no corpus at {FILE} (set SEARCHKIT_CORPORA to the folder)")


@pytest.fixture(scope="module")
def articles() -> list[dict[str, Any]]:
    with lzma.open(FILE, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in islice(lines, DOCUMENTS)]


@pytest.fixture(scope="module")
def flats(articles: list[dict[str, Any]]) -> list[list[str]]:
    """The terms of each document, by field."""
    tokens = analyzer_for("english").tokens
    return [[flat(token.term for token in tokens(article[field] or "")) for field in FIELDS] for article in articles]


@pytest.fixture(scope="module")
def index(articles: list[dict[str, Any]], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """Two segments, the second with some documents that replace those of the first."""
    with searchkit.open(tmp_path_factory.mktemp("reuters") / "index") as made:
        half = DOCUMENTS // 2
        for part in (articles[:half], articles[half - 50 :]):
            assert made.add(part).rejected == []
        yield made


def test_all_go_in_whole(index: Index, articles: list[dict[str, Any]]) -> None:
    assert len(index) == len(articles)
    assert index.check() == []
    for article in Random(1).sample(articles, QUESTIONS):
        kept = index.get(article["id"])
        assert kept is not None
        assert [kept.get(field) or "" for field in FIELDS] == [article[field] or "" for field in FIELDS]


def test_phrases(index: Index, articles: list[dict[str, Any]], flats: list[list[str]]) -> None:
    random, analyzer = Random(2), analyzer_for("english")
    asked = 0
    while asked < QUESTIONS:
        words = (random.choice(articles)["body"] or "").split()
        start, length = random.randrange(max(1, len(words))), random.randint(2, 4)
        phrase = " ".join(words[start : start + length])
        wanted = [token.term for token in analyzer.tokens(phrase)]
        if len(wanted) < 2:
            continue
        asked += 1
        needle = flat(wanted)
        having = [any(needle in text for text in texts) for texts in flats]
        expected = [article["id"] for article, has in zip(articles, having, strict=True) if has]
        results = index.search(Phrase(phrase), limit=DOCUMENTS)
        assert sorted(hit.id for hit in results) == sorted(expected), phrase
        assert results.total == index.count(Phrase(phrase)) == len(expected) > 0


def test_dates(index: Index, articles: list[dict[str, Any]]) -> None:
    dates = [datetime.fromisoformat(article["date"]).replace(tzinfo=UTC) for article in articles if article["date"]]
    random = Random(3)
    for _ in range(QUESTIONS):
        since, until = sorted(random.sample(dates, 2))
        expected = sum(since <= date < until for date in dates)
        assert index.count("*", since=since, until=until) == expected
        first, last = since.date(), until.date()
        expected = sum(first <= date.date() <= last for date in dates)
        assert index.count(f"date:{first}..{last}") == index.count("*", since=first, until=last) == expected
        expected = sum(date.date() == first for date in dates)
        assert index.count(f"date:{first}") == expected
        newest = index.search("*", sort="-date", since=since, until=until + timedelta(seconds=1), limit=1)
        assert [hit.date for hit in newest] == [until]


def flat(terms: Iterable[str]) -> str:
    """Terms as one string, a space before and after each: a phrase is a part of it."""
    return f" {' '.join(terms)} "
