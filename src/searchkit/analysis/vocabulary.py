"""Which surfaces stand for which term, remembered from text to text."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

__all__ = ["REMEMBERED", "REMEMBERED_LENGTH", "Holders", "OneOrMore", "Vocabulary"]

# Surfaces that are remembered: how many, and of how many characters at most (longer ones are paragraphs without a
# space, and do not come again).
REMEMBERED = 100_000
REMEMBERED_LENGTH = 64

OneOrMore = str | tuple[str, ...]


class Holders(NamedTuple):
    """Surfaces by the terms that they hold.

    by_term: each term that was asked for and found, with those of the surfaces that have it.
    unknown: the surfaces too long to be remembered, which are in no entry of `by_term`.
    """

    by_term: dict[str, set[str]]
    unknown: list[str]


class Vocabulary:
    """The surfaces that an analyzer has met, by their terms. May be shared by threads.

    analyze: from surfaces to the terms of each, one or a tuple, in the same order.
    """

    def __init__(self, analyze: Callable[[list[str]], Iterable[OneOrMore]]) -> None:
        self._analyze = analyze
        self._known: set[str] = set()
        self._by_term: dict[str, set[str]] = {}

    def holders(self, terms: Iterable[str], among: set[str]) -> Holders:
        """Which of the surfaces hold which of the terms."""
        if len(self._known) > REMEMBERED:
            self._by_term, self._known = {}, set()  # new ones: another thread may be reading the old
        known, by_term = self._known, self._by_term
        missing = among.difference(known)
        unknown = [surface for surface in missing if len(surface) > REMEMBERED_LENGTH]
        missing.difference_update(unknown)
        if missing:
            self._learn(list(missing), known, by_term)
        nothing: set[str] = set()
        found = {term: surfaces for term in terms if (surfaces := among & by_term.get(term, nothing))}
        return Holders(found, unknown)

    def _learn(self, surfaces: list[str], known: set[str], by_term: dict[str, set[str]]) -> None:
        for surface, terms in zip(surfaces, self._analyze(surfaces), strict=True):
            for term in (terms,) if isinstance(terms, str) else terms:
                by_term.setdefault(term, set()).add(surface)
        known.update(surfaces)  # last: what is known can be found
