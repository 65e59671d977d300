"""Facets are what the naive engine counts: values, counts, order, what is missing and what is left."""

from __future__ import annotations

import tempfile
from pathlib import Path
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from searchkit.kernels import COMPILED
from searchkit.query.nodes import All, And, Or, Word
from searchkit.schema import ARTICLE
from searchkit.search.facets import DateFacet, Facet, TermFacet
from searchkit.search.facets.requests import FacetRequest
from tests.oracle import bulk
from tests.oracle.facets import Counts, FacetQuestion, asked, facet_questions, naive_facets, selected_node
from tests.oracle.strategies import SCHEMAS, Add, Step, Write, steps, texts_of
from tests.oracle.systems import Naive, Real

COMPARISON = settings(
    max_examples=50 if COMPILED else 10,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)


WANTED: dict[str, FacetRequest] = {
    "sources": TermFacet("source"),
    "months": DateFacet(),
    "days": DateFacet("date", "day"),
}


def counts_of(facet: Facet) -> Counts:
    buckets = [
        (str(bucket.value).lower() if isinstance(bucket.value, bool) else bucket.value, bucket.count, bucket.selected)
        for bucket in facet
    ]
    return Counts(buckets, facet.missing, facet.other, facet.distinct)


def compare(naive: Naive, real: Real, question: FacetQuestion) -> None:
    if not naive.is_settled(question.node):
        return
    selected = asked(question, naive.index.words.schema)
    options = {"match": question.match, "selected": selected}
    found = real.index.facets(question.node, question.requests, **options)  # type: ignore[arg-type]
    assert {name: counts_of(facet) for name, facet in found.items()} == naive_facets(naive.index, question), question
    results = real.index.search(question.node, facets=question.requests, **options)  # type: ignore[arg-type]
    assert {name: counts_of(facet) for name, facet in results.facets.items()} == naive_facets(naive.index, question)
    page = naive.index.search(selected_node(naive.index, question, None), match=question.match)
    assert [(hit.id, hit.score) for hit in results] == page.hits
    assert results.total == page.total


@st.composite
def cases(draw: DrawFn, name: str) -> tuple[list[Step], list[FacetQuestion]]:
    made = draw(steps(name))
    texts = texts_of(made, SCHEMAS[name])
    return made, draw(st.lists(facet_questions(name, texts), min_size=1, max_size=4))


def live_through(name: str, made: list[Step], questions: list[FacetQuestion]) -> None:
    naive = Naive(SCHEMAS[name])
    with tempfile.TemporaryDirectory() as folder:
        real = Real(Path(folder) / "index", SCHEMAS[name])
        for step in made:
            naive.run(step)
            real.run(step)
        for question in questions:
            compare(naive, real, question)
        real.close()


@COMPARISON
@given(cases("rich"))
def test_schema_with_every_type_of_field(case: tuple[list[Step], list[FacetQuestion]]) -> None:
    live_through("rich", *case)


@COMPARISON
@given(cases("undated"))
def test_schema_without_a_date(case: tuple[list[Step], list[FacetQuestion]]) -> None:
    live_through("undated", *case)


def test_several_ranges_of_documents(tmp_path: Path) -> None:
    """Segments longer than a range of 4,096 documents, with deletes in all of them."""
    random = Random(1987)
    size = 9_000 if COMPILED else 5_000
    naive, real = Naive(ARTICLE), Real(tmp_path / "index", ARTICLE)
    words = tuple(Word(bulk.word(random)) for _ in range(4))
    for step in (
        Add(bulk.documents(random, range(size * 2 // 3))),
        Add(bulk.documents(random, range(size * 2 // 3, size))),
        Write([str(id) for id in random.sample(range(size), size // 20)], fails=False),
    ):
        naive.run(step)
        real.run(step)
        for node in (All(), words[0], Or(words), And(words[:2])):
            compare(naive, real, FacetQuestion(node, {"source": WANTED["sources"]}))
    for node in (All(), Or(words)):
        compare(naive, real, FacetQuestion(node, WANTED))
        compare(naive, real, FacetQuestion(node, WANTED, {"source": [bulk.SOURCES[0]]}))
    real.close()
