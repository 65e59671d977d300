"""Dates as numbers are read as the query language reads them, or not at all."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.kernels.plain_dates import dated
from searchkit.query.dates import date_interval

DATE = st.builds(
    lambda day, parts: "-".join([f"{day.year:04}", f"{day.month:02}", f"{day.day:02}"][:parts]),
    st.dates(max_value=date(9998, 12, 31)),
    st.integers(1, 3),
)


def interval(text: str) -> tuple[int, int] | None:
    return date_interval(text, timezone="UTC", now=lambda: datetime(2020, 1, 1, tzinfo=UTC))


@given(DATE)
def test_a_date(text: str) -> None:
    assert dated(text) == interval(text)


@given(DATE, DATE)
def test_a_range(first: str, last: str) -> None:
    low, high = interval(first), interval(last)
    assert low is not None
    assert high is not None
    assert dated(f"{first}..{last}") == ((low[0], high[1]) if low[0] < high[1] else None)
    assert dated(f"{first}..") == (low[0], None)


@given(st.text("0129-./", max_size=12))
def test_what_it_reads_is_a_date(text: str) -> None:
    if ".." not in text and (found := dated(text)) is not None:
        assert found == interval(text)


@pytest.mark.parametrize(
    "text",
    ["", "..", "2019-02-29", "2019-13", "2019-00", "2019-04-31", "0000", "9999", "2019..x", "..2019", "٢٠١٩", "201"],
)
def test_what_is_none(text: str) -> None:
    assert dated(text) is None
