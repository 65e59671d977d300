"""Date expressions → instants, in several time zones, on days when the clocks change, at the ends of time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from searchkit.errors import SchemaError
from searchkit.query import Between, date_interval, parse
from searchkit.schema import Schema
from tests.query.support import NOW, SCHEMA, micros

HOUR = 3_600_000_000
DAY = 24 * HOUR


def interval(text: str, timezone: str = "UTC", now: datetime = NOW) -> tuple[int, int] | None:
    return date_interval(text, timezone=timezone, now=lambda: now)


def days(first: tuple[int, int, int], after: tuple[int, int, int]) -> tuple[int, int]:
    return micros(*first), micros(*after)


@pytest.mark.parametrize(
    ("text", "first", "after"),
    [
        ("2019", (2019, 1, 1), (2020, 1, 1)),
        ("0001", (1, 1, 1), (2, 1, 1)),
        ("2019-11", (2019, 11, 1), (2019, 12, 1)),
        ("2019-12", (2019, 12, 1), (2020, 1, 1)),
        ("2020-02-29", (2020, 2, 29), (2020, 3, 1)),
        ("2019/1/2", (2019, 1, 2), (2019, 1, 3)),
        ("20190102", (2019, 1, 2), (2019, 1, 3)),
        ("2019-Q1", (2019, 1, 1), (2019, 4, 1)),
        ("2019q4", (2019, 10, 1), (2020, 1, 1)),
        ("Q2 2019", (2019, 4, 1), (2019, 7, 1)),
        ("1970s", (1970, 1, 1), (1980, 1, 1)),
        ("2020-W01", (2019, 12, 30), (2020, 1, 6)),
        ("November 1979", (1979, 11, 1), (1979, 12, 1)),
        ("sept. 1979", (1979, 9, 1), (1979, 10, 1)),
        ("1979-Nov", (1979, 11, 1), (1979, 12, 1)),
        ("1979 nov 4", (1979, 11, 4), (1979, 11, 5)),
        ("4-Nov-1979", (1979, 11, 4), (1979, 11, 5)),
        ("4th of November 1979", (1979, 11, 4), (1979, 11, 5)),
        ("November 4, 1979", (1979, 11, 4), (1979, 11, 5)),
        ("  Nov   4th 1979 ", (1979, 11, 4), (1979, 11, 5)),
        ("today", (2019, 11, 6), (2019, 11, 7)),
        ("Yesterday", (2019, 11, 5), (2019, 11, 6)),
        ("tomorrow", (2019, 11, 7), (2019, 11, 8)),
        ("this day", (2019, 11, 6), (2019, 11, 7)),
        ("this week", (2019, 11, 4), (2019, 11, 11)),
        ("last week", (2019, 10, 28), (2019, 11, 4)),
        ("next week", (2019, 11, 11), (2019, 11, 18)),
        ("current month", (2019, 11, 1), (2019, 12, 1)),
        ("previous month", (2019, 10, 1), (2019, 11, 1)),
        ("last quarter", (2019, 7, 1), (2019, 10, 1)),
        ("this_year", (2019, 1, 1), (2020, 1, 1)),
        ("last-year", (2018, 1, 1), (2019, 1, 1)),
        ("3 days ago", (2019, 11, 3), (2019, 11, 4)),
        ("2 months ago", (2019, 9, 6), (2019, 9, 7)),
    ],
)
def test_days_and_longer(text: str, first: tuple[int, int, int], after: tuple[int, int, int]) -> None:
    assert interval(text) == days(first, after)


@pytest.mark.parametrize(
    ("text", "start", "width"),
    [
        ("2019-11-03T11", (2019, 11, 3, 11), HOUR),
        ("2019-11-03 11:30", (2019, 11, 3, 11, 30), HOUR // 60),
        ("2019-11-03T11:30:15Z", (2019, 11, 3, 11, 30, 15), 1_000_000),
        ("2019-11-03T113015+0130", (2019, 11, 3, 10, 0, 15), 1_000_000),
        ("2019-11-03T11-05", (2019, 11, 3, 16), HOUR),
        ("@0", (1970, 1, 1), 1_000_000),
        ("@-1", (1969, 12, 31, 23, 59, 59), 1_000_000),
        ("2 hours ago", (2019, 11, 6, 10), HOUR),
        ("30 minutes ago", (2019, 11, 6, 11, 30), HOUR // 60),
        ("now", (2019, 11, 6, 12), 1),
        ("12h", (2019, 11, 6), 12 * HOUR),
        ("90min", (2019, 11, 6, 10, 30), 90 * HOUR // 60),
        ("7d", (2019, 10, 30, 12), 7 * DAY),
        ("2w", (2019, 10, 23, 12), 14 * DAY),
        ("1m", (2019, 10, 6, 12), 31 * DAY),
        ("last 1 quarter", (2019, 8, 6, 12), 92 * DAY),
        ("past 1 year", (2018, 11, 6, 12), 365 * DAY),
        ("the last 3 days", (2019, 11, 3, 12), 3 * DAY),
    ],
)
def test_shorter_than_days_and_up_to_now(text: str, start: tuple[int, ...], width: int) -> None:
    assert interval(text) == (micros(*start), micros(*start) + width)


def test_microseconds() -> None:
    low = micros(2019, 11, 3, 11)
    assert interval("2019-11-03T11:00:00.5Z") == (low + 500_000, low + 500_001)
    assert interval("@1.000002") == (1_000_002, 1_000_003)
    assert interval("@-1.5") == (-1_500_000, -1_499_999)


@pytest.mark.parametrize(
    "text",
    [
        *("", "someday", "2019-13", "2019-02-30", "2019-00", "0000", "19", "11/04/1979", "2019-W54", "0 Nov 1979"),
        *("31 Feb 1979", "2019-11-03T25", "2019-11-03T11:61", "2019-11-03T11+99:99", "999999y", "99999 years ago"),
        *("November", "1" * 100, "@", "9" * 5000, "last", "2019-11-03T"),
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert interval(text) is None


def test_digits_of_any_script() -> None:
    assert interval("１９７９") == interval("1979") == interval("١٩٧٩")


def test_the_last_year_ends_where_time_does() -> None:
    low, high = interval("9999") or (0, 0)
    assert (low, high) == (micros(9999, 1, 1), micros(9999, 12, 31, 23, 59, 59) + 1_000_000)
    assert interval("9999-12-31") == (micros(9999, 12, 31), high)


@pytest.mark.parametrize(
    ("zone", "day", "start", "hours"),
    [
        ("Europe/Berlin", "2019-03-31", (2019, 3, 30, 23), 23),
        ("Europe/Berlin", "2019-10-27", (2019, 10, 26, 22), 25),
        ("America/New_York", "2019-11-03", (2019, 11, 3, 4), 25),
        ("Australia/Lord_Howe", "2019-10-06", (2019, 10, 5, 13, 30), 23.5),
        ("America/Sao_Paulo", "2018-11-04", (2018, 11, 4, 3), 23),
        ("America/Havana", "2019-11-03", (2019, 11, 3, 4), 25),
        ("Asia/Kathmandu", "2019-11-03", (2019, 11, 2, 18, 15), 24),
        ("Pacific/Apia", "2011-12-30", (2011, 12, 30, 10), 0),
    ],
)
def test_days_on_which_the_clocks_change(zone: str, day: str, start: tuple[int, ...], hours: float) -> None:
    assert interval(day, zone) == (micros(*start), micros(*start) + int(hours * HOUR))


def test_an_hour_that_comes_twice_is_the_first() -> None:
    assert interval("2019-11-03T01:30", "America/New_York") == (
        micros(2019, 11, 3, 5, 30),
        micros(2019, 11, 3, 5, 31),
    )


def test_every_day_begins_where_the_one_before_ended() -> None:
    day, end = datetime(2018, 1, 1), None
    for _ in range(800):
        low, high = interval(f"{day:%Y-%m-%d}", "America/Sao_Paulo") or (0, 0)
        assert end in (None, low)
        assert low < high
        day, end = day + timedelta(days=1), high


def test_the_present_is_seen_from_the_zone() -> None:
    now = datetime(2019, 11, 3, 23, 30, tzinfo=UTC)  # Sunday; Monday in Tehran
    assert interval("today", "Asia/Tehran", now) == (micros(2019, 11, 3, 20, 30), micros(2019, 11, 4, 20, 30))
    assert interval("this week", "Asia/Tehran", now) == (micros(2019, 11, 3, 20, 30), micros(2019, 11, 10, 20, 30))
    assert interval("this week", "UTC", now) == days((2019, 10, 28), (2019, 11, 4))


def test_a_naive_present_is_in_the_zone() -> None:
    here = datetime(2019, 11, 6, 12)
    aware = here.replace(tzinfo=ZoneInfo("Asia/Tehran"))
    for text in ("7d", "12h", "now", "today"):
        assert interval(text, "Asia/Tehran", here) == interval(text, "Asia/Tehran", aware)


def test_seven_days_keep_the_hour_over_a_change_of_clocks() -> None:
    now = datetime(2019, 10, 30, 12, tzinfo=ZoneInfo("Europe/Berlin"))
    low, high = interval("7d", "Europe/Berlin", now) or (0, 0)
    assert high - low == 7 * DAY + HOUR
    low, high = interval("168h", "Europe/Berlin", now) or (0, 0)
    assert high - low == 7 * DAY


def test_a_day_that_a_month_lacks_is_its_last() -> None:
    now = datetime(2019, 3, 31, 12, tzinfo=UTC)
    assert interval("1 month ago", now=now) == days((2019, 2, 28), (2019, 3, 1))
    assert interval("4 months ago", now=now) == days((2018, 11, 30), (2018, 12, 1))


def test_an_unknown_zone_is_an_error_of_the_schema() -> None:
    with pytest.raises(SchemaError, match="Mars/Olympus"):
        interval("2019", "Mars/Olympus")


def test_queries_use_the_zone_of_the_schema() -> None:
    schema = Schema(SCHEMA.fields, date="date", timezone="America/New_York")
    node = parse("on:2019-11-03", schema=schema).node
    assert node == Between("date", micros(2019, 11, 3, 4), micros(2019, 11, 4, 5))
    assert str(parse("on:2019-11-03", schema=schema)) == "date:2019-11-03"


@pytest.mark.parametrize("text", ["date:4 Nov 1979", "date:Nov 4, 1979", "on:4 November 1979", 'on:"4 Nov 1979"'])
def test_dates_of_several_words(text: str) -> None:
    parsed = parse(text + " oil", schema=SCHEMA, now=NOW)
    assert parsed.problems == ()
    assert str(parsed) == "date:1979-11-04 oil"


def test_a_date_takes_no_word_that_is_none_of_its_own() -> None:
    assert str(parse("date:today oil gas", schema=SCHEMA, now=NOW)) == "date:2019-11-06 oil gas"
    assert str(parse("since:7 days ago oil", schema=SCHEMA, now=NOW)) == "date:2019-10-30.. oil"


def test_a_field_of_dates_that_is_not_primary() -> None:
    assert str(parse("updated:2019 updated:*", schema=SCHEMA, now=NOW)) == "updated:2019 updated:*"
