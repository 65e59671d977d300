"""Bounds of a search in time, as people give them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from searchkit.errors import QueryError
from searchkit.query.dates import date_interval
from searchkit.schema import Schema
from searchkit.schema.instants import microseconds as microseconds_of
from searchkit.schema.instants import zone_of

__all__ = ["When", "microseconds"]

When = datetime | date | str | None
"""A bound; None for none."""


def microseconds(when: When, schema: Schema, now: datetime | None, *, end: bool) -> int | None:
    """A bound in microseconds since the epoch.

    A datetime is an instant (without an offset: in the schema's time zone). A date, or text in the query language's
    forms of dates, is an interval: its first instant, or with `end` the first instant after it. Raises `QueryError` for
    a text that is no date.
    """
    if when is None:
        return None
    zone = zone_of(schema.timezone)
    if isinstance(when, datetime):
        return microseconds_of(when, zone)
    if isinstance(when, date):
        if end and when == date.max:
            return None
        day = when + timedelta(days=1) if end else when
        return microseconds_of(datetime(day.year, day.month, day.day), zone)
    if not isinstance(when, str):
        raise TypeError(f"a date is a datetime, a date or text such as '1979', not {when!r}")
    interval = date_interval(when, timezone=schema.timezone, now=lambda: now or datetime.now(zone))
    if interval is None:
        raise QueryError(f"{when!r} is not a date; write 2019, 2019-11 or 2019-11-03")
    return interval[1] if end else interval[0]
