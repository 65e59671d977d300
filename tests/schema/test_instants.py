from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.errors import SchemaError
from searchkit.schema.instants import EARLIEST, LATEST, microseconds, parse_instant, to_instant, zone_of

BERLIN = ZoneInfo("Europe/Berlin")
OFFSETS = st.builds(lambda minutes: timezone(timedelta(minutes=minutes)), st.integers(-1439, 1439))


def at(*parts: int) -> int:
    return microseconds(datetime(*parts, tzinfo=UTC))  # type: ignore[arg-type, misc]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2019", at(2019, 1, 1)),
        ("2019-11", at(2019, 11, 1)),
        ("2019-11-03", at(2019, 11, 3)),
        ("20191103", at(2019, 11, 3)),
        ("2019-W44-7", at(2019, 11, 3)),
        ("2019-W44", at(2019, 10, 28)),
        ("2019-11-03T11", at(2019, 11, 3, 11)),
        ("2019-11-03T11:00", at(2019, 11, 3, 11)),
        ("2019-11-03 11:00:57", at(2019, 11, 3, 11, 0, 57)),
        ("2019-11-03t11:00:57Z", at(2019, 11, 3, 11, 0, 57)),
        ("2019-11-03T11:00:57.25Z", at(2019, 11, 3, 11, 0, 57, 250_000)),
        ("2019-11-03T11:00:57+01:00", at(2019, 11, 3, 10, 0, 57)),
        ("2019-11-03 11:00:57 +0100", at(2019, 11, 3, 10, 0, 57)),
        ("2019-11-03 11:00:57 UTC", at(2019, 11, 3, 11, 0, 57)),
        ("20191103T110057Z", at(2019, 11, 3, 11, 0, 57)),
        ("2019-12-31T24:00", at(2020, 1, 1)),
        ("2019-02-28 24:00:00.0+01:00", at(2019, 2, 28, 23)),
        ("  2019-11-03  ", at(2019, 11, 3)),
        (" 2019 ", at(2019, 1, 1)),
        ("0001-01-01", EARLIEST),
    ],
)
def test_iso_dates_are_their_first_instant(text: str, expected: int) -> None:
    assert parse_instant(text) == expected
    assert to_instant(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "", "yesterday", "2019-13", "2019-02-30", "2019-11-03-11:00", "2019-11-03x11:00", "2019-11-03+05:00",
        "0000", "2019-11-03T25:00", "2019-11-03T24:01", "9999-12-31T24:00", "20191103x1100", "19", "2019-1-3",
        "03.11.2019", "٢٠١٩", "2019-11-03T11:00 nowhere", "0001-01-01T00:00+05:00", "9999-12-31T23:00-05:00",
    ],
)  # fmt: skip
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_instant(text)
    with pytest.raises(ValueError, match="is not an ISO 8601 date such as"):
        to_instant(text)


def test_a_long_text_is_shown_in_part() -> None:
    with pytest.raises(ValueError, match=r"^'x{40}…' is not"):
        to_instant("x" * 1000)


@given(st.datetimes(timezones=st.one_of(st.none(), st.just(UTC), OFFSETS)))
def test_what_python_writes_is_read_back(moment: datetime) -> None:
    expected = microseconds(moment)
    if EARLIEST <= expected <= LATEST:
        assert parse_instant(moment.isoformat()) == expected == to_instant(moment)


@given(st.text(alphabet="0123456789-:+ TtZzW.,é", max_size=30))
def test_no_text_does_worse_than_being_refused(text: str) -> None:
    try:
        instant = parse_instant(text)
    except ValueError:
        return
    assert EARLIEST <= instant <= LATEST


@given(st.integers(-62_135_596_800, 253_402_300_799))
def test_integers_are_unix_seconds(seconds: int) -> None:
    assert to_instant(seconds) == seconds * 1_000_000


def test_floats_are_unix_seconds() -> None:
    assert to_instant(1.5) == 1_500_000


@pytest.mark.parametrize("seconds", [float("nan"), float("inf"), 1e300, 10**400, -(10**12), 253_402_300_800])
def test_seconds_outside_the_calendar_are_refused(seconds: float) -> None:
    with pytest.raises(ValueError, match="outside the years 1 to 9999"):
        to_instant(seconds)


def test_datetimes_outside_the_calendar_are_refused() -> None:
    with pytest.raises(ValueError, match="outside the years"):
        to_instant(datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=5))))


@pytest.mark.parametrize("value", [True, None, [2019], b"2019"])
def test_other_types_are_refused(value: object) -> None:
    with pytest.raises(ValueError, match="not " + type(value).__name__):
        to_instant(value)


def test_naive_dates_are_read_in_the_zone() -> None:
    assert to_instant("2019-07-01", BERLIN) == at(2019, 6, 30, 22)
    assert to_instant(datetime(2019, 1, 1), BERLIN) == at(2018, 12, 31, 23)
    assert to_instant(date(2019, 1, 1), BERLIN) == at(2018, 12, 31, 23)
    assert to_instant("2019-07-01T00:00Z", BERLIN) == at(2019, 7, 1)


def test_zones_are_found_by_name() -> None:
    assert zone_of("UTC") is UTC
    assert zone_of("Europe/Berlin") == BERLIN
    for name in ("Mars/Olympus", "", "../etc/passwd"):
        with pytest.raises(SchemaError, match="unknown time zone"):
            zone_of(name)
