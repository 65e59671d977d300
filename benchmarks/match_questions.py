"""The questions whose matches are compared: drawn from the documents, as words that somebody could have typed."""

from __future__ import annotations

import random
import re
from bisect import bisect
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

__all__ = ["AMOUNTS", "KINDS", "Question", "draw"]

_TYPED = re.compile(r"[a-z0-9]+(?:['.,-][a-z0-9]+)*")
_LETTERS = re.compile(r"[a-z]{4,}")
_OPERATORS = frozenset({"and", "or", "not", "near"})
# Words are drawn evenly from these bands of how many documents have them.
_BANDS = (2, 6, 21, 101, 501, 2001)
AMOUNTS = {"word": 100, "and": 100, "or": 50, "phrase": 100, "prefix": 50, "not": 50, "date": 50}
KINDS = tuple(AMOUNTS)


@dataclass(frozen=True)
class Question:
    """What is asked.

    kind: word; and (both of two); or (any); phrase; prefix; not (the first but not the second); date (a word, and an
    interval). words: as typed, in lower case. since, until: dates such as 1987-03-01, both days included.
    """

    kind: str
    words: tuple[str, ...]
    since: str = ""
    until: str = ""

    @property
    def text(self) -> str:
        """In the query language."""
        first = self.words[0]
        if self.kind == "phrase":
            return f'"{" ".join(self.words)}"'
        if self.kind == "prefix":
            return f"{first}*"
        if self.kind == "not":
            return f"{first} -{self.words[1]}"
        if self.kind == "date":
            return f"{first} date:{self.since}..{self.until}"
        return " ".join(self.words)

    @property
    def fts5(self) -> str:
        """As what FTS5 matches; dates are left to SQL."""
        quoted = [f'"{word}"' for word in self.words]
        if self.kind == "phrase":
            return f'"{" ".join(self.words)}"'
        if self.kind == "prefix":
            return f"{quoted[0]} *"
        return {"or": " OR ", "not": " NOT "}.get(self.kind, " AND ").join(quoted)


def draw(documents: Sequence[dict[str, str]], seed: int) -> list[Question]:
    """The questions about some documents (keys title, body and date), always the same ones for a seed."""
    chance = random.Random(seed)
    typed = [_typed(document) for document in documents]
    frequencies = Counter(word for words in typed for word in set(words))
    bands: list[list[str]] = [[] for _ in range(len(_BANDS) + 1)]
    for one in sorted(frequencies.keys() - _OPERATORS):
        bands[bisect(_BANDS, frequencies[one])].append(one)
    days = sorted(document["date"][:10] for document in documents if document["date"])

    def word() -> str:
        return chance.choice(bands[chance.randrange(len(bands))])

    def neighbours(count: int) -> tuple[str, ...]:
        """Words of one document: what is asked together usually stands together somewhere."""
        while True:
            words = sorted(set(chance.choice(typed)) - _OPERATORS)
            if len(words) >= count:
                return tuple(chance.sample(words, count))

    def question(kind: str) -> Question:
        if kind == "word":
            return Question(kind, (word(),))
        if kind in ("and", "not"):
            return Question(kind, neighbours(2))
        if kind == "or":
            return Question(kind, tuple(word() for _ in range(chance.randint(2, 3))))
        if kind == "phrase":
            return Question(kind, _run(chance, typed))
        if kind == "prefix":
            return Question(kind, (_beginning(chance, word),))
        since, until = sorted(chance.sample(days, 2))
        return Question(kind, (word(),), since, until)

    drawn = {kind: dict.fromkeys(question(kind) for _ in range(4 * amount)) for kind, amount in AMOUNTS.items()}
    return [one for kind, questions in drawn.items() for one in [*questions][: AMOUNTS[kind]]]


def _typed(document: dict[str, str]) -> list[str]:
    return _TYPED.findall(f"{document['title']}\n{document['body']}".lower())


def _run(chance: random.Random, typed: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Two to five words that follow each other in a document, stop words and all."""
    while True:
        words, length = chance.choice(typed), chance.randint(2, 5)
        if len(words) >= length:
            start = chance.randrange(len(words) - length + 1)
            return tuple(words[start : start + length])


def _beginning(chance: random.Random, word: Callable[[], str]) -> str:
    """The first letters of a word, at least three and not all of it."""
    while True:
        drawn = word()
        if _LETTERS.fullmatch(drawn):
            return drawn[: chance.randint(3, len(drawn) - 1)]
