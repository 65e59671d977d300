"""Measures, worked out by hand."""

from __future__ import annotations

from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.evaluation import MEASURES, score
from searchkit.evaluation.measures import average_precision, ndcg, recall, reciprocal_rank

GRADES = {"a": 3, "b": 1, "c": 2, "d": 0, "e": -1}


def test_ndcg() -> None:
    ideal = 3 + 2 / log2(3) + 1 / 2
    assert ndcg(["a", "c", "b"], GRADES) == 1.0
    assert ndcg(["x", "a", "d", "b"], GRADES) == pytest.approx((3 / log2(3) + 1 / log2(5)) / ideal)
    assert ndcg(["b", "a"], GRADES, depth=1) == pytest.approx(1 / 3)
    assert ndcg(["x"] * 10 + ["a"], GRADES) == ndcg([], GRADES) == 0.0
    assert ndcg(["a"], {"a": 0}) == 0.0


def test_average_precision() -> None:
    # Relevant at ranks 2 and 4, and one never found.
    assert average_precision(["x", "a", "d", "b"], GRADES) == pytest.approx((1 / 2 + 2 / 4) / 3)
    assert average_precision(["a"], {}) == 0.0


def test_recall() -> None:
    assert recall(["x", "a", "c"], GRADES) == pytest.approx(2 / 3)
    assert recall(["x", "a", "c"], GRADES, depth=2) == pytest.approx(1 / 3)
    assert recall(["a"], {"a": 0}) == 0.0


def test_reciprocal_rank() -> None:
    assert reciprocal_rank(["x", "d", "b", "a"], GRADES) == pytest.approx(1 / 3)
    assert reciprocal_rank(["x"], GRADES) == 0.0


def test_topics_without_a_relevant_document_are_left_out_and_those_not_found_count_as_0() -> None:
    judgments = {"1": {"a": 1}, "2": {"a": 0}, "3": {"b": 1}, "4": {"c": 1}}
    run = {"1": [("a", 2.0)], "2": [("a", 1.0)], "9": [("a", 1.0)]}
    everything = score(run, judgments)
    assert everything.topics == 3
    assert everything.by_topic["MRR"] == {"1": 1.0, "3": 0.0, "4": 0.0}
    assert everything.mean("MRR") == pytest.approx(1 / 3)
    chosen = score(run, judgments, ["1", "2", "3", "9"])
    assert [chosen.mean(name) for name in MEASURES] == [0.5] * 4
    assert score(run, {}).mean("MAP") == 0.0


@given(
    st.lists(st.sampled_from("abcdefgh"), unique=True), st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 3))
)
def test_measures_are_between_0_and_1_and_greatest_for_the_best_ranking(
    ranking: list[str], grades: dict[str, int]
) -> None:
    best = sorted(grades, key=lambda document: -grades[document])
    for measure in MEASURES.values():
        assert 0.0 <= measure(ranking, grades) <= measure(best, grades) + 1e-12 <= 1.0 + 2e-12
