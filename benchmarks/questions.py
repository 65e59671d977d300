"""What is asked of an engine, whatever its syntax: clauses, dates, a field; and as it is typed in the common syntax."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

__all__ = ["Clause", "Question", "all_of", "any_of", "phrase", "read_questions", "write_questions"]

Sign = Literal["", "+", "-"]
Shape = Literal["word", "phrase", "prefix", "wildcard", "fuzzy"]


@dataclass(frozen=True)
class Clause:
    """A word, or the words of a phrase.

    sign: "+" must be there, "-" must not, "" may be. A prefix is its letters, a wildcard has `?` and ends with `*`, a
    fuzzy word may differ from what is found by one letter.
    """

    words: tuple[str, ...]
    sign: Sign = ""
    shape: Shape = "word"

    def typed(self) -> str:
        """In the syntax that searchkit, tantivy and Whoosh share; prefixes and what is like them in searchkit's."""
        text = " ".join(self.words)
        if self.shape == "phrase":
            text = f'"{text}"'
        return self.sign + text + {"prefix": "*", "fuzzy": "~1"}.get(self.shape, "")


@dataclass(frozen=True)
class Question:
    """Clauses side by side; since and until: days (ISO 8601, UTC), both included; field: where, if not everywhere."""

    clauses: tuple[Clause, ...]
    since: str | None = None
    until: str | None = None
    field: str | None = None

    def typed(self) -> str:
        """The clauses as they are typed."""
        return " ".join(clause.typed() for clause in self.clauses)

    def words(self) -> tuple[str, ...]:
        """All words of all clauses."""
        return tuple(word for clause in self.clauses for word in clause.words)

    def needs(self) -> frozenset[str]:
        """What an engine must be able to do to answer this; compared with `Peer.abilities`."""
        signs = {clause.sign for clause in self.clauses}
        needs: set[str] = {clause.shape for clause in self.clauses}
        needs |= {"prohibited"} if "-" in signs else set()
        needs |= {"dates"} if self.since else set()
        needs |= {"field"} if self.field else set()
        if {"", "+"} <= signs:
            return frozenset(needs | {"mixed"})
        if len(self.clauses) > 1:
            needs |= {"required"} if "+" in signs else {"union"}
        return frozenset(needs)


def any_of(*words: str, field: str | None = None) -> Question:
    """A union of words."""
    return Question(tuple(Clause((word,)) for word in words), field=field)


def all_of(*words: str) -> Question:
    """An intersection of words."""
    return Question(tuple(Clause((word,), "+") for word in words))


def phrase(*words: str) -> Question:
    """Words next to each other."""
    return Question((Clause(words, shape="phrase"),))


def write_questions(sets: dict[str, list[Question]]) -> dict[str, Any]:
    """Sets of questions as JSON values."""
    return {name: [asdict(question) for question in questions] for name, questions in sets.items()}


def read_questions(sets: dict[str, Any]) -> dict[str, list[Question]]:
    """The reverse of `write_questions`."""
    return {name: [_question(**one) for one in questions] for name, questions in sets.items()}


def _question(clauses: list[dict[str, Any]], **rest: Any) -> Question:
    return Question(tuple(Clause(tuple(one["words"]), one["sign"], one["shape"]) for one in clauses), **rest)
