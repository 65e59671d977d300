"""The engine answers as the naive one does: same documents, same order, same scores, same totals.

Runs on the compiled kernels and on the uncompiled ones; on the latter with smaller sizes.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from searchkit.kernels import COMPILED
from searchkit.schema import ARTICLE, Schema
from tests.oracle import bulk
from tests.oracle.strategies import SCHEMAS, Add, Merge, Question, Reopen, Step, Write, cases
from tests.oracle.systems import Naive, Real, System

EXAMPLES = 120 if COMPILED else 20
COMPARISON = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)
BULK = 8_000 if COMPILED else 5_000
BULK_QUESTIONS = 200 if COMPILED else 25


def compare(naive: Naive, real: System, question: Question) -> None:
    """Ask both; ids in order, scores (exactly), total and partial flag must be the same."""
    if naive.is_settled(question.node):
        assert real.ask(question) == naive.ask(question), question


def live_through(schema: Schema, steps: list[Step], questions: list[Question]) -> None:
    """Let the same befall both engines; ask the first question after every step, and all of them at the end."""
    naive = Naive(schema)
    with tempfile.TemporaryDirectory() as folder:
        real = Real(Path(folder) / "index", schema)
        for step in steps:
            naive.run(step)
            real.run(step)
            assert len(real) == len(naive)
            compare(naive, real, questions[0])
        for question in questions:
            compare(naive, real, question)
        real.close()


@COMPARISON
@given(cases("article"))
def test_articles(case: tuple[list[Step], list[Question]]) -> None:
    live_through(SCHEMAS["article"], *case)


@COMPARISON
@given(cases("rich"))
def test_schema_with_every_type_of_field(case: tuple[list[Step], list[Question]]) -> None:
    live_through(SCHEMAS["rich"], *case)


@COMPARISON
@given(cases("undated"))
def test_schema_without_a_date(case: tuple[list[Step], list[Question]]) -> None:
    live_through(SCHEMAS["undated"], *case)


@COMPARISON
@given(cases("filtered"))
def test_filters_written_in_python(case: tuple[list[Step], list[Question]]) -> None:
    live_through(SCHEMAS["filtered"], *case)


def bulk_steps(random: Random) -> Iterable[Step]:
    """Four segments, the first longer than one range of 4,096 documents, then updates and deletes in all of them."""
    yield Add(bulk.documents(random, range(BULK * 2 // 3)))
    for third in range(3):
        first = BULK * 2 // 3 + third * BULK // 9
        yield Add(bulk.documents(random, range(first, first + BULK // 9)))
    replaced = [bulk.document(random, id) for id in random.sample(range(BULK), BULK // 40)]
    deleted = [str(id) for id in random.sample(range(BULK), BULK // 20)]
    yield Write([*replaced, *deleted], fails=False)


def test_several_ranges_of_documents(tmp_path: Path) -> None:
    """Before a merge, after it (a document's range is another one then) and opened again."""
    naive, real = Naive(ARTICLE), Real(tmp_path / "index", ARTICLE)
    for step in bulk_steps(Random(1979)):
        naive.run(step)
        real.run(step)
    random = Random(4096)
    texts = [text for document in bulk.documents(random, range(300)) for text in (document["title"], document["body"])]
    questions = [bulk.question(random, texts) for _ in range(BULK_QUESTIONS)]
    expected = [(question, naive.ask(question)) for question in questions if naive.is_settled(question.node)]
    for later in (None, Merge(), Reopen()):
        if later is not None:
            real.run(later)
        for question, page in expected:
            assert real.ask(question) == page, (later, question)
    real.close()


@given(st.data())
@settings(max_examples=30 if COMPILED else 5, deadline=None)
def test_a_segment_for_every_document(data: st.DataObject) -> None:
    """As many segments as documents answer as one."""
    steps, questions = data.draw(cases("article"))
    documents = [document for step in steps if isinstance(step, Add) for document in step.documents]
    live_through(SCHEMAS["article"], [Add([document]) for document in documents], questions)
