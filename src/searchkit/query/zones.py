"""Local calendar times ↔ microseconds since the epoch, UTC."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache

from searchkit.errors import SchemaError

__all__ = ["instant", "local", "plus", "span", "zone"]

_EPOCH = datetime(1970, 1, 1)
_MICROSECOND = timedelta(microseconds=1)
_MONTHS = {"month": 1, "quarter": 3, "year": 12, "decade": 120}
_STEPS = {
    "week": timedelta(weeks=1),
    "day": timedelta(days=1),
    "hour": timedelta(hours=1),
    "minute": timedelta(minutes=1),
    "second": timedelta(seconds=1),
    "microsecond": _MICROSECOND,
}
_CLOCK = ("hour", "minute", "second", "microsecond")


@lru_cache(maxsize=64)
def zone(name: str) -> tzinfo:
    """The time zone of that IANA name. Raises `SchemaError` where the system knows none."""
    if name == "UTC":
        return UTC
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise SchemaError(f"timezone {name!r} is not known to this system") from None


def instant(moment: datetime, where: tzinfo) -> int:
    """The microsecond of a local (naive) time: of two so named the first; in a gap, as if the clock had gone on."""
    offset = where.utcoffset(moment.replace(tzinfo=where)) or timedelta()
    return (moment - _EPOCH) // _MICROSECOND - offset // _MICROSECOND


def local(microseconds: int, where: tzinfo) -> datetime:
    """The local time, naive, of an instant. Raises `OverflowError` outside the years 1 to 9999."""
    moment = _EPOCH + timedelta(microseconds=microseconds)
    return moment.replace(tzinfo=UTC).astimezone(where).replace(tzinfo=None, fold=0)


def plus(moment: datetime, unit: str, count: int) -> datetime:
    """A local time moved by calendar units; a day that the month lacks becomes its last one.

    Raises `OverflowError` or `ValueError` outside the years 1 to 9999.
    """
    if unit not in _MONTHS:
        return moment + count * _STEPS[unit]
    months = moment.year * 12 + moment.month - 1 + count * _MONTHS[unit]
    first = moment.replace(year=months // 12, month=months % 12 + 1, day=1)
    for day in range(moment.day, 28, -1):
        try:
            return first.replace(day=day)
        except ValueError:
            continue
    return first.replace(day=min(moment.day, 28))


def span(start: datetime, unit: str, where: tzinfo) -> tuple[int, int]:
    """The half-open interval of the calendar unit that begins at a local time, whatever the clocks do in it."""
    low = instant(start, where)
    if unit in _CLOCK:
        return low, low + _STEPS[unit] // _MICROSECOND
    try:
        return low, instant(plus(start, unit, 1), where)
    except (OverflowError, ValueError):
        return low, instant(datetime.max, where) + 1
