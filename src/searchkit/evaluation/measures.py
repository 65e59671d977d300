"""Measures of a ranking against judgments.

A document is relevant to a topic where its grade is above 0. Sources: nDCG with linear gain, K. Järvelin and J.
Kekäläinen, "Cumulated gain-based evaluation of IR techniques", 2002; the others as in trec_eval.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from math import fsum, log2

from searchkit.dataclasses import dataclass
from searchkit.evaluation.judgments import Judgments
from searchkit.evaluation.runs import Run

__all__ = ["MEASURES", "Scores", "average_precision", "ndcg", "recall", "reciprocal_rank", "score"]

Grades = Mapping[str, int]
"""Document → grade, of one topic."""


def ndcg(ranking: Sequence[str], grades: Grades, depth: int = 10) -> float:
    """The gain of the first documents, each divided by log2(rank + 1), over that of the best possible ranking."""
    ideal = _gain(sorted((grade for grade in grades.values() if grade > 0), reverse=True)[:depth])
    return _gain([max(0, grades.get(document, 0)) for document in ranking[:depth]]) / ideal if ideal else 0.0


def average_precision(ranking: Sequence[str], grades: Grades) -> float:
    """The mean, over all relevant documents, of the precision where each is found; 0 for one that is not."""
    found, total = 0, 0.0
    for rank, document in enumerate(ranking, 1):
        if grades.get(document, 0) > 0:
            found += 1
            total += found / rank
    relevant = _relevant(grades)
    return total / relevant if relevant else 0.0


def recall(ranking: Sequence[str], grades: Grades, depth: int = 100) -> float:
    """The share of the relevant documents that are among the first."""
    relevant = _relevant(grades)
    return sum(grades.get(document, 0) > 0 for document in ranking[:depth]) / relevant if relevant else 0.0


def reciprocal_rank(ranking: Sequence[str], grades: Grades) -> float:
    """One over the rank of the first relevant document; 0 where there is none."""
    return next((1 / rank for rank, document in enumerate(ranking, 1) if grades.get(document, 0) > 0), 0.0)


MEASURES: dict[str, Callable[[Sequence[str], Grades], float]] = {
    "nDCG@10": ndcg,
    "MAP": average_precision,
    "recall@100": recall,
    "MRR": reciprocal_rank,
}
"""Name → the measure of one topic, whose mean over the topics bears the name."""


@dataclass(frozen=True, slots=True)
class Scores:
    """by_topic: measure → topic → value."""

    by_topic: dict[str, dict[str, float]]

    @property
    def topics(self) -> int:
        """How many topics were measured."""
        return len(self.by_topic["MAP"])

    def mean(self, measure: str) -> float:
        """The mean of a measure over the topics; 0 where there are none."""
        values = self.by_topic[measure].values()
        return fsum(values) / len(values) if values else 0.0


def score(run: Run, judgments: Judgments, topics: Iterable[str] | None = None) -> Scores:
    """Measures a run.

    topics: those to measure; by default all that have a judgment. One without a relevant document is left out, for
        nothing could be found; one that the run does not have counts as 0.
    """
    measured = [topic for topic in (judgments if topics is None else topics) if _relevant(judgments.get(topic, {}))]
    rankings = {topic: [document for document, _ in run.get(topic, ())] for topic in measured}
    return Scores(
        {
            name: {topic: measure(ranking, judgments[topic]) for topic, ranking in rankings.items()}
            for name, measure in MEASURES.items()
        }
    )


def _relevant(grades: Grades) -> int:
    return sum(grade > 0 for grade in grades.values())


def _gain(grades: Sequence[int]) -> float:
    return fsum(grade / log2(rank + 1) for rank, grade in enumerate(grades, 1))
