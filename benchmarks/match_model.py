"""Why a document matches in one engine and not in the other.

What searchkit and SQLite FTS5 do differently with English text in ASCII is taken apart into a few ways of doing things
(`Ways`). A question can be answered for a document with any mix of them, so a difference between the engines is
explained by the fewest ways that have to be exchanged for the other engine's answer. An answer that the model doesn't
give with the engine's own ways is explained by nothing: a bug, of an engine or of the model.

The model counts on a searchkit analyzer for words and stems, and on FTS5 itself for its stems. That FTS5 finds the same
words in all documents once apostrophes and dots are spaces is checked first (`odd_words`).
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from functools import cache
from itertools import combinations, product

from match_questions import Question
from searchkit.analysis import analyzer_for

__all__ = ["FTS5_WAYS", "SEARCHKIT_WAYS", "Model", "Ways", "porter_stems"]

_YEAR = re.compile(r"1\d{3}|20\d\d|2100")
_FIELDS = ("title", "body")
_UNKNOWN = "UNEXPLAINED"


@dataclass(frozen=True)
class Ways:
    """How an engine does things: each either as searchkit does it (True) or as FTS5 does (False).

    apostrophes: "company's" is one word / "company" and "s". acronyms: "U.S." is the word "us" / "u" and "s". stems:
    Snowball's English / Porter of 1980. stop_words: left out of a query with other words / words like others. years:
    1987 is the year's articles too / a word only. prefixes: of words as written, the stems of which are looked for /
    stemmed themselves, of stems.
    """

    apostrophes: bool
    acronyms: bool
    stems: bool
    stop_words: bool
    years: bool
    prefixes: bool


SEARCHKIT_WAYS = Ways(True, True, True, True, True, True)
FTS5_WAYS = Ways(False, False, False, False, False, False)
_NAMES = tuple(field.name for field in fields(Ways))


class Model:
    """Both engines at once.

    documents: with keys title, body and date. language: the one that searchkit analyses with; None: neither stems.
    """

    def __init__(self, documents: Sequence[dict[str, str]], language: str | None) -> None:
        self._documents = documents
        self._analyzer = analyzer_for(language)
        self._snowball: dict[str, str] = {}
        for document in documents:
            for field in _FIELDS:
                readings = {_read(document[field], *ways) for ways in product((True, False), repeat=2)}
                for text in readings:
                    self._snowball.update((token.form, token.term) for token in self._analyzer.tokens(text))
        self._porter = porter_stems(self._snowball) if language else dict(self._snowball)
        self._stems = cache(self._all_stems)
        self._texts = cache(self._all_forms)
        self._expansion = cache(self._all_that_start)
        self._is_stop_word = cache(self._says_nothing)

    def causes(self, question: Question, number: int, matched: bool) -> tuple[str, ...]:
        """What makes the engines differ on a document; `matched`: whether it was searchkit that found it.

        The fewest ways that, exchanged, give FTS5's answer instead of searchkit's.
        """
        if self.matches(question, number, SEARCHKIT_WAYS) != matched:
            return (f"{_UNKNOWN} in searchkit",)
        if self.matches(question, number, FTS5_WAYS) == matched:
            return (f"{_UNKNOWN} in FTS5",)
        for count in range(1, len(_NAMES) + 1):
            for names in combinations(_NAMES, count):
                if self.matches(question, number, _exchanged(names)) != matched:
                    return names
        raise AssertionError("all ways exchanged are those of FTS5")

    def matches(self, question: Question, number: int, ways: Ways) -> bool:
        """Whether a document answers a question, in these ways."""
        kind, words = question.kind, question.words
        if kind == "phrase":
            return self._has(number, " ".join(words), ways)
        if kind == "prefix":
            return self._has_prefix(number, words[0], ways)
        if kind == "not":
            return self._clause(number, words[0], ways) and not self._has(number, words[1], ways)
        day = self._documents[number]["date"][:10]
        if kind == "date" and not question.since <= day <= question.until:
            return False
        if ways.stop_words and not all(map(self._is_stop_word, words)):
            words = tuple(word for word in words if not self._is_stop_word(word))
        quantifier = any if kind == "or" else all
        return quantifier(self._clause(number, word, ways) for word in words)

    def stems_that_differ(self, question: Question, number: int) -> Iterator[tuple[str, str]]:
        """The pairs of words, of the question and of a document, that only one of the stemmers holds for the same."""
        asked = [form for word in question.words for form in self._forms(word, False, False)]
        there = {form for forms in self._texts(number, False, False) for form in forms}
        for word in asked:
            for other in sorted(there):
                if (self._stem(word, True) == self._stem(other, True)) != (
                    self._stem(word, False) == self._stem(other, False)
                ):
                    yield word, other

    def odd_words(self, number: int, found: list[list[str]]) -> bool:
        """Whether FTS5 found other words (by field, unstemmed) in a document than the model supposes."""
        return self._texts(number, False, False) != found

    def _clause(self, number: int, word: str, ways: Ways) -> bool:
        """Whether a document has a word, or is dated so."""
        of_year = ways.years and _YEAR.fullmatch(word) and self._documents[number]["date"].startswith(word)
        return bool(of_year) or self._has(number, word, ways)

    def _has(self, number: int, text: str, ways: Ways) -> bool:
        """Whether a document has the words of a text side by side, in one field."""
        wanted = [self._stem(form, ways.stems) for form in self._forms(text, ways.apostrophes, ways.acronyms)]
        return any(_follow(wanted, stems) for stems in self._stems_of(number, ways))

    def _has_prefix(self, number: int, prefix: str, ways: Ways) -> bool:
        stems = {stem for stems in self._stems_of(number, ways) for stem in stems}
        if ways.prefixes:
            return not stems.isdisjoint(self._expansion(prefix, ways.stems))
        beginning = self._stem(prefix, ways.stems)
        return any(stem.startswith(beginning) for stem in stems)

    def _all_that_start(self, prefix: str, snowball: bool) -> set[str]:
        """The stems of all words of the documents that start so."""
        return {self._stem(form, snowball) for form in self._snowball if form.startswith(prefix)}

    def _says_nothing(self, word: str) -> bool:
        forms = [token.form for token in self._analyzer.tokens(word)]
        return len(forms) == 1 and self._analyzer.is_stop_word(forms[0])

    def _forms(self, text: str, apostrophes: bool, acronyms: bool) -> list[str]:
        return [token.form for token in self._analyzer.tokens(_read(text, apostrophes, acronyms))]

    def _all_forms(self, number: int, apostrophes: bool, acronyms: bool) -> list[list[str]]:
        return [self._forms(self._documents[number][field], apostrophes, acronyms) for field in _FIELDS]

    def _stems_of(self, number: int, ways: Ways) -> list[list[str]]:
        return self._stems(number, ways.apostrophes, ways.acronyms, ways.stems)

    def _all_stems(self, number: int, apostrophes: bool, acronyms: bool, snowball: bool) -> list[list[str]]:
        return [[self._stem(form, snowball) for form in forms] for forms in self._texts(number, apostrophes, acronyms)]

    def _stem(self, form: str, snowball: bool) -> str:
        """The stem of a word, which may be one of a question only."""
        known = self._snowball if snowball else self._porter
        if form not in known:
            known[form] = self._analyzer.tokens(form)[0].term if snowball else self._porter_stem(form)
        return known[form]

    def _porter_stem(self, form: str) -> str:
        return porter_stems([form])[form] if self._analyzer.language else form


def porter_stems(words: Iterable[str]) -> dict[str, str]:
    """The stem that FTS5's porter tokenizer makes of each word."""
    with sqlite3.connect(":memory:") as connection:
        connection.execute("CREATE VIRTUAL TABLE words USING fts5(word, tokenize='porter unicode61')")
        connection.execute("CREATE VIRTUAL TABLE stems USING fts5vocab(words, instance)")
        numbered = dict(enumerate(words))
        connection.executemany("INSERT INTO words (rowid, word) VALUES (?, ?)", numbered.items())
        found = {numbered[row]: stem for stem, row in connection.execute("SELECT term, doc FROM stems")}
    connection.close()
    return found


def _exchanged(names: Sequence[str]) -> Ways:
    return replace(SEARCHKIT_WAYS, **dict.fromkeys(names, False))


def _read(text: str, apostrophes: bool, acronyms: bool) -> str:
    """A text with spaces for what is not to be part of words."""
    text = text if apostrophes else text.replace("'", " ")
    return text if acronyms else text.replace(".", " ")


def _follow(wanted: Sequence[str], words: Sequence[str]) -> bool:
    """Whether some words stand side by side in others."""
    first, count = wanted[0], len(wanted)
    start = -1
    for _ in range(words.count(first)):
        start = words.index(first, start + 1)
        if words[start : start + count] == wanted:
            return True
    return False
