"""What a query may cost, and how long a token may be, in one place."""

from __future__ import annotations

from searchkit.arguments import whole
from searchkit.dataclasses import dataclass, fields

__all__ = ["DEFAULT_LIMITS", "TOKEN_BYTES", "Limits"]

TOKEN_BYTES = 255
"""Bytes of UTF-8 in one token; longer ones are cut there. What is indexed depends on it, so it cannot be chosen."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Upper bounds on queries; pass one to `searchkit.open(..., limits=...)`.

    Each is a whole number, 0 or more; else `TypeError` or `ValueError`.

    query_length: characters of a query; what lies beyond is cut off, with a problem.
    query_depth: levels of nesting of a query tree.
    query_clauses: leaves of a query tree.
    synonym_expansions: phrases that one phrase and its synonyms may come to, besides itself.
    prefix_expansions: terms that one prefix, wildcard or regular expression may stand for (the most frequent are kept).
    fuzzy_expansions: terms that one fuzzy word may stand for (the nearest are kept, of these the most frequent).
    edit_distance: edits that a fuzzy word may be away from what it finds, at most 6.
    automaton_states: positions, states and steps that making the automaton of one pattern may take.
    phrase_tokens: words of one phrase, at most 65,535; only the first are searched.
    phrase_slop: places that the words of a sloppy phrase may be off, and the distance of NEAR, at most 65,535.
    page: hits that one search may return (`limit`).
    buckets: units of the calendar, or intervals, that one facet may have.
    """

    query_length: int = 10_000
    query_depth: int = 50
    query_clauses: int = 1_024
    prefix_expansions: int = 1_024
    synonym_expansions: int = 64
    fuzzy_expansions: int = 50
    edit_distance: int = 2
    automaton_states: int = 10_000
    phrase_tokens: int = 256
    phrase_slop: int = 1_000
    page: int = 10_000
    buckets: int = 10_000

    def __post_init__(self) -> None:
        for field in fields(self):
            whole(field.name, getattr(self, field.name), 0, _MOST.get(field.name))


_MOST = {"phrase_tokens": 65_535, "phrase_slop": 65_535}
"""What the kernels have room for."""

DEFAULT_LIMITS = Limits()
