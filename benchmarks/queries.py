"""The queries that are asked, by class: those of a public query set, or drawn from the documents themselves."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from corpora import GENERATED, QUERY_SET, MissingCorpusError, corpora_folder, documents

__all__ = ["Query", "queries_for"]

Query = tuple[str, ...]

_SEED = 2014
_FREQUENT = 0.05
_SAMPLE = 2_000
_WORD = re.compile(r"[a-z0-9]+")
_TAGS = ("union", "intersection", "phrase")


@dataclass
class _Profile:
    """What is asked about a corpus: how many documents have a word, and some of its documents as words."""

    documents: int = 0
    frequencies: Counter[str] = field(default_factory=Counter)
    sample: list[list[str]] = field(default_factory=list)

    def frequent(self) -> list[str]:
        """The words in more than a twentieth of the documents."""
        return sorted(word for word, count in self.frequencies.items() if count > _FREQUENT * self.documents)


def queries_for(corpus: str, limit: int | None, most: int) -> dict[str, list[Query]]:
    """Up to `most` queries of each class, as words: always the same ones for the same corpus and `limit`.

    Classes: word, union, frequent (unions of 2 to 4 words, each in over 5% of the documents), intersection, phrase.
    Queries with a word that no document has are left out.
    """
    profile = _profile(documents(corpus, limit))
    chance = random.Random(_SEED)
    classes = _drawn(profile, chance) if corpus == GENERATED else _from_query_set()
    classes["word"] = [(word,) for word in sorted({word for query in classes["union"] for word in query})]
    known = {
        kind: [query for query in queries if all(word in profile.frequencies for word in query)]
        for kind, queries in classes.items()
    }
    frequent = profile.frequent()
    if len(frequent) >= 4:
        known["frequent"] = [tuple(chance.sample(frequent, chance.randint(2, 4))) for _ in range(most)]
    return {kind: chance.sample(queries, min(most, len(queries))) for kind, queries in known.items()}


def _profile(corpus: Iterable[dict[str, str]]) -> _Profile:
    profile, chance = _Profile(), random.Random(_SEED)
    for document in corpus:
        words = _WORD.findall(f"{document['title']} {document['body']}".lower())
        profile.frequencies.update(set(words))
        place = profile.documents if profile.documents < _SAMPLE else chance.randrange(profile.documents + 1)
        profile.sample[place : place + 1] = [words] if place < _SAMPLE else []
        profile.documents += 1
    return profile


def _from_query_set() -> dict[str, list[Query]]:
    file = corpora_folder() / QUERY_SET
    if not file.is_file():
        raise MissingCorpusError(f"no query set at {file}")
    classes: dict[str, list[Query]] = {kind: [] for kind in _TAGS}
    for line in file.read_text(encoding="utf-8").splitlines():
        _, text, tags = line.split("\t")
        kind, words = tags.split(",")[0], tuple(_WORD.findall(text.lower()))
        if kind in classes and len(words) >= 2:
            classes[kind].append(words)
    return classes


def _drawn(profile: _Profile, chance: random.Random) -> dict[str, list[Query]]:
    """Words that stand together in a document, and phrases out of it."""
    classes: dict[str, list[Query]] = {kind: [] for kind in _TAGS}
    frequent = set(profile.frequent())
    for words in profile.sample:
        rare = sorted(set(words) - frequent)
        length = chance.choice((2, 2, 3, 4))
        if len(rare) >= length:
            classes["union"].append(tuple(chance.sample(rare, length)))
            classes["intersection"].append(classes["union"][-1])
        start = chance.randrange(max(1, len(words) - length))
        classes["phrase"].append(tuple(words[start : start + length]))
    return classes
