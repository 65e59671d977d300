"""Words side by side, as most queries are: kept as words until somebody asks for their nodes."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from searchkit.query.nodes import Bag, Clause, Occur, Word

__all__ = ["PlainWords"]

_SET = object.__setattr__


class PlainWords(Bag):
    """A bag of words for all text fields, equal to the `Bag` of the same clauses.

    texts: the words; occurs: how each counts.
    """

    __slots__ = ("occurs", "texts")
    texts: tuple[str, ...]
    occurs: tuple[Occur, ...]

    def __init__(self, texts: tuple[str, ...], occurs: tuple[Occur, ...]) -> None:
        _SET(self, "texts", texts)
        _SET(self, "occurs", occurs)

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """A clause for each word."""
        return tuple(map(_clause, self.texts, self.occurs))

    def __eq__(self, other: object) -> bool:
        return self.clauses == other.clauses if isinstance(other, Bag) else NotImplemented

    __hash__ = Bag.__hash__

    def __repr__(self) -> str:
        return f"Bag(clauses={self.clauses!r})"

    def __reduce__(self) -> tuple[Any, ...]:
        return Bag, (self.clauses,)


@lru_cache(maxsize=8192)
def _clause(text: str, occur: Occur) -> Clause:
    return Clause(Word(text), occur)
