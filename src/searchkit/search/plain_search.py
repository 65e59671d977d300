"""The shortest way from a text to what it finds, for the queries that it serves."""

from __future__ import annotations

from searchkit.kernels.plain_search import PlainSearch
from searchkit.limits import Limits
from searchkit.search.ages import age
from searchkit.search.known_words import known_words
from searchkit.search.snapshot import Snapshot
from searchkit.search.years import dates_of

__all__ = ["plain_search"]

_LONGEST = 256


def plain_search(snapshot: Snapshot, limits: Limits) -> PlainSearch:
    """Searches of a snapshot by words, years and phrases side by side, within limits that they surely keep."""
    # One less than the most: a tree counts what joins them, too.
    clauses = limits.query_clauses - 1 if limits.query_depth and limits.phrase_tokens else 0
    phrase = limits.phrase_tokens if clauses > 0 else 0
    longest = min(_LONGEST, limits.query_length)
    date = snapshot.schema.date
    named = date if snapshot.schema.timezone == "UTC" else None
    years = None if date is None else dates_of
    known = known_words(snapshot)
    return PlainSearch(
        known, known_words, snapshot.schema.texts, snapshot.parts, longest, max(0, clauses), phrase, named, years, age
    )
