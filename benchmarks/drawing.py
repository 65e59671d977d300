"""The questions that are asked, by set: those of a public query set, and those drawn from the documents themselves."""

from __future__ import annotations

import random
import re
from calendar import monthrange
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from Stemmer import Stemmer

from corpora import GENERATED, QUERY_SET, MissingCorpusError, corpora_folder, documents
from questions import Clause, Question, all_of, any_of, phrase
from searchkit.analysis.stop_words import stop_words

__all__ = ["WARM", "questions_for"]

WARM = 10
"""So many of a set's questions, at most, are asked before the clock starts, and not again."""

_SEED = 2014
_FREQUENT, _VERY_FREQUENT = 0.02, 0.05
_SAMPLE = 3_000
_WORD = re.compile(r"[a-z0-9]+")
_STOP = stop_words("english")
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"

Words = tuple[str, ...]
Sets = dict[str, list[Question]]


@dataclass
class _Profile:
    """What is asked about a corpus: how many documents have a word, and some of its documents: words of the body, day.

    frequencies counts a word once a document. Days are ISO 8601, or empty.
    """

    documents: int = 0
    frequencies: Counter[str] = field(default_factory=Counter)
    sample: list[tuple[list[str], str]] = field(default_factory=list)

    def frequent(self, share: float) -> list[str]:
        """The words in more than this share of the documents."""
        return sorted(word for word, count in self.frequencies.items() if count > share * self.documents)


def questions_for(corpus: str, limit: int | None, most: int, dated: bool) -> Sets:
    """Up to `most` questions of each set, and some more to warm up: always the same for the same arguments.

    Questions with a word that no document has are left out.
    """
    profile = _profile(documents(corpus, limit, dated))
    chance = random.Random(_SEED)
    sets = _dated(profile, chance) if dated else _plain(profile, chance, corpus != GENERATED)
    unique = {name: list(dict.fromkeys(filter(_known(profile), asked))) for name, asked in sets.items()}
    return {name: chance.sample(asked, min(most + WARM, len(asked))) for name, asked in unique.items()}


def _profile(corpus: Iterable[dict[str, str]]) -> _Profile:
    """Count the words of documents, and keep a random sample of them."""
    profile, chance = _Profile(), random.Random(_SEED)
    for document in corpus:
        body = _WORD.findall(document["body"].lower())
        profile.frequencies.update({*body, *_WORD.findall(document["title"].lower())})
        place = profile.documents if profile.documents < _SAMPLE else chance.randrange(profile.documents + 1)
        if place < _SAMPLE:
            profile.sample[place : place + 1] = [(body, document.get("date", "")[:10])]
        profile.documents += 1
    return profile


def _known(profile: _Profile) -> Callable[[Question], bool]:
    """Whether each whole word of a question is in some document."""
    whole = {"word", "phrase"}

    def has(question: Question) -> bool:
        words = [word for clause in question.clauses if clause.shape in whole for word in clause.words]
        return all(word in profile.frequencies for word in words)

    return has


def _plain(profile: _Profile, chance: random.Random, from_log: bool) -> Sets:
    """All sets of undated corpora. Sets with and without stop words are kept apart."""
    drawn = _drawn(profile, chance)
    log = _query_log() if from_log else drawn
    sets: Sets = {}
    sets["union"], sets["union-stop"] = _split(log["union"])
    sets["intersection"] = [all_of(*words) for words in log["intersection"] if not _STOP & set(words)]
    sets["intersection-stop"] = [all_of(*words) for words in log["intersection"] if _mixed(words)]
    sets["union-body"] = [any_of(*question.words(), field="body") for question in sets["union"]]
    plain = [question.words() for question in sets["union"]]
    sets["word"] = [any_of(word) for word in sorted({word for words in plain for word in words})]
    sets["prohibited"] = [_prohibited(words) for words in log["prohibited"]]
    sets["mixed"] = [*_log_mixed(log["mixed"]), *(_three(words) for words in plain if len(words) == 3)]
    sets["mixed-phrase"] = [
        Question((Clause(words[:2], "+", "phrase"), *(Clause((word,)) for word in words[2:])))
        for words in log["phrase"]
        if len(words) > 2 and not _STOP & set(words)
    ]
    return sets | _phrases(log["phrase"], drawn["phrase"]) | _frequent(profile, chance) | _expanded(profile, chance)


def _dated(profile: _Profile, chance: random.Random) -> Sets:
    """All sets of dated corpora: words of a document, in the day, month or year that it is of."""
    sets: Sets = {name: [] for name in ("words", "day", "month", "year")}
    common = set(profile.frequent(_VERY_FREQUENT))
    for body, day in profile.sample:
        words = sorted(set(filter(_is_word, body)) - common - _STOP)
        if not day or len(words) < 3:
            continue
        chosen = any_of(*chance.sample(words, chance.choice((2, 2, 3)))).clauses
        year, month = int(day[:4]), int(day[5:7])
        sets["words"].append(Question(chosen))
        sets["day"].append(Question(chosen, day, day))
        sets["month"].append(Question(chosen, f"{day[:7]}-01", f"{day[:7]}-{monthrange(year, month)[1]}"))
        sets["year"].append(Question(chosen, f"{year}-01-01", f"{year}-12-31"))
    frequent = set(profile.frequent(_FREQUENT)) - _STOP
    sets["frequent-word"] = [any_of(word) for word in sorted(filter(_is_word, frequent))]
    return sets


