"""Articles with the shape of real ones, the same on every machine, as a stream of any length.

- Words follow Zipf's law with Mandelbrot's shift. The vocabulary grows with the text as Heaps' law has it: every now
  and then a name is made up that may never come again.
- An article is about a topic, and of the topic's words it has a few of its own, which it repeats (burstiness: a word
  that came once in an article is likely to come again). Some words come as fixed pairs, so that phrases are found.
- Topics come and go: each has months in which much is written about it. Years have more and more articles.
- A few sources write most articles. Lengths are log-normal, as measured on encyclopedia articles.

What it doesn't have is grammar.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import accumulate

__all__ = ["FIRST_YEAR", "YEARS", "generate"]

FIRST_YEAR, YEARS = 2000, 20

_SEED = 1979
_VOCABULARY = 60_000
_PAIRS = 4_000
_TOPICS, _TOPIC_WORDS, _TOPIC_SHARE = 300, 300, 0.15
_OWN_WORDS, _OWN_SHARE = 6, 0.12
_NEW_SHARE = 0.006
_BURSTS, _BURST_MONTHS, _BURST_STRENGTH = 3, 4, 25.0
_SOURCES = 60
_SENTENCE = (6, 24)
# fmt: off
_COMMON = (
    "the", "of", "and", "in", "to", "a", "is", "was", "for", "as", "on", "by", "with", "from", "at", "that", "it",
    "his", "an", "were", "are", "which", "be", "this", "had", "has", "also", "or", "not", "but",
)
_ONSETS = (
    "b", "c", "d", "f", "g", "h", "j", "k", "l", "m", "n", "p", "r", "s", "t", "v", "w", "d", "l", "m", "n", "r", "s",
    "t", "br", "ch", "cl", "dr", "fl", "gr", "pl", "pr", "qu", "sh", "st", "str", "th", "tr",
)
_VOWELS = (
    "a", "e", "i", "o", "u", "a", "e", "i", "o", "u", "a", "e", "i", "o", "ai", "ea", "ee", "io", "ou",
)
# fmt: on
_CODAS = ("", "", "", "", "", "", "", "", "l", "m", "n", "nd", "ng", "r", "rt", "s", "st", "t", "ck", "x")
_ENDINGS = ("", "", "", "", "", "", "", "s", "ed", "ing", "er", "ly", "ion", "ment", "al")
_PAPERS = ("Courier", "Wire", "Gazette", "Post", "Herald", "Observer")


def generate(limit: int, seed: int = _SEED) -> Iterator[dict[str, str]]:
    """Yield `limit` articles with the keys id, title, body, date and source.

    A shorter run is the beginning of a longer one. Dates are ISO 8601 to the second, UTC, from 2000 to 2019, in no
    order.
    """
    world = _World(random.Random(seed))
    for number in range(limit):
        yield {"id": str(number), **world.article()}


class _World:
    """The language, its topics and sources, and the chance by which articles are written."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        words = _vocabulary(chance)
        self._language = [*words[:500], *_pairs(words, chance), *words[500:]]
        self._ranks = _zipf(len(self._language), 2.7, 1.12)
        self._topics = [[words[place] for place in _topic(chance)] for _ in range(_TOPICS)]
        self._topic_ranks = _zipf(_TOPIC_WORDS, 1.0)
        self._months = _popularity(chance)
        self._sources = [f"{_word(chance, 2).title()} {chance.choice(_PAPERS)}" for _ in range(_SOURCES)]
        self._source_ranks = _zipf(_SOURCES, 1.0)
        # More is written every year: the last has five times as many articles as the first.
        self._years = list(accumulate(1.0 + 4.0 * year / (YEARS - 1) for year in range(YEARS)))

    def article(self) -> dict[str, str]:
        chance = self._chance
        year = chance.choices(range(YEARS), cum_weights=self._years)[0]
        moment = datetime(FIRST_YEAR + year, 1, 1) + timedelta(seconds=chance.randrange(365 * 86_400))
        popularity = self._months[year * 12 + moment.month - 1]
        topic = chance.choices(self._topics, cum_weights=popularity)[0]
        own = chance.choices(topic, cum_weights=self._topic_ranks, k=_OWN_WORDS)
        return {
            "title": " ".join(own[: chance.randint(2, 5)]).title(),
            "body": self._body(topic, own, max(12, int(chance.lognormvariate(4.75, 0.9)))),
            "date": moment.isoformat(),
            "source": chance.choices(self._sources, cum_weights=self._source_ranks)[0],
        }

    def _body(self, topic: list[str], own: list[str], length: int) -> str:
        chance = self._chance
        topical, repeated = int(length * _TOPIC_SHARE), int(length * _OWN_SHARE)
        tokens = chance.choices(self._language, cum_weights=self._ranks, k=length - topical - repeated)
        tokens += chance.choices(topic, cum_weights=self._topic_ranks, k=topical)
        tokens += chance.choices(own, k=repeated)
        tokens += [_word(chance, 3).title() for _ in range(length) if chance.random() < _NEW_SHARE]
        chance.shuffle(tokens)
        return _sentences(tokens, chance)


def _vocabulary(chance: random.Random) -> list[str]:
    """Distinct words, the commonest (and on average the shortest) first."""
    words = dict.fromkeys(_COMMON)
    while len(words) < _VOCABULARY:
        syllables = chance.choices((1, 2, 3, 4), weights=(1, 6, 3, 1))[0] if len(words) > 300 else 1
        words.setdefault(_word(chance, syllables) + chance.choice(_ENDINGS))
    return list(words)


def _word(chance: random.Random, syllables: int) -> str:
    return "".join([chance.choice(part) for _ in range(syllables) for part in (_ONSETS, _VOWELS, _CODAS)])


def _pairs(words: list[str], chance: random.Random) -> list[str]:
    """Words that stand together, a common one in front: `of the`, `new york`."""
    return [f"{chance.choice(words[:400])} {chance.choice(words[:4_000])}" for _ in range(_PAIRS)]


def _topic(chance: random.Random) -> list[int]:
    """The ranks of its words in the language: none of the commonest."""
    return chance.sample(range(200, _VOCABULARY), _TOPIC_WORDS)


def _popularity(chance: random.Random) -> list[list[float]]:
    """For each month, how much is written about each topic, accumulated."""
    weights = [_row(chance) for _ in range(_TOPICS)]
    return [list(accumulate(month)) for month in zip(*weights, strict=True)]


def _row(chance: random.Random) -> list[float]:
    """One topic's share in each month: little, but for some bursts that fade."""
    months = [chance.lognormvariate(0.0, 1.0)] * (YEARS * 12)
    for _ in range(_BURSTS):
        start = chance.randrange(len(months))
        for age, month in enumerate(range(start, min(len(months), start + _BURST_MONTHS))):
            months[month] += _BURST_STRENGTH * 2.0**-age
    return months


def _zipf(count: int, shift: float, exponent: float = 1.0) -> list[float]:
    """The weights of ranks, accumulated."""
    return list(accumulate((rank + shift) ** -exponent for rank in range(count)))


def _sentences(tokens: list[str], chance: random.Random) -> str:
    sentences, start = [], 0
    while start < len(tokens):
        end = start + chance.randint(*_SENTENCE)
        first, *rest = tokens[start:end]
        sentences.append(" ".join([first[:1].upper() + first[1:], *rest]) + ".")
        start = end
    return " ".join(sentences)
