"""Text with the shape of real text, the same on every machine.

Words follow Zipf's law (with Mandelbrot's shift); each document mixes the words of the language with those of a topic,
and lengths are log-normal, as measured on encyclopedia articles. What it doesn't have is grammar.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import accumulate

__all__ = ["generate"]

_SEED = 1979
_VOCABULARY = 60_000
_TOPICS = 200
_TOPIC_WORDS = 300
_TOPIC_SHARE = 0.25
_SENTENCE = (6, 24)
# fmt: off
_COMMON = (
    "the", "of", "and", "in", "to", "a", "is", "was", "for", "as", "on", "by", "with", "from", "at", "that", "it",
    "his", "an", "were", "are", "which", "be", "this", "had", "has", "also",
)
_ONSETS = (
    "b", "br", "c", "ch", "cl", "d", "dr", "f", "fl", "g", "gr", "h", "j", "k", "l", "m", "n", "p", "pl", "pr", "qu",
    "r", "s", "sh", "st", "str", "t", "th", "tr", "v", "w",
)
_VOWELS = (
    "a", "e", "i", "o", "u", "ai", "ea", "ee", "io", "ou",
)
# fmt: on
_CODAS = ["", "", "", "l", "m", "n", "nd", "ng", "r", "rt", "s", "st", "t", "ck", "x"]
_ENDINGS = ["", "", "", "s", "ed", "ing", "er", "ly", "ion", "ment", "al"]


def generate(limit: int, seed: int = _SEED) -> Iterator[dict[str, str]]:
    """Yield `limit` documents with the keys id, title and body; a shorter run is the beginning of a longer one."""
    chance = random.Random(seed)
    words = _vocabulary(chance)
    language = list(accumulate(1.0 / (rank + 2.7) for rank in range(len(words))))
    topics = [chance.sample(range(200, len(words)), _TOPIC_WORDS) for _ in range(_TOPICS)]
    topical = list(accumulate(1.0 / (rank + 1) for rank in range(_TOPIC_WORDS)))
    for number in range(limit):
        topic = [words[place] for place in chance.choice(topics)]
        length = max(12, int(chance.lognormvariate(4.9, 0.9)))
        special = int(length * _TOPIC_SHARE)
        tokens = chance.choices(words, cum_weights=language, k=length - special)
        tokens += chance.choices(topic, cum_weights=topical, k=special)
        chance.shuffle(tokens)
        title = " ".join(chance.choices(topic, cum_weights=topical, k=chance.randint(1, 4))).title()
        yield {"id": str(number), "title": title, "body": _sentences(tokens, chance)}


def _vocabulary(chance: random.Random) -> list[str]:
    """Distinct words, the commonest (and on average the shortest) first."""
    words = dict.fromkeys(_COMMON)
    while len(words) < _VOCABULARY:
        syllables = chance.choices((1, 2, 3, 4), weights=(2, 5, 3, 1))[0] if len(words) > 300 else 1
        parts = [chance.choice(part) for _ in range(syllables) for part in (_ONSETS, _VOWELS, _CODAS)]
        words.setdefault("".join(parts) + chance.choice(_ENDINGS))
    return list(words)


def _sentences(tokens: list[str], chance: random.Random) -> str:
    sentences, start = [], 0
    while start < len(tokens):
        end = start + chance.randint(*_SENTENCE)
        sentences.append(" ".join(tokens[start:end]).capitalize() + ".")
        start = end
    return " ".join(sentences)
