"""Targets made of text, as a search makes them."""

from __future__ import annotations

from searchkit.analysis import analyzer_for
from searchkit.results.targets import Target

__all__ = ["phrase", "word"]

_ENGLISH = analyzer_for("english")


def phrase(text: str, weight: float = 1.0) -> Target:
    """The tokens of a text, one after the other."""
    return Target(tuple(frozenset({token.term}) for token in _ENGLISH.query_tokens(text)), weight)


def word(*forms: str, weight: float = 1.0) -> Target:
    """Any of the words."""
    terms = frozenset(token.term for form in forms for token in _ENGLISH.tokens(form))
    return Target((terms,), weight)