def _drawn(profile: _Profile, chance: random.Random) -> dict[str, list[Words]]:
    """Words that stand together in a document, and phrases out of it."""
    sets: dict[str, list[Words]] = {name: [] for name in ("union", "intersection", "phrase", "prohibited", "mixed")}
    common = set(profile.frequent(_VERY_FREQUENT)) | _STOP
    for body, _ in profile.sample:
        length = chance.choice((2, 2, 3, 4, 5))
        start = chance.randrange(max(1, len(body) - length))
        together, words = tuple(body[start : start + length]), set(filter(_is_word, body))
        sets["phrase"] += [together] if words.issuperset(together) else []
        rare, length = sorted(words - common), chance.choice((2, 2, 3, 4))
        if len(rare) < length:
            continue
        sets["union"].append(tuple(chance.sample(rare, length)))
        sets["intersection"].append(sets["union"][-1])
        sets["prohibited"].append(tuple(chance.sample(rare, 2)))
        if stop := sorted(_STOP & words):
            with_stop = (*sets["union"][-1][:2], chance.choice(stop))
            sets["union"].append(with_stop)
            sets["intersection"].append(with_stop)
    return sets


def _is_word(word: str) -> bool:
    """Neither a number, which may be a year, nor a letter that an apostrophe has cut off."""
    return word.isalpha() and len(word) > 1


def _query_log() -> dict[str, list[Words]]:
    """The queries of the search benchmark game by the first of their tags; `+` and `-` are kept with mixed words."""
    file = corpora_folder() / QUERY_SET
    if not file.is_file():
        raise MissingCorpusError(f"no query set at {file}")
    names = {"negated": "prohibited", "intersection_union": "mixed"}
    sets: dict[str, list[Words]] = {name: [] for name in ("union", "intersection", "phrase", "prohibited", "mixed")}
    for line in file.read_text(encoding="utf-8").splitlines():
        _, text, tags = line.split("\t")
        tag = tags.split(",")[0]
        name = names.get(tag, tag)
        pattern = re.compile(r"\+?[a-z0-9]+") if name == "mixed" else _WORD
        words = tuple(pattern.findall(text.lower()))
        if name in sets and len(words) >= 2:
            sets[name].append(words)
    return sets


def _log_mixed(queries: Iterable[Words]) -> list[Question]:
    """Queries whose required words have their sign."""
    return [
        Question(tuple(Clause((word.lstrip("+"),), "+" if word[0] == "+" else "") for word in words))
        for words in queries
        if any(word[0] == "+" for word in words)
    ]


def _prohibited(words: Words) -> Question:
    return Question((Clause(words[:1], "+"), *(Clause((word,), "-") for word in words[1:])))


def _three(words: Words) -> Question:
    """`+a b -c`"""
    first, second, third = words
    return Question((Clause((first,), "+"), Clause((second,)), Clause((third,), "-")))


def _split(queries: Iterable[Words]) -> tuple[list[Question], list[Question]]:
    """Unions without a stop word, and those that have one, but other words too."""
    kept = list(queries)
    plain = [any_of(*words) for words in kept if not _STOP & set(words)]
    return plain, [any_of(*words) for words in kept if _mixed(words)]


def _mixed(words: Sequence[str]) -> bool:
    return bool(_STOP & set(words)) and not _STOP.issuperset(words)


def _phrases(log: Iterable[Words], drawn: Iterable[Words]) -> Sets:
    """By length, and those with stop words; the log has few long ones, and few that any document has, so some drawn."""
    every = [words for words in (*log, *drawn) if len(words) >= 2]
    sets: Sets = {name: [] for name in ("phrase-2", "phrase-3", "phrase-5", "phrase-stop")}
    for words in every:
        name = f"phrase-{len(words)}" if len(words) < 4 else "phrase-5"
        sets["phrase-stop" if _STOP & set(words) else name].append(phrase(*words))
    return sets


def _frequent(profile: _Profile, chance: random.Random) -> Sets:
    frequent = sorted(set(profile.frequent(_FREQUENT)) - _STOP)
    very = profile.frequent(_VERY_FREQUENT)
    stop = sorted(_STOP & set(very))

    def several(words: list[str], fewest: int = 2) -> Words:
        return tuple(chance.sample(words, min(len(words), chance.randint(fewest, 4))))

    sets: Sets = {"frequent": [], "frequent-stop": []}
    for _ in range(500):
        if len(frequent) >= 2:
            sets["frequent"].append(any_of(*several(frequent)))
        if stop and len(frequent) >= 3:
            sets["frequent-stop"].append(any_of(chance.choice(stop), *several(frequent)[:3]))
    return sets


def _expanded(profile: _Profile, chance: random.Random) -> Sets:
    """Prefixes, wildcards, misspelt words: of words that are their own stems, since tantivy and Whoosh search stems."""
    stem = Stemmer("english").stemWord
    words = [
        word
        for word in sorted({word for body, _ in profile.sample for word in body if word.isalpha() and word.isascii()})
        if 6 <= len(word) <= 10 and stem(word) == word and profile.frequencies[word] > 1
    ]
    chosen = chance.sample(words, min(len(words), 400))
    wildcards = [f"{word[0]}?{word[2:5]}*" for word in chosen]
    return {
        "prefix": [Question((Clause((word[:4],), shape="prefix"),)) for word in chosen],
        "wildcard": [Question((Clause((pattern,), shape="wildcard"),)) for pattern in wildcards],
        "fuzzy": [Question((Clause((_misspelt(word, chance),), shape="fuzzy"),)) for word in chosen],
    }


def _misspelt(word: str, chance: random.Random) -> str:
    """One letter is another, after the first."""
    place = chance.randrange(1, len(word))
    others = _ALPHABET.replace(word[place], "")
    return word[:place] + chance.choice(others) + word[place + 1 :]
