"""The classes of queries that are timed: a row of the report each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["DATED", "KINDS", "PLAIN", "Act", "Kind"]

Act = Literal["top", "total", "count", "newest", "facets"]


@dataclass(frozen=True)
class Kind:
    """One class.

    title: what the report calls it; asks: the set of questions (see `drawing`); act: what is wanted: the best `limit`
    documents with id and title ("top"), these and the exact number of matches ("total"), the number alone ("count"),
    the newest ("newest"), or how many matches each of the commonest `limit` sources has ("facets"). dated: asked of
    corpora with dates and sources, else of those without. goal: how many times as fast as tantivy-py it should be.
    """

    name: str
    title: str
    asks: str
    act: Act = "top"
    limit: int = 10
    dated: bool = False
    goal: float | None = None


PLAIN = (
    Kind("word", "one word", "word", goal=5),
    Kind("union", "any of several words", "union", goal=6),
    Kind("union-stop", "any of several words, one a stop word at least", "union-stop"),
    Kind("frequent", "any of 2 to 4 frequent words", "frequent", goal=5),
    Kind("frequent-stop", "any of 2 to 4 frequent words, stop words among them", "frequent-stop"),
    Kind("union-body", "any of several words, in the body only", "union-body"),
    Kind("intersection", "all of several words", "intersection", goal=3),
    Kind("intersection-stop", "all of several words, one a stop word at least", "intersection-stop"),
    Kind("prohibited", "one word without one or two others", "prohibited", goal=2),
    Kind("mixed", "`+a b`, `+a b -c`", "mixed", goal=2),
    Kind("mixed-phrase", '`+"a b" c`', "mixed-phrase", goal=2),
    Kind("phrase-2", "phrase of 2 words", "phrase-2", goal=2.5),
    Kind("phrase-3", "phrase of 3 words", "phrase-3", goal=2.5),
    Kind("phrase-5", "phrase of 4 or 5 words", "phrase-5", goal=2.5),
    Kind("phrase-stop", "phrase of 2 to 5 words, stop words among them", "phrase-stop", goal=2.5),
    Kind("limit-100", "any of several words, 100 hits", "union", limit=100, goal=3),
    Kind("limit-1000", "any of several words, 1,000 hits", "union", limit=1000, goal=1.5),
    Kind("count-union", "count of any of several words", "union", "count", goal=3),
    Kind("count-intersection", "count of all of several words", "intersection", "count", goal=3),
    Kind("total", "any of several words, with the exact total", "union", "total", goal=3),
    Kind("prefix", "prefix of 4 letters", "prefix", goal=2),
    Kind("wildcard", "wildcard: `a?cde*`", "wildcard", goal=2),
    Kind("fuzzy", "a misspelt word, one letter off", "fuzzy", goal=2),
)

DATED = (
    Kind("dated-union", "any of several words", "words", dated=True),
    Kind("day", "any of several words, on a day", "day", dated=True, goal=5),
    Kind("month", "any of several words, in a month", "month", dated=True, goal=5),
    Kind("year", "any of several words, in a year", "year", dated=True, goal=5),
    Kind("newest", "any of several words, newest first", "words", "newest", dated=True, goal=10),
    Kind("newest-frequent", "one frequent word, newest first", "frequent-word", "newest", dated=True, goal=10),
    Kind("facets", "counts by source of any of several words", "words", "facets", dated=True, goal=2),
)

KINDS = {kind.name: kind for kind in (*PLAIN, *DATED)}
