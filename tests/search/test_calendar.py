"""Units of the calendar: each instant is in one of them, which its label names in a query."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.query.dates import date_interval
from searchkit.schema.instants import EARLIEST, LATEST, microseconds
from searchkit.search.facets.calendar import Calendar, calendar
from searchkit.search.facets.requests import UNITS, Unit
from tests.oracle.facets import unit_of

# Clocks that go back over midnight, by half an hour, by the days of a whole date line; and old local mean times.
ZONES = ["UTC", "Europe/Berlin", "America/Sao_Paulo", "America/Havana", "Asia/Tehran", "Australia/Lord_Howe"]
ZONES += ["Pacific/Apia", "America/St_Johns", "Asia/Kathmandu"]
NOW = datetime(2024, 1, 1, tzinfo=UTC)
_YEAR = 365 * 86_400_000_000


def instants() -> st.SearchStrategy[int]:
    """Any, and many of the decades in which clocks were changed."""
    return st.one_of(st.integers(EARLIEST, LATEST), st.integers(-70 * _YEAR, 60 * _YEAR))


@pytest.mark.parametrize("unit", UNITS)
@given(instants(), st.sampled_from(ZONES))
def test_an_instant_is_in_its_unit_and_the_next_one_follows(unit: Unit, moment: int, name: str) -> None:
    units = calendar(unit, name)
    period = units.holding(moment)
    assert period.low <= moment < period.high
    assert units.holding(period.low) == period
    if period.high <= LATEST:
        assert units.holding(period.high).low <= period.high
        assert units.holding(period.high) != period
    assert calendar(unit, name) is units


@pytest.mark.parametrize("unit", UNITS)
@given(st.integers(-60 * _YEAR, 60 * _YEAR), st.sampled_from(ZONES))
def test_the_label_is_what_is_typed_for_the_unit(unit: Unit, moment: int, name: str) -> None:
    period = calendar(unit, name).holding(moment)
    if unit != "hour":
        assert date_interval(period.label, timezone=name, now=lambda: NOW) == (period.low, period.high)
        return
    low, high = date_interval(period.label, timezone=name, now=lambda: NOW) or (0, 0)
    assert high - low == period.high - period.low
    if period.low % 60_000_000 == 0:
        assert low == period.low


@pytest.mark.parametrize("unit", UNITS)
@given(instants())
def test_labels_in_utc(unit: Unit, moment: int) -> None:
    local = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=moment)
    assert calendar(unit, "UTC").holding(moment).label == unit_of(local, unit)


def test_an_hour_that_comes_twice_is_told_apart() -> None:
    units = Calendar("hour", ZoneInfo("Europe/Berlin"))
    first = microseconds(datetime(2024, 10, 27, 0, 30, tzinfo=UTC))
    labels = [units.holding(first + hour * 3_600_000_000).label for hour in range(-1, 3)]
    assert labels == ["2024-10-27T01", "2024-10-27T02", "2024-10-27T02+01:00", "2024-10-27T03"]


def test_days_of_23_and_25_hours() -> None:
    units = Calendar("day", ZoneInfo("Europe/Berlin"))
    for day, hours in (("2024-03-31", 23), ("2024-10-27", 25), ("2024-07-01", 24)):
        noon = microseconds(datetime.fromisoformat(day + "T12:00:00+00:00"))
        period = units.holding(noon)
        assert (period.label, (period.high - period.low) // 3_600_000_000) == (day, hours)


def test_the_first_and_the_last_year_reach_as_far_as_dates_do() -> None:
    for name in ZONES:
        units = calendar("year", name)
        assert (units.holding(EARLIEST).low, units.holding(EARLIEST).label) == (
            min(EARLIEST, units.holding(EARLIEST).low),
            "0001",
        )
        assert units.holding(LATEST).high > LATEST
        assert units.holding(LATEST).label == "9999"
