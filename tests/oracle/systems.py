"""What the comparison drives: the naive engine, and any other through the same few calls."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Protocol

import searchkit
from searchkit import Explanation
from searchkit.query.nodes import (
    And,
    Bag,
    Boost,
    Constant,
    Fuzzy,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Regex,
    Wildcard,
    Word,
)
from searchkit.schema import Schema
from tests.oracle.documents import microseconds
from tests.oracle.engine import NaiveIndex, Page, expansion
from tests.oracle.patterns import distances
from tests.oracle.strategies import Add, Delete, Merge, Question, Reopen, Step, Write

NOW = datetime(1979, 12, 1, tzinfo=UTC)


class System(Protocol):
    """An engine under test."""

    def __len__(self) -> int: ...

    def run(self, step: Step) -> None:
        """Let a step befall the index."""

    def ask(self, question: Question) -> Page:
        """The answer to a question."""


class Naive:
    """The naive engine as a system."""

    def __init__(self, schema: Schema) -> None:
        self.index = NaiveIndex(schema)

    def __len__(self) -> int:
        return len(self.index)

    def run(self, step: Step) -> None:
        match step:
            case Add(documents):
                self.index.add(documents)
            case Delete(id):
                self.index.delete(id)
            case Write(items, fails):
                for item in items if not fails else ():
                    self.index.delete(item) if isinstance(item, str) else self.index.add([item])
            case Merge() | Reopen():
                pass

    def ask(self, question: Question) -> Page:
        return self.index.search(
            question.node,
            match=question.match,
            limit=question.limit,
            offset=question.offset,
            sort=question.sort,
            since=_instant(question.since),
            until=_instant(question.until),
            ranking=question.ranking,
            now=microseconds(NOW),
        )

    def is_settled(self, node: Node) -> bool:
        """Whether no prefix in the query stands for a live term only by a form that no live document has (any more).

        The real engine may keep the forms of deleted documents until a merge drops them: such a query has two answers.
        """
        alive = self.index.forms
        live_terms = {term for _, term in alive}
        for leaf in prefixes(node):
            if not isinstance(leaf, Word | Phrase | Prefix):
                ever, now = distances(leaf, self.index.forms_ever), distances(leaf, alive)
                if {term: ever[term] for term in ever if term in live_terms} != now:
                    return False
                continue
            for token in self.index.words.in_query(leaf) or []:
                if expansion(token, self.index.forms_ever) & live_terms != expansion(token, alive) & live_terms:
                    return False
        return True


def prefixes(node: Node) -> Iterator[Word | Phrase | Prefix | Wildcard | Regex | Fuzzy]:
    """The leaves of a query that may stand for words that start alike."""
    match node:
        case Word() | Phrase() | Prefix() | Wildcard() | Regex() | Fuzzy():
            yield node
        case Near(left, right):
            yield from (left, right)
        case And(children) | Or(children):
            for child in children:
                yield from prefixes(child)
        case Not(child) | Boost(child, _) | Constant(child, _):
            yield from prefixes(child)
        case Bag(clauses):
            for clause in clauses:
                yield from prefixes(clause.node)


def _instant(moment: datetime | None) -> int | None:
    return None if moment is None else microseconds(moment)


class RollBackError(Exception):
    """Raised inside a writer to have it roll back."""


class Real:
    """An index opened by `searchkit.open` as a system."""

    def __init__(self, path: Any, schema: Schema) -> None:
        self.path, self.schema = path, schema
        self.index = searchkit.open(path, schema=schema, now=lambda: NOW)

    def __len__(self) -> int:
        return len(self.index)

    def close(self) -> None:
        """Let go of the index's files."""
        self.index.close()

    def run(self, step: Step) -> None:
        match step:
            case Add(documents):
                report = self.index.add(documents)
                assert not report.rejected, report.rejected
            case Delete(id):
                self.index.delete(id)
            case Write():
                self._write(step)
            case Merge():
                self.index.merge()
            case Reopen():
                self.index.close()
                schema = self.schema if self.schema.filters else None
                self.index = searchkit.open(self.path, schema=schema, now=lambda: NOW)

    def _write(self, step: Write) -> None:
        try:
            with self.index.writer() as writer:
                for item in step.steps:
                    writer.delete(item) if isinstance(item, str) else writer.add(item)
                if step.fails:
                    raise RollBackError
        except RollBackError:
            pass

    def ask(self, question: Question) -> Page:
        results = self.index.search(
            question.node,
            match=question.match,
            limit=question.limit,
            offset=question.offset,
            sort=question.sort,
            since=question.since,
            until=question.until,
            ranking=question.ranking,
        )
        within: dict[str, Any] = {"match": question.match, "since": question.since, "until": question.until}
        assert self.index.count(question.node, **within) == results.total
        for hit in results[:2]:
            explained = hit.explain()
            assert explained.score == hit.score
            assert adds_up(explained), str(explained)
        return Page([(hit.id, hit.score) for hit in results], results.total, results.partial)


def adds_up(explained: Explanation) -> bool:
    """Whether the units of every part are the sum of those of its parts."""
    own = not explained.parts or explained.units == sum(part.units for part in explained.parts)
    return own and all(map(adds_up, explained.parts))
