"""The rules of synonyms as one analyzer reads them, to be looked up by terms."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from searchkit.analysis import Analyzer, QueryToken
from searchkit.query.synonym_rules import SynonymRule

__all__ = ["SynonymTable"]

Terms = tuple[str, ...]
Match = tuple[int, tuple[str, ...]]
"""How many tokens (or words), and what means the same; 0 where nothing does."""

_NOTHING: Match = (0, ())


class SynonymTable:
    """longest: how many words the longest text that a rule is about has."""

    def __init__(self, rules: Iterable[SynonymRule], analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self._others: dict[Terms, dict[Terms, str]] = {}
        self._lengths: dict[str, list[int]] = {}
        self.longest = 1
        for typed, others in rules:
            self._add(self._terms(typed), others)
        for terms in self._others:
            lengths = self._lengths.setdefault(terms[0], [])
            if len(terms) not in lengths:
                lengths.append(len(terms))
                lengths.sort(reverse=True)
            self.longest = max(self.longest, len(terms))

    def _add(self, terms: Terms, others: Sequence[str]) -> None:
        """Rules about the same terms are one; what analyses to them is no synonym."""
        found = {others_terms: other for other in others if (others_terms := self._terms(other)) not in ((), terms)}
        if terms and found:
            self._others[terms] = found | self._others.get(terms, {})

    def _terms(self, text: str) -> Terms:
        tokens = self.tokens(text)
        # A single character of a script without spaces stands for all words that start so: not for a rule.
        return () if any(token.prefix for token in tokens) else tuple(token.term for token in tokens)

    def tokens(self, text: str) -> list[QueryToken]:
        """The tokens of a piece of a query."""
        return self._analyzer.query_tokens(text)

    def telling(self, typed: str, others: Sequence[str]) -> Iterable[str]:
        """Those of the texts that find documents which what was typed, and the texts before, do not find.

        A document with "united states of america" has "united states", and would only score twice.
        """
        shorter = [self._terms(typed)]
        for terms, other in sorted(((self._terms(other), other) for other in others), key=lambda one: len(one[0])):
            if not any(_holds(terms, held) for held in shorter):
                shorter.append(terms)
                yield other

    def match(self, tokens: Sequence[QueryToken], at: int) -> Match:
        """The longest row of tokens from place `at` on that a rule is about; whole words only."""
        for length in self._lengths.get(tokens[at].term, ()):
            end = at + length
            others = self._others.get(tuple(token.term for token in tokens[at:end]))
            if others and _apart(tokens, at) and _apart(tokens, end):
                return length, tuple(others.values())
        return _NOTHING

    def match_row(self, words: Sequence[Sequence[QueryToken]]) -> Match:
        """As `match`, of whole words, given by the tokens of each, from the first on; counted in words."""
        if not words or not words[0] or words[0][0].term not in self._lengths:
            return _NOTHING
        best = _NOTHING
        terms: Terms = ()
        for number, tokens in enumerate(words, 1):
            if not tokens or any(token.prefix for token in tokens):
                break
            terms += tuple(token.term for token in tokens)
            others = self._others.get(terms)
            if others:
                best = number, tuple(others.values())
        return best


def _holds(terms: Terms, part: Terms) -> bool:
    return part != () and any(terms[at : at + len(part)] == part for at in range(len(terms) - len(part) + 1))


def _apart(tokens: Sequence[QueryToken], place: int) -> bool:
    """Whether a new word begins at a place: of scripts without spaces, and of what a filter makes, tokens overlap."""
    return place in (0, len(tokens)) or tokens[place - 1].end <= tokens[place].start
