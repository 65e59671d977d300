"""Counts by intervals of numbers or dates: the documents of an interval, and those that match, bit by bit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from searchkit.deadlines import check
from searchkit.errors import LimitExceeded, QueryError
from searchkit.limits import Limits
from searchkit.query.dates import date_interval
from searchkit.query.moments import microseconds
from searchkit.query.nodes import Between
from searchkit.query.zones import zone
from searchkit.schema import Date, Schema
from searchkit.search.facets.facet import Bucket, Facet
from searchkit.search.facets.moments import moment_in
from searchkit.search.facets.requests import RangeFacet
from searchkit.search.filters import in_interval
from searchkit.search.matching import MatchedPart

__all__ = ["count_ranges", "interval_of"]


def count_ranges(
    parts: Sequence[MatchedPart],
    request: RangeFacet,
    schema: Schema,
    limits: Limits,
    now: datetime | None,
    chosen: Callable[[Between], bool],
) -> Facet:
    """The facet of intervals over what matches. chosen: whether an interval is selected.

    Raises `QueryError` for what is no interval, `LimitExceeded` for more of them than `limits` has buckets.
    """
    field = request.field
    wanted = list(_intervals(request, schema, now))
    if len(wanted) > limits.buckets:
        raise LimitExceeded("buckets", f"more than {limits.buckets:,} intervals")
    matching = [(matched, int.from_bytes(matched.bitmap, "little")) for matched in parts if matched.count]

    def count(node: Between) -> int:
        check()
        inside = in_interval(field, node.low, node.high)
        return sum((bits & int.from_bytes(inside(matched.part), "little")).bit_count() for matched, bits in matching)

    buckets = [_bucket(value, count(node), node, schema, chosen(node)) for value, node in wanted]
    total = sum(matched.count for matched in parts)
    missing = total - count(Between(field, None, None))
    return Facet(field, buckets, missing=missing, distinct=sum(bucket.count > 0 for bucket in buckets))


def interval_of(given: Any, field: str, schema: Schema, now: datetime | None) -> Between:
    """The interval of a number or date field that is meant by a pair, or for dates by text."""
    is_date = isinstance(schema.fields[field], Date)
    if is_date and isinstance(given, str | date):
        return Between(field, *_of_date(given, schema, now))
    if not isinstance(given, tuple | list) or len(given) != 2:
        forms = "(low, high)" + (" or text such as '1979'" if is_date else "")
        raise QueryError(f"field {field!r}: an interval is {forms}, not {given!r}")
    low, high = given
    if is_date:
        return Between(field, microseconds(low, schema, now, end=False), microseconds(high, schema, now, end=True))
    for end in (low, high):
        if end is not None and (not isinstance(end, int | float) or isinstance(end, bool) or end != end):
            raise QueryError(f"field {field!r}: an interval of numbers cannot begin or end with {end!r}")
    return Between(field, low, high)


def _of_date(given: str | date, schema: Schema, now: datetime | None) -> tuple[int, int]:
    if isinstance(given, datetime):
        raise QueryError(f"{given!r} is an instant, not an interval of time; write a date, text or a pair")
    text = given.isoformat() if isinstance(given, date) else given
    found = date_interval(text, timezone=schema.timezone, now=lambda: now or datetime.now(zone(schema.timezone)))
    if found is None:
        raise QueryError(f"{given!r} is not a date; write 2019, 2019-11 or 2019-11-03")
    return found


def _intervals(request: RangeFacet, schema: Schema, now: datetime | None) -> Iterator[tuple[Any, Between]]:
    """What was asked for, and what is meant."""
    given = request.ranges
    if isinstance(given, str) or not isinstance(given, Sequence) or not given:
        raise QueryError(f"field {request.field!r}: ranges are a list of intervals, not {given!r}")
    is_date = isinstance(schema.fields[request.field], Date)
    if not is_date and all(isinstance(one, int | float) for one in given):
        if any(not low < high for low, high in pairwise(given)):
            raise QueryError(f"field {request.field!r}: the numbers between ranges must ascend: {given!r}")
        given = list(pairwise([None, *given, None]))
    for one in given:
        value = tuple(one) if isinstance(one, list) else one
        yield value, interval_of(value, request.field, schema, now)


def _bucket(value: Any, count: int, node: Between, schema: Schema, selected: bool) -> Bucket:
    low: Any = node.low
    high: Any = node.high
    if isinstance(schema.fields[node.field], Date):
        low, high = moment_in(low, schema.timezone), moment_in(high, schema.timezone)
    return Bucket(value, count, node, low, high, selected)
