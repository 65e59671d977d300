"""Date expressions → half-open intervals of microseconds since the epoch, UTC.

What was typed is as wide as its precision: `2019` is a year, `2019-11-03T11:00` a minute. Weeks begin on Monday.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache

from searchkit.query.zones import instant, local, plus, span, zone

__all__ = ["date_interval"]

_LONGEST = 64
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(\d{1,2})(?:st|nd|rd|th)?"
_CLOCK = r"[t ](\d{1,2})(?::?(\d\d)(?::?(\d\d)(?:[.,](\d{1,6})\d*)?)?)? ?(z|[+-]\d\d(?::?\d\d)?)?"
_UNIT = r"(min|minutes?|h|hours?|d|days?|w|weeks?|m|mo|months?|q|quarters?|y|years?)"
_UNITS = {"min": "minute", "h": "hour", "d": "day", "w": "week", "m": "month", "q": "quarter", "y": "year"}

# Strings, which `re` compiles when they are first used: most queries have no date.
_ISO = rf"(\d{{4}})(?:[-/](\d{{1,2}})(?:[-/](\d{{1,2}})(?:{_CLOCK})?)?)?"
_BASIC = r"(\d{4})(\d\d)(\d\d)"
_DECADE = r"(\d{3}0)s"
_QUARTER = r"(\d{4})[- ]?q([1-4])|q([1-4])[- ](\d{4})"
_WEEK = r"(\d{4})-?w(\d\d)"
_DAY_FIRST = rf"(?:{_DAY}[-., ]*(?:of )?)?{_MONTH}[-., ]*(\d{{4}})"
_MONTH_FIRST = rf"{_MONTH} ?{_DAY}[, ]+(\d{{4}})"
_YEAR_FIRST = rf"(\d{{4}})[-, ]*{_MONTH}(?:[-, ]*{_DAY})?"
_UNIX = r"@(-?)(\d{1,30})(?:\.(\d{1,6}))?"
_RECENT = rf"(?:(?:the )?(?:last|past) )?(\d{{1,6}}) ?{_UNIT}"
_AGO = rf"(\d{{1,6}}) ?{_UNIT} ago"
_PERIOD = r"(this|current|last|previous|next)[-_ ]?(day|week|month|quarter|year)"
_DAYS = {"yesterday": -1, "today": 0, "tomorrow": 1}

_TICKS = {"hour": 3_600_000_000, "minute": 60_000_000}

Interval = tuple[int, int]


def date_interval(text: str, *, timezone: str, now: Callable[[], datetime]) -> Interval | None:
    """The interval [low, high) that a date expression stands for, or None where it is none.

    text: one expression, not a range: "2019", "2019-11", "2019-11-03T11:00Z", "2019-Q4", "2019-W45", "1970s",
        "Nov 1979", "4 November 1979", "yesterday", "last week", "7d" (the last seven days, up to `now`), "3 days ago",
        "@1572778857".
    timezone: the IANA zone in which it is read, unless it names an offset; `SchemaError` where there is none such.
    now: gives what relative expressions count from, and is called for them only; a naive one is read in that zone.
    """
    if len(text) > _LONGEST:
        return None
    text = " ".join(text.lower().split())
    try:
        return _absolute(text, timezone) or _relative(text, zone(timezone), now())
    except (ValueError, OverflowError):
        return None


@lru_cache(maxsize=1024)
def _absolute(text: str, timezone: str) -> Interval | None:
    where = zone(timezone)
    if match := re.fullmatch(_ISO, text):
        return _iso(match, where)
    if match := re.fullmatch(_BASIC, text):
        return span(datetime(int(match[1]), int(match[2]), int(match[3])), "day", where)
    if match := re.fullmatch(_QUARTER, text):
        return span(datetime(int(match[1] or match[4]), int(match[2] or match[3]) * 3 - 2, 1), "quarter", where)
    if match := re.fullmatch(_DECADE, text):
        return span(datetime(int(match[1]), 1, 1), "decade", where)
    if match := re.fullmatch(_WEEK, text):
        monday = date.fromisocalendar(int(match[1]), int(match[2]), 1)
        return span(datetime(monday.year, monday.month, monday.day), "week", where)
    if match := re.fullmatch(_UNIX, text):
        low = int(match[2]) * 1_000_000 + int((match[3] or "").ljust(6, "0"))
        return (-low if match[1] else low), (-low if match[1] else low) + (1 if match[3] else 1_000_000)
    return _named(text, where)


def _iso(match: re.Match[str], where: tzinfo) -> Interval:
    year, month, day, hour, minute, second, fraction, offset = match.groups()
    start = datetime(int(year), int(month or 1), int(day or 1))
    if hour is None:
        return span(start, "day" if day else "month" if month else "year", where)
    micro = int((fraction or "0").ljust(6, "0"))
    start = start.replace(hour=int(hour), minute=int(minute or 0), second=int(second or 0), microsecond=micro)
    unit = "microsecond" if fraction else "second" if second else "minute" if minute else "hour"
    return span(start, unit, where if offset is None else _offset(offset))


def _offset(text: str) -> tzinfo:
    if text == "z":
        return UTC
    digits = text[1:].replace(":", "").ljust(4, "0")
    ahead = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-ahead if text[0] == "-" else ahead)


def _named(text: str, where: tzinfo) -> Interval | None:
    """Dates with the name of a month in them."""
    if match := re.fullmatch(_DAY_FIRST, text):
        day, month, year = match.groups()
    elif match := re.fullmatch(_MONTH_FIRST, text):
        month, day, year = match.groups()
    elif match := re.fullmatch(_YEAR_FIRST, text):
        year, month, day = match.groups()
    else:
        return None
    start = datetime(int(year), _MONTHS.index(month[:3]) + 1, int(day or 1))
    return span(start, "day" if day else "month", where)


def _relative(text: str, where: tzinfo, now: datetime) -> Interval | None:
    present = instant(now.replace(tzinfo=None), now.tzinfo or where)
    here = local(present, where)
    midnight = here.replace(hour=0, minute=0, second=0, microsecond=0)
    if text == "now":
        return present, present + 1
    if text in _DAYS:
        return span(midnight + timedelta(days=_DAYS[text]), "day", where)
    if match := re.fullmatch(_RECENT, text):
        return _back(here, present, _unit(match[2]), int(match[1]), where), present
    if match := re.fullmatch(_AGO, text):
        return _ago(here, present, _unit(match[2]), int(match[1]), where)
    if match := re.fullmatch(_PERIOD, text):
        shift = {"last": -1, "previous": -1, "next": 1}.get(match[1], 0)
        return span(plus(_first(midnight, match[2]), match[2], shift), match[2], where)
    return None


def _unit(text: str) -> str:
    return _UNITS.get(text) or _UNITS["min" if text.startswith("min") else text[0]]


def _back(here: datetime, present: int, unit: str, count: int, where: tzinfo) -> int:
    """The instant that many units ago: hours and minutes by the stopwatch, longer ones by the calendar."""
    return present - count * _TICKS[unit] if unit in _TICKS else instant(plus(here, unit, -count), where)


def _ago(here: datetime, present: int, unit: str, count: int, where: tzinfo) -> Interval:
    """The day (for hours and minutes: the hour or minute) that began or passed that many units ago."""
    if unit in _TICKS:
        low = present - count * _TICKS[unit]
        return low, low + _TICKS[unit]
    day = plus(here, unit, -count).replace(hour=0, minute=0, second=0, microsecond=0)
    return span(day, "day", where)


def _first(midnight: datetime, unit: str) -> datetime:
    """The first midnight of the calendar unit that a day is in."""
    if unit == "week":
        return midnight - timedelta(days=midnight.weekday())
    if unit == "day":
        return midnight
    month = {"month": midnight.month, "quarter": (midnight.month - 1) // 3 * 3 + 1}.get(unit, 1)
    return midnight.replace(month=month, day=1)
