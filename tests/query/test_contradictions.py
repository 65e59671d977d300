"""Intervals that have nothing in common are a problem, wherever a query asks for all of them."""

from __future__ import annotations

import pytest

from tests.query.support import understood


@pytest.mark.parametrize(
    "text",
    [
        "since:2019 until:2018",
        "oil since:2019 until:2018 gas",
        "after:2020 AND before:2020",
        "(since:2019 oil)^2 AND until:2018",
        "+date:2019 date:2018",
        "date:1979 date:1980 date:1981",
        "price:>5 price:<3 since:2018",
        "price:5 price:6",
    ],
)
def test_intervals_without_anything_in_common(text: str) -> None:
    (problem,) = understood(text).problems
    assert problem.message.endswith("have nothing in common: nothing can match")
    assert (problem.start, problem.end) == (0, len(text))


@pytest.mark.parametrize(
    "text",
    [
        "since:2018 until:2019",
        "since:2019 until:2019",
        "since:2019 OR until:2018",
        "since:2019 -until:2018",
        "since:2019 NOT (until:2018)",
        "date:2019 updated:2018",
        "date:2019 price:5",
        "price:>=5 price:<=5",
    ],
)
def test_intervals_that_go_together(text: str) -> None:
    assert understood(text).problems == ()


def test_an_empty_interval_is_told_once() -> None:
    for text in ("date:0d date:2019", "date:{1979 TO 1980} date:2019"):
        assert len(understood(text).problems) == 1
