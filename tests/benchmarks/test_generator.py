"""Generated articles: the same everywhere, and with the shape that they promise."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from generator import FIRST_YEAR, YEARS, generate

_ARTICLES = list(generate(400))


def test_a_shorter_run_is_the_beginning_of_a_longer_one() -> None:
    assert list(generate(30)) == _ARTICLES[:30]


def test_another_seed_gives_other_articles() -> None:
    assert list(generate(3, seed=1)) != _ARTICLES[:3]


def test_ids_are_distinct_and_dates_within_their_years() -> None:
    assert len({article["id"] for article in _ARTICLES}) == len(_ARTICLES)
    years = {datetime.fromisoformat(article["date"]).year for article in _ARTICLES}
    assert years <= set(range(FIRST_YEAR, FIRST_YEAR + YEARS))
    assert len(years) > YEARS // 2


def test_few_words_are_frequent_and_many_come_once() -> None:
    words = Counter(word for article in _ARTICLES for word in article["body"].lower().strip(".").split())
    once = sum(count == 1 for count in words.values())
    assert sum(count for _, count in words.most_common(30)) > 0.15 * words.total()
    assert once > 0.3 * len(words)


def test_articles_repeat_their_own_words() -> None:
    """A rare word that an article has is likely to be there again: burstiness."""
    documents: Counter[str] = Counter()
    occurrences: Counter[str] = Counter()
    for article in _ARTICLES:
        words = article["body"].lower().replace(".", "").split()
        documents.update(set(words))
        occurrences.update(words)
    rare = [word for word, count in documents.items() if 2 <= count <= 4]
    assert sum(occurrences[word] for word in rare) > 1.3 * sum(documents[word] for word in rare)


def test_a_few_sources_write_most() -> None:
    sources = Counter(article["source"] for article in _ARTICLES)
    assert sum(count for _, count in sources.most_common(10)) > 0.5 * len(_ARTICLES)
