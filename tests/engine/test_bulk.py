"""Deleting by query, partial updates, scans and many queries at once, against the naive engine."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from searchkit import Index
from searchkit.kernels import COMPILED
from searchkit.query.nodes import Node
from tests.engine.test_against_oracle import compare
from tests.oracle.strategies import (
    SCHEMAS,
    Add,
    Delete,
    Question,
    Step,
    Write,
    documents,
    ids,
    queries,
    questions,
    quoted,
    steps,
    texts_of,
)
from tests.oracle.systems import Naive, Real

COMPARISON = settings(
    max_examples=40 if COMPILED else 6,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)
EVERY = 10**6
SCHEMA_NAMES = ["article", "rich", "undated", "filtered"]


@dataclass(frozen=True)
class Update:
    """Change fields of a document, which may not be there."""

    id: str
    fields: dict[str, Any]


@dataclass(frozen=True)
class DeleteWhere:
    """Delete what a query matches."""

    node: Node


Change = dict[str, Any] | str | Update | DeleteWhere


class Recorded(Naive):
    """The naive engine, with the articles as they were given."""

    def __init__(self, name: str) -> None:
        super().__init__(SCHEMAS[name])
        self.key = SCHEMAS[name].key
        self.articles: dict[str, dict[str, Any]] = {}

    def run(self, step: Step) -> None:
        super().run(step)
        match step:
            case Add(documents):
                self.articles.update({one[self.key]: one for one in documents})
            case Delete(id):
                self.articles.pop(id, None)
            case Write(items, False):
                for item in items:
                    self.run(Delete(item) if isinstance(item, str) else Add([item]))

    def change(self, change: Change) -> int:
        """Let one change happen; returns how many documents it befalls."""
        match change:
            case Update(id, fields):
                if id not in self.articles:
                    return 0
                self.run(Add([{**self.articles[id], **fields}]))
                return 1
            case DeleteWhere(node):
                found = [id for id, _ in self.index.search(node, match="all", limit=EVERY).hits]
                for id in found:
                    self.run(Delete(id))
                return len(found)
            case str():
                gone = change in self.articles
                self.run(Delete(change))
                return int(gone)
        self.run(Add([change]))
        return 1


@st.composite
def changes(draw: DrawFn, name: str, texts: list[str]) -> list[Change]:
    """What one writer does."""
    schema = SCHEMAS[name]

    def update(document: dict[str, Any], removed: set[str]) -> Update:
        fields = {field: None if field in removed else document.get(field) for field in document if field != schema.key}
        return Update(document[schema.key], fields)

    names = st.sets(st.sampled_from(list(schema.fields)), max_size=2)
    kinds = st.one_of(
        documents(schema),
        ids(),
        st.builds(update, documents(schema), names),
        st.builds(lambda id, field: Update(id, {field: None}), ids(), st.sampled_from(list(schema.fields))),
        queries(name).map(lambda node: DeleteWhere(quoted(node, texts))),
    )
    return draw(st.lists(kinds, max_size=8))


def write(naive: Recorded, index: Index, made: list[Change]) -> None:
    """The same changes by one writer in both; each must befall as many documents."""
    with index.writer() as writer:
        for change in made:
            if isinstance(change, DeleteWhere) and not naive.is_settled(change.node):
                continue
            expected = naive.change(change)
            match change:
                case Update(id, fields):
                    if expected:
                        writer.update(id, fields)
                case DeleteWhere(node):
                    assert writer.delete_where(node) == expected, node
                case str():
                    assert writer.delete(change) == bool(expected)
                case _:
                    writer.add(change)


@pytest.mark.parametrize("name", SCHEMA_NAMES)
@COMPARISON
@given(st.data())
def test_changes_of_one_writer(name: str, data: st.DataObject) -> None:
    made = data.draw(steps(name))
    texts = texts_of(made, SCHEMAS[name])
    naive = Recorded(name)
    with tempfile.TemporaryDirectory() as folder:
        real = Real(Path(folder) / "index", SCHEMAS[name])
        for step in made:
            naive.run(step)
            real.run(step)
        for _ in range(2):
            write(naive, real.index, data.draw(changes(name, texts)))
            assert len(real) == len(naive)
            for question in data.draw(st.lists(questions(name, texts), max_size=3)):
                compare(naive, real, question)
        assert real.index.check() == []
        real.close()


@pytest.mark.parametrize("name", SCHEMA_NAMES)
@COMPARISON
@given(st.data())
def test_scans_and_many_queries(name: str, data: st.DataObject) -> None:
    made = data.draw(steps(name))
    texts = texts_of(made, SCHEMAS[name])
    naive = Recorded(name)
    asked = data.draw(st.lists(questions(name, texts), min_size=1, max_size=5))
    with tempfile.TemporaryDirectory() as folder:
        real = Real(Path(folder) / "index", SCHEMAS[name])
        for step in made:
            naive.run(step)
            real.run(step)
        asked = [question for question in asked if naive.is_settled(question.node)]
        for question in asked:
            check_scan(naive, real.index, question)
        nodes = [question.node for question in asked]
        together = real.index.search_many(nodes, threads=2, limit=3)
        alone = [real.index.search(node, limit=3) for node in nodes]
        assert [list(map(repr, one)) for one in together] == [list(map(repr, one)) for one in alone]
        real.close()


def check_scan(naive: Naive, index: Index, question: Question) -> None:
    """A scan gives all that the naive engine finds, in either order of the dates."""
    match = question.match or "all"
    for sort in ("date", "-date"):
        asked = Question(question.node, match, EVERY, 0, sort, question.since, question.until)
        expected = [id for id, _ in naive.ask(asked).hits]
        found = index.scan(question.node, match=match, sort=sort, since=question.since, until=question.until)
        assert [hit.id for hit in found] == expected, asked
