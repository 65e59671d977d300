"""Counts by units of the calendar.

Documents are numbered by their primary date: a unit is a slice of their numbers, found by binary search and counted
bit by bit, 64 at a time. Of other dates the values of the documents that match are sorted first.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence

from searchkit.deadlines import watched
from searchkit.errors import LimitExceeded
from searchkit.kernels.ordering import members, next_member
from searchkit.limits import Limits
from searchkit.query.nodes import Between
from searchkit.schema import Schema
from searchkit.search.bitmaps import count_bits
from searchkit.search.facets.calendar import Calendar, Period, calendar
from searchkit.search.facets.facet import Bucket, Facet
from searchkit.search.facets.moments import moment_in
from searchkit.search.facets.requests import DateFacet
from searchkit.search.matching import MatchedPart
from searchkit.segment.columns import MISSING_INTEGER, IntegerColumn

__all__ = ["count_dates"]

Counted = Iterator[tuple[Period, int]]


def count_dates(
    parts: Sequence[MatchedPart], request: DateFacet, schema: Schema, limits: Limits, chosen: Callable[[Between], bool]
) -> Facet:
    """The facet of a date field over what matches. chosen: whether the unit of an interval is selected.

    Raises `LimitExceeded` for more units than `limits` has buckets.
    """
    field = request.field or schema.date or ""
    units = calendar(request.unit, schema.timezone)
    counts: dict[Period, int] = {}
    for matched in parts:
        for period, count in watched(_counted(matched, field, field == schema.date, units)):
            counts[period] = counts.get(period, 0) + count
            if len(counts) > limits.buckets:
                raise _too_many(request, limits)
    missing = sum(matched.count for matched in parts) - sum(counts.values())
    distinct = len(counts)
    periods = sorted(counts)
    if request.empty and periods:
        periods = _all_between(units, periods, request, limits)
    buckets = [_bucket(field, period, counts.get(period, 0), schema, chosen) for period in periods]
    return Facet(field, buckets, missing=missing, distinct=distinct)


def _counted(matched: MatchedPart, field: str, is_primary: bool, units: Calendar) -> Counted:
    column = matched.part.segment.column(field)
    if not matched.count or not isinstance(column, IntegerColumn):
        return iter(())
    if is_primary:
        return _slices(matched, column.values, units)
    documents = memoryview(bytearray(4 * matched.count)).cast("I")
    members(matched.bitmap, documents)
    values = column.values
    dates = [value for document in watched(documents) if (value := values[document]) != MISSING_INTEGER]
    return _runs(sorted(dates), units)


def _slices(matched: MatchedPart, dates: Sequence[int], units: Calendar) -> Counted:
    """The units of the dates of a bitmap's documents, which are numbered by date, the undated first."""
    document = next_member(matched.bitmap, bisect_left(dates, MISSING_INTEGER + 1))
    while document >= 0:
        period = units.holding(dates[document])
        stop = bisect_left(dates, period.high, document)
        yield period, count_bits(matched.bitmap, document, stop)
        document = next_member(matched.bitmap, stop)


def _runs(dates: Sequence[int], units: Calendar) -> Counted:
    """The units of sorted dates."""
    place = 0
    while place < len(dates):
        period = units.holding(dates[place])
        stop = bisect_left(dates, period.high, place)
        yield period, stop - place
        place = stop


def _all_between(units: Calendar, periods: list[Period], request: DateFacet, limits: Limits) -> list[Period]:
    """The units without gaps."""
    found = periods[:1]
    while found[-1].high < periods[-1].high:
        found.append(units.holding(found[-1].high))
        if len(found) > limits.buckets:
            raise _too_many(request, limits)
    return found


def _bucket(field: str, period: Period, count: int, schema: Schema, chosen: Callable[[Between], bool]) -> Bucket:
    node = Between(field, period.low, period.high)
    low, high = (moment_in(end, schema.timezone) for end in period[:2])
    return Bucket(period.label, count, node, low, high, chosen(node))


def _too_many(request: DateFacet, limits: Limits) -> LimitExceeded:
    reason = f"more than {limits.buckets:,} units: count by something longer than the {request.unit}"
    return LimitExceeded("buckets", reason)
