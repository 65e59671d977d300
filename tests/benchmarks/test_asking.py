"""The instrument measures what it says: each question once, medians over rounds, and what really matches."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from asking import ask
from drawing import questions_for
from kinds import KINDS
from peers.searchkit import Searchkit
from questions import Question, write_questions
from worker import Asked, Job, run


def test_medians_are_over_rounds_then_over_questions(tmp_path: Path) -> None:
    answers = iter([[0.001, 0.004], [0.003, 0.006], [0.002, 0.005]])
    jobs: list[Job] = []

    def run_job(job: Job) -> Asked:
        jobs.append(job)
        return Asked(next(answers), [0.001, 0.001], 7 if job.count else None)

    timing = ask(KINDS["word"], {"searchkit": tmp_path}, tmp_path / "q.json", 12, 3, run_job)["searchkit"]
    assert (timing.questions, timing.matches) == (2, 7)
    assert (timing.median, timing.sum) == pytest.approx((3.5, 7.0))
    assert (timing.again_median, timing.again_sum) == pytest.approx((1.0, 2.0))
    assert [job.count for job in jobs] == [True, False, False]
    assert {job.warm for job in jobs} == {3}


def test_a_peer_that_cannot_answer_is_left_out(tmp_path: Path) -> None:
    assert ask(KINDS["word"], {"searchkit": tmp_path}, tmp_path / "q.json", 12, 3, lambda job: Asked()) == {}


@pytest.mark.parametrize("name", ["union", "phrase-2", "prohibited", "month"])
def test_a_worker_asks_each_question_and_counts_what_matches(name: str, tmp_path: Path) -> None:
    from corpora import documents

    kind = KINDS[name]
    sets = {kind.asks: questions_for("generated", 200, 4, kind.dated)[kind.asks]}
    articles = list(documents("generated", 200, kind.dated))
    (tmp_path / "index").mkdir()
    Searchkit(kind.dated).build(tmp_path / "index", articles)
    (tmp_path / "q.json").write_text(json.dumps(write_questions(sets)))
    asked = run(Job("searchkit", str(tmp_path / "index"), kind.dated, str(tmp_path / "q.json"), name, 2, count=True))
    questions = sets[kind.asks][2:]
    assert len(asked.first) == len(asked.again) == len(questions)
    if name != "union":
        assert asked.matches == sum(_matches(question, articles) for question in questions)


def _matches(question: Question, articles: list[dict[str, str]]) -> int:
    """How many articles a naive look finds."""
    from Stemmer import Stemmer

    stem = Stemmer("english").stemWord

    def tokens(text: str) -> str:
        return f" {' '.join(map(stem, text.lower().replace('.', '').split()))} "

    found = 0
    for article in articles:
        texts = [tokens(article["title"]), tokens(article["body"])]
        has = [(one.sign, any(tokens(" ".join(one.words)) in text for text in texts)) for one in question.clauses]
        day = article.get("date", "")[:10]
        inside = question.since is None or question.until is None or question.since <= day <= question.until
        wanted = [there for sign, there in has if sign != "-"]
        found += inside and any(wanted) and not any(there for sign, there in has if sign == "-")
    return found
