"""What is wrong with a query, and where."""

from __future__ import annotations

from datetime import datetime

from searchkit.dataclasses import dataclass
from searchkit.limits import Limits
from searchkit.schema import Schema

__all__ = ["Context", "Problem"]

_MOST = 100


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a query that could not be taken as typed; the search went on without it or with the nearest meaning.

    message: one sentence: what is wrong, and how it was read.
    start, end: the place in the query, in characters, half open.
    suggestion: what to type there instead, where that is plain.
    """

    message: str
    start: int
    end: int
    suggestion: str | None = None


class Context:
    """What the parts of the parser share: the query's text, the schema, the present, the problems found so far, and how
    many leaves the tree has so far.
    """

    __slots__ = ("_now", "leaves", "limits", "problems", "schema", "text")

    def __init__(self, text: str, schema: Schema, now: datetime | None, limits: Limits) -> None:
        self.text, self.schema, self._now, self.limits = text, schema, now, limits
        self.problems: list[Problem] = []
        self.leaves = 0

    @property
    def now(self) -> datetime:
        """The instant that relative dates count from; the clock is read once, and only if one asks."""
        if self._now is None:
            self._now = datetime.now().astimezone()
        return self._now

    def problem(self, message: str, start: int, end: int, suggestion: str | None = None) -> None:
        """Note a problem; a hundred are kept, so that a megabyte of brackets does not make a megabyte of them."""
        if len(self.problems) < _MOST:
            self.problems.append(Problem(message, start, end, suggestion))

    def limit(self, name: str, message: str, start: int, end: int) -> None:
        """Note that a limit was hit: kept beyond a hundred, but not beyond two."""
        if len(self.problems) < 2 * _MOST:
            self.problems.append(Problem(f"{message} (limit: {name})", start, end))
