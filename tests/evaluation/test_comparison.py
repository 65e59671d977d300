"""The randomisation test."""

from __future__ import annotations

from random import Random

import pytest

from searchkit.evaluation import MEASURES, Scores, compare


def scores(values: list[float]) -> Scores:
    return Scores({name: {str(topic): value for topic, value in enumerate(values)} for name in MEASURES})


def test_few_topics_are_counted_out() -> None:
    # All 16 ways to give signs to four differences of 0.1: only two of them reach 0.4 in one direction or the other.
    found = compare(scores([0.1, 0.2, 0.3, 0.4, 0.5]), scores([0.2, 0.3, 0.4, 0.5, 0.5]), "MAP")
    assert found.difference == pytest.approx(0.08)
    assert (found.wins, found.losses) == (4, 0)
    assert found.p == pytest.approx(2 / 16)


def test_of_many_topics_p_is_near_that_of_all_signs() -> None:
    random = Random(1)
    first = [random.random() for _ in range(12)]
    second = [value + random.gauss(0.1, 0.2) for value in first]
    exact = compare(scores(first), scores(second), "MAP")
    drawn = compare(scores(first), scores(second), "MAP", draws=4000)
    assert exact.p != drawn.p
    assert drawn.p == pytest.approx(exact.p, abs=0.03)
    assert drawn == compare(scores(first), scores(second), "MAP", draws=4000)


def test_equal_runs_do_not_differ() -> None:
    assert compare(scores([0.5] * 30), scores([0.5] * 30), "MAP").p == 1.0
    assert compare(scores([]), scores([]), "MAP").p == 1.0


def test_a_clear_difference_is_unlikely_by_chance() -> None:
    found = compare(scores([0.7] * 40), scores([0.5] * 40), "nDCG@10")
    assert found.difference == pytest.approx(-0.2)
    assert (found.wins, found.losses) == (0, 40)
    assert found.p < 0.001


def test_only_topics_of_both_are_compared() -> None:
    first, second = Scores({"MAP": {"1": 0.0, "2": 1.0}}), Scores({"MAP": {"2": 0.5, "3": 1.0}})
    assert compare(first, second, "MAP").difference == -0.5
