"""Instants: whatever stands for a point in time, as microseconds since the epoch in UTC.

A partial ISO 8601 date is its first instant. Python's own parser reads the complete forms; what it would misread
(any character may separate its date from its time) is kept from it.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, tzinfo

from searchkit.errors import SchemaError

__all__ = ["EARLIEST", "LATEST", "microseconds", "parse_instant", "to_instant", "zone_of"]

_EPOCH = datetime(1970, 1, 1)
_EPOCH_UTC = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND = 1_000_000
_DAY = 86_400 * _SECOND
_FAR = 10**12
_SHOWN = 40

# Strings, which `re` compiles when they are first used: most programs that search never do.
_PARTIAL = r"([0-9]{4})(?:-([0-9]{2}))?"
_BASIC = r"[0-9]{8}(?:[Tt][0-9]{2}(?:[0-9]{2}){0,2}(?:[.,][0-9]+)?(?:[Zz]|[+-][0-9]{2}(?::?[0-9]{2})?)?)?"
_MIDNIGHT = r"([0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ])24(:00(?::00(?:[.,]0+)?)?(?:[Zz]|[+-].+)?)"
_SPACED_OFFSET = r"(.*[0-9]) +([Zz]|UTC|GMT|[+-][0-9]{2}:?[0-9]{2})"


def microseconds(instant: datetime, zone: tzinfo = UTC) -> int:
    """A datetime as microseconds since the epoch in UTC; a naive one is a wall clock in `zone`."""
    if instant.tzinfo is not None:
        since = instant - _EPOCH_UTC
    elif zone is UTC:
        since = instant - _EPOCH
    else:
        since = instant.replace(tzinfo=zone) - _EPOCH_UTC
    return since.days * _DAY + since.seconds * _SECOND + since.microseconds


EARLIEST = microseconds(datetime.min)
LATEST = microseconds(datetime.max)


def parse_instant(text: str, zone: tzinfo = UTC) -> int:
    """The first instant of an ISO 8601 date: "2019", "2019-11", "2019-11-03", "2019-11-03T11:00:57+01:00".

    A time may follow the date after "T" or a space, and its offset may follow after a space; without an offset the
    time is a wall clock in `zone`. Basic forms ("20191103T110057Z") and week dates ("2019-W44-7") are read too.
    Returns microseconds since the epoch, UTC. Raises `ValueError` for anything else, and outside the years 1 to 9999.
    """
    try:
        if text[10:11] in ("T", " ", "t") or (len(text) == 10 and text[4] == "-"):
            moment = datetime.fromisoformat(text)
        else:
            moment = _parse_rare(text.strip())
    except ValueError:
        moment = _parse_rare(text.strip())
    if moment.tzinfo is UTC:  # by far the most frequent, so spared the call
        since = moment - _EPOCH_UTC
        return since.days * _DAY + since.seconds * _SECOND + since.microseconds
    instant = microseconds(moment, zone)
    if EARLIEST <= instant <= LATEST:
        return instant
    raise ValueError(f"{text!r} lies outside the years 1 to 9999")


def _parse_rare(text: str) -> datetime:
    partial = re.fullmatch(_PARTIAL, text)
    if partial:
        return datetime(int(partial[1]), int(partial[2] or 1), 1)
    spaced = re.fullmatch(_SPACED_OFFSET, text)
    if spaced:
        text = spaced[1] + ("Z" if spaced[2] in ("UTC", "GMT") else spaced[2])
    midnight = re.fullmatch(_MIDNIGHT, text)
    if midnight and not text.startswith("9999-12-31"):
        return datetime.fromisoformat(f"{midnight[1]}00{midnight[2]}") + timedelta(days=1)
    extended = text[4:5] == "-" and (len(text) in (8, 10) or text[10:11] in ("T", "t", " "))
    if extended or re.fullmatch(_BASIC, text):
        return datetime.fromisoformat(text)
    raise ValueError(f"not an ISO 8601 date: {text!r}")


def to_instant(value: object, zone: tzinfo = UTC) -> int:
    """A datetime, date, ISO 8601 string or number of Unix seconds as microseconds since the epoch, UTC.

    Naive datetimes, dates and strings without an offset are read in `zone`. Raises `ValueError`, with a reason fit
    for a report, where the value is none of these or lies outside the years 1 to 9999.
    """
    if isinstance(value, str):
        return _from_text(value, zone)
    if isinstance(value, datetime):
        instant = microseconds(value, zone)
    elif isinstance(value, date):
        instant = microseconds(datetime(value.year, value.month, value.day), zone)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        instant = _from_seconds(value)
    else:
        raise ValueError(f"a date is a datetime, an ISO 8601 string or Unix seconds, not {type(value).__name__}")
    if EARLIEST <= instant <= LATEST:
        return instant
    raise ValueError(f"{value} lies outside the years 1 to 9999")


def _from_text(text: str, zone: tzinfo) -> int:
    try:
        return parse_instant(text, zone)
    except ValueError:
        shown = text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
        example = "2019-11-03 or 2019-11-03T11:00:57+00:00"
        raise ValueError(f"{shown!r} is not an ISO 8601 date such as {example}") from None


def _from_seconds(seconds: int | float) -> int:
    if not -_FAR <= seconds <= _FAR:  # a NaN, too
        raise ValueError("this number of Unix seconds lies outside the years 1 to 9999")
    return seconds * _SECOND if isinstance(seconds, int) else round(seconds * _SECOND)


def zone_of(name: str) -> tzinfo:
    """The time zone of an IANA name. Raises `SchemaError` where there is none of that name."""
    if name == "UTC":
        return UTC
    from zoneinfo import ZoneInfo  # not needed for UTC, and slow to import

    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise SchemaError(f"unknown time zone {name!r}; use an IANA name such as Europe/Berlin") from None
