"""Words side by side, as most queries are, perhaps with a date: kept as words until somebody asks for their nodes."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from searchkit.query.nodes import Bag, Between, Clause, Occur, Word

__all__ = ["PlainWords"]

_SET = object.__setattr__
_OCCURS = {" ": Occur.DEFAULT, "+": Occur.REQUIRED, "-": Occur.PROHIBITED}


class PlainWords(Bag):
    """A bag of words for all text fields, equal to the `Bag` of the same clauses.

    texts: the words. marks: the sign of each, "+", "-" or a space for none; or nothing, where none has one.
    interval: of the primary date, the clause after them, or None.
    """

    __slots__ = ("interval", "marks", "texts")
    texts: tuple[str, ...]
    marks: str
    interval: Between | None

    def __init__(self, texts: tuple[str, ...], marks: str = "", interval: Between | None = None) -> None:
        _SET(self, "texts", texts)
        _SET(self, "marks", marks)
        _SET(self, "interval", interval)

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """A clause for each word, and one for the interval."""
        words = tuple(map(_clause, self.texts, self.marks or " " * len(self.texts)))
        return words if self.interval is None else (*words, Clause(self.interval))

    def __eq__(self, other: object) -> bool:
        return self.clauses == other.clauses if isinstance(other, Bag) else NotImplemented

    __hash__ = Bag.__hash__

    def __repr__(self) -> str:
        return f"Bag(clauses={self.clauses!r})"

    def __reduce__(self) -> tuple[Any, ...]:
        return Bag, (self.clauses,)


@lru_cache(maxsize=8192)
def _clause(text: str, mark: str) -> Clause:
    return Clause(Word(text), _OCCURS[mark])
