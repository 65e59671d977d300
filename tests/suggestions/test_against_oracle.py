"""Completions, articles alike and why nothing matched: every count and every set of hits is the naive engine's."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from searchkit.kernels import COMPILED
from searchkit.query import Bag, Clause, Node, Prefix, Word
from tests.oracle.strategies import SCHEMAS, WORDS, Question, Step, cases
from tests.oracle.systems import Naive, Real

COMPARISON = settings(
    max_examples=60 if COMPILED else 8,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)


def live(steps: list[Step], folder: str) -> tuple[Naive, Real]:
    """The same life for both engines."""
    naive, real = Naive(SCHEMAS["article"]), Real(Path(folder) / "index", SCHEMAS["article"])
    for step in steps:
        naive.run(step)
        real.run(step)
    return naive, real


def total(naive: Naive, node: Node) -> int:
    return naive.index.search(node, match="all").total


def completable(naive: Naive, prefix: str, context: list[str]) -> list[int]:
    """The counts of all completions of a word, greatest first."""
    by_terms: dict[str, set[str]] = {}
    for form, term in naive.index.forms:
        if form.startswith(prefix):
            by_terms.setdefault(term, set()).add(form)
    found = []
    for forms in by_terms.values():
        if not any(naive.index.words.is_stop_word(Word(form)) for form in forms):
            words = [Clause(Word(word)) for word in [*context, min(forms)]]
            found.append(total(naive, Bag(tuple(words))))
    return sorted((count for count in found if count), reverse=True)


@COMPARISON
@given(cases("article"), st.sampled_from("ehotai"), st.lists(st.sampled_from(WORDS), max_size=1), st.integers(1, 6))
def test_completions(case: tuple[list[Step], list[Question]], prefix: str, context: list[str], limit: int) -> None:
    context = [word for word in context if word.isalpha() and word.isascii() and word.islower()]
    with tempfile.TemporaryDirectory() as folder:
        naive, real = live(case[0], folder)
        text = " ".join([*context, prefix])
        found = real.index.complete(text, limit=limit)
        for one in found:
            assert one.word.startswith(prefix)
            assert one.text == " ".join([*context, one.word])
            assert one.count == total(naive, one.query) == real.index.count(one.text, match="all")
        if naive.is_settled(Prefix(prefix)):
            assert [one.count for one in found] == completable(naive, prefix, context)[:limit]
        real.close()


@COMPARISON
@given(cases("article"), st.integers(1, 8))
def test_articles_alike(case: tuple[list[Step], list[Question]], terms: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        naive, real = live(case[0], folder)
        for id in list(naive.index.documents)[:3]:
            found = real.index.like(id, limit=5, terms=terms)
            assert id not in [hit.id for hit in found]
            words = real.index.search("*", limit=1000)
            hit = next(one for one in words if one.id == id)
            assert [one.id for one in real.index.like(hit, limit=5, terms=terms)] == [one.id for one in found]
        real.close()


@COMPARISON
@given(cases("article"))
def test_why_nothing_matched(case: tuple[list[Step], list[Question]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        naive, real = live(case[0], folder)
        for question in case[1]:
            if not naive.is_settled(question.node):
                continue
            results = real.index.search(question.node, match="all", since=question.since, until=question.until)
            why = results.why_nothing()
            assert (why is None) == bool(results)
            for clause in why.clauses if why else ():
                assert clause.count == total(naive, clause.query)
            for relaxation in why.relaxations if why else ():
                assert 0 < relaxation.count == total(naive, relaxation.query)
        real.close()


@COMPARISON
@given(cases("article"), st.sampled_from(["hostagse", "emabssy", "oli", "te", "crisi", "hostges emabssy", "teh oli"]))
def test_what_was_meant_finds_as_much(case: tuple[list[Step], list[Question]], typed: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        naive, real = live(case[0], folder)
        for question in case[1]:
            found = real.index.suggest(typed, since=question.since, until=question.until)
            for one in found:
                asked = Question(one.query, match="all", since=question.since, until=question.until)
                assert 0 < one.count == naive.ask(asked).total == real.ask(asked).total
        real.close()
