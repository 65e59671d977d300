"""Seeded generators for what hypothesis is too slow to grow: thousands of tiny documents and hundreds of queries."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from searchkit.query.factors import Recency
from searchkit.query.nodes import (
    And,
    Bag,
    Between,
    Boost,
    Clause,
    Fuzzy,
    Near,
    Node,
    Not,
    Occur,
    Or,
    Phrase,
    Prefix,
    Regex,
    Term,
    Wildcard,
    Word,
    Year,
)
from searchkit.query.ranking import Ranking
from tests.oracle.documents import microseconds
from tests.oracle.strategies import YEARS, Question

WORDS = ["the", "of", "embassy", "hostage", "hostages", "crisis", "1979", "negotiation", "negotiated", "to", "be"]
WORDS += [
    first + second for first in ("ka", "lo", "mi", "nu", "re") for second in ("bal", "dor", "fin", "gus", "hem", "jin")
]
WORDS += [f"{word}s{number}" for number in range(9) for word in ("tor", "pel", "vex", "quan", "wid", "zer")]
SOURCES = ["Yahoo", "The Times", "Le Monde", "AFP"]
RANKINGS = [
    None,
    None,
    Ranking({"title": 0.0}),
    Ranking({"title": 9.0, "body": 0.5}, k1=0.5, b=1.0),
    Ranking(k1=3.0, b=0.0),
    Ranking(factors=(Recency("5y", 0.2),)),
    Ranking(factors=(Recency("5y", 0.2),)),
    Ranking({"title": 4.0}, factors=(Recency("90d", 0.0),)),
    Ranking(factors=(Recency("20y", 0.5), Recency("1w", 0.9))),
]
START = datetime(1951, 1, 1, tzinfo=UTC)


def word(random: Random) -> str:
    """The first words of the list often, the last ones rarely."""
    return WORDS[min(int(random.paretovariate(0.55)) - 1, random.randrange(len(WORDS)))]


def text(random: Random, longest: int) -> str:
    """Up to `longest` words, of which one may stand there many times, in as many ways as to fill any codebook."""
    words = [word(random) for _ in range(random.randint(0, longest))]
    if words and random.random() < 0.15:
        words += [random.choice(words)] * random.randint(1, 40)
    return " ".join(words)


def document(random: Random, id: int) -> dict[str, Any]:
    """A tiny document; its date is one of few thousand hours, or missing."""
    made: dict[str, Any] = {"id": str(id), "title": text(random, 3), "body": text(random, 7)}
    if random.random() < 0.95:
        made["date"] = START + timedelta(hours=200 * random.randint(0, 3000))
    if random.random() < 0.5:
        made["source"] = random.choice(SOURCES)
    return made


def documents(random: Random, ids: range) -> list[dict[str, Any]]:
    """A batch of tiny documents with these ids."""
    return [document(random, id) for id in ids]


def leaf(random: Random, texts: list[str]) -> Node:
    """A node without children; most often a word."""
    kind = random.random()
    if kind < 0.5:
        return Word(word(random), random.choice([None, None, None, "title", "body"]))
    if kind < 0.6:
        return near(random, texts)
    if kind < 0.75:
        return Phrase(phrase(random, texts), random.choice([None, None, "title", "body"]))
    if kind < 0.78:
        field = random.choice([None, "title"])
        fuzzy = Fuzzy(random.choice(["hostaeg", "kadro", "tros1", "the", "mibla", "zer"]), field)
        wildcard = Wildcard(random.choice(["*n", "k?b*", "*s?*", "l*"]), field)
        return random.choice([fuzzy, wildcard, Regex(random.choice(["[k-m].*", "(tor|pel)s.", ".*[13579]"]), field)])
    if kind < 0.82:
        return Prefix(random.choice(["ho", "ka", "tor", "z", "nego"]), random.choice([None, "title"]))
    if kind < 0.9:
        return Term("source", random.choice(SOURCES))
    if kind < 0.95:
        return Year("1979", *YEARS["1979"])
    low = microseconds(START) + random.randint(0, 600_000) * 3_600_000_000
    return Between("date", low, random.choice([None, low + random.randint(0, 200_000) * 3_600_000_000]))


def near(random: Random, texts: list[str]) -> Node:
    """A sloppy phrase, or words near each other, that may be in one of the texts."""
    words, field = phrase(random, texts).split(), random.choice([None, None, "title", "body"])
    random.shuffle(words)
    if random.random() < 0.5:
        return Phrase(" ".join(words), field, random.randint(1, 4))
    return Near(Word(words[0], field), Phrase(" ".join(words[1:]), field), random.randint(1, 6))


def phrase(random: Random, texts: list[str]) -> str:
    """Two or three words that follow each other in one of the texts."""
    while True:
        words = random.choice(texts).split()
        if len(words) >= 2:
            start = random.randrange(len(words) - 1)
            return " ".join(words[start : start + random.randint(2, 3)])


def tree(random: Random, texts: list[str], depth: int = 2) -> Node:
    """A query tree; a bag of words, a union or an intersection more often than the rest."""
    if depth == 0:
        return leaf(random, texts)
    children = tuple(tree(random, texts, random.randrange(depth)) for _ in range(random.randint(1, 4)))
    kind = random.random()
    if kind < 0.35:
        return Or(children)
    if kind < 0.6:
        return And(children)
    if kind < 0.65:
        return And((children[0], Not(children[-1])))
    if kind < 0.75:
        return Boost(children[0], random.choice([0.3, 2.0, 1000.0]))
    occurs = [Occur.DEFAULT] * 5 + [Occur.REQUIRED, Occur.PROHIBITED]
    return Bag(tuple(Clause(child, random.choice(occurs)) for child in children))


def union(random: Random) -> Node:
    """A few words, any of them: what pruning is for."""
    return Or(tuple(Word(word(random)) for _ in range(random.randint(1, 5))))


def beside_phrase(random: Random, texts: list[str]) -> Question:
    """A phrase that must match, and what adds to it: words, mostly, which say whose positions are worth reading."""
    clauses = [Clause(Phrase(phrase(random, texts), random.choice([None, None, "body"])), Occur.REQUIRED)]
    clauses += [Clause(Word(word(random))) for _ in range(random.randint(1, 3))]
    if random.random() < 0.3:
        clauses.append(Clause(leaf(random, texts)))
    if random.random() < 0.2:
        clauses.append(Clause(Word(word(random)), Occur.PROHIBITED))
    return Question(Bag(tuple(clauses)), match="any", limit=random.choice([1, 3, 10]))


def question(random: Random, texts: list[str]) -> Question:
    """A union, a phrase with words beside it or a tree, with few or many hits asked for, mostly without any option."""
    if random.random() < 0.15:
        return beside_phrase(random, texts)
    node = union(random) if random.random() < 0.3 else tree(random, texts)
    limit = random.choice([1, 3, 10, 10, 10, 100, 10_000])
    if random.random() < 0.6:
        return Question(node, limit=limit)
    since = START + timedelta(days=random.randint(0, 25_000))
    return Question(
        node,
        match=random.choice([None, "all", "any"]),
        limit=limit,
        offset=random.choice([0, 1, 20, 500]),
        sort=random.choice([None, "date", "-date"]),
        since=random.choice([None, since]),
        until=random.choice([None, None, since + timedelta(days=3000)]),
        ranking=random.choice(RANKINGS),
    )
