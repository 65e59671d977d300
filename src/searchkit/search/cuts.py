"""What a limit left out of a query while it was planned, and how the searcher is told."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from searchkit.dataclasses import dataclass
from searchkit.errors import QueryError
from searchkit.schema import Schema

if TYPE_CHECKING:
    from searchkit.query.nodes import Node
    from searchkit.query.problems import Problem

__all__ = ["Cut", "noted"]


@dataclass(frozen=True, slots=True)
class Cut:
    """A node that has or stands for `found` words, of which the best `kept` were searched, and the limit's name."""

    node: Node
    found: int
    kept: int
    limit: str


def noted(cuts: Iterable[Cut], query: str | Node, schema: Schema, strict: bool) -> tuple[Problem, ...]:
    """A problem for each cut; its place is where the query has such a text, else all of the query.

    strict: raise `QueryError` for the first one instead.
    """
    # Slow to import, for what few queries meet.
    from searchkit.query.printing import to_text
    from searchkit.query.problems import Problem

    text = query if isinstance(query, str) else to_text(query, schema)
    found = []
    for cut in dict.fromkeys(cuts):
        typed = to_text(cut.node)
        start = text.find(typed)
        place = (start, start + len(typed)) if start >= 0 else (0, len(text))
        message = f"{_sentence(cut, typed)} (limit: {cut.limit})"
        if strict:
            raise QueryError(message, text, *place)
        found.append(Problem(message, *place))
    return tuple(found)


def _sentence(cut: Cut, typed: str) -> str:
    if cut.limit == "phrase_tokens":
        return f"a phrase has {cut.found:,} words: the first {cut.kept:,} were searched"
    best = "nearest" if cut.limit == "fuzzy_expansions" else "most frequent"
    return f"{typed} stands for {cut.found:,} words: the {cut.kept:,} {best} were searched"
