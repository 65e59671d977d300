"""Intervals as people write them: the way back from `dates` and `scalars`."""

from __future__ import annotations

from datetime import UTC, datetime
from math import inf, nextafter
from sys import float_info

from searchkit.query.dates import date_interval
from searchkit.query.nodes import Between
from searchkit.query.zones import local, zone
from searchkit.schema import Schema

__all__ = ["numeric_ends", "plain_interval", "plain_numbers", "typed_date"]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LENGTHS = (("year", 4), ("month", 7), ("day", 10))


def typed_date(node: Between, schema: Schema) -> str | None:
    """What to type after `date:` for exactly that interval, where it is one year, month or day of the zone, or
    begins or ends with one; None where it is not."""
    found = _calendar(node.low, node.high, schema)
    if found is not None:
        return found[1]
    first = None if node.low is None else _starting(node.low, schema)
    last = None if node.high is None else _ending(node.high, schema)
    if (node.low is not None and first is None) or (node.high is not None and last is None):
        return None
    reversed_ends = node.low is not None and node.high is not None and node.low >= node.high
    return None if reversed_ends or first == last else f"{first or ''}..{last or ''}"


def plain_interval(node: Between, schema: Schema) -> str:
    """The interval in plain words: "in 1979", "on 2019-11-03", "from 2019-11-03 to 2019-11-05", "before 2019"."""
    found = _calendar(node.low, node.high, schema)
    if found is not None:
        return f"{'on' if found[0] == 'day' else 'in'} {found[1]}"
    if node.low is None and node.high is None:
        return "at any time"
    starting = None if node.low is None else _starting(node.low, schema)
    low = None if node.low is None else starting or _moment(node.low, schema)
    if node.high is None:
        return f"from {low} on"
    last = _ending(node.high, schema)
    if low is None:
        return f"until the end of {last}" if last else f"before {_moment(node.high, schema)}"
    if last and starting:
        # Both ends to the same unit: not "from 2019-10 to 2019".
        last = max(last, *(text for _, text in _readings(node.high - 1, schema) if len(text) <= len(starting)), key=len)
    if last:
        return f"from {low} to {last}"
    high = _moment(node.high, schema)
    if high == low and node.low is not None:  # within one second
        low, high = (_moment(end, schema, "microseconds") for end in (node.low, node.high))
    return f"from {low} to before {high}"


def numeric_ends(node: Between) -> tuple[str | None, str | None]:
    """The ends of an interval of numbers with their brackets, "[10" and "20]", each in its shorter form, or None."""
    return _end(node.low, "[", "{", True), _end(node.high, "}", "]", False)


def plain_numbers(node: Between) -> str:
    """An interval of numbers in plain words: "10", "from 10 to 20", "over 5", "any number"."""
    least, most = numeric_ends(node)
    if least and most and least[0] == "[" and most[-1] == "]":
        return least[1:] if least[1:] == most[:-1] else f"from {least[1:]} to {most[:-1]}"
    words = {"[": "at least", "{": "over", "]": "at most", "}": "below"}
    parts = [] if least is None else [f"{words[least[0]]} {least[1:]}"]
    if most is not None:
        parts.append(f"{words[most[-1]]} {most[:-1]}")
    return " and ".join(parts) or "any number"


def _end(value: float | None, exact: str, stepped: str, left: bool) -> str | None:
    """One end with the bracket that it needs as it is (`exact`) or as the float before it (`stepped`)."""
    if value is None or abs(value) > float_info.max:
        return None
    number, before = (repr(one).removesuffix(".0") for one in (value, nextafter(value, -inf)))
    bracket = stepped if len(before) < len(number) and before != "-inf" else exact
    number = before if bracket == stepped else number
    return bracket + number if left else number + bracket


def _calendar(low: float | None, high: float | None, schema: Schema) -> tuple[str, str] | None:
    """The unit, and how it is typed, that an interval is exactly."""
    if low is None or high is None:
        return None
    for unit, text in _readings(low, schema):
        if _interval(text, schema) == (low, high):
            return unit, text
    return None


def _starting(low: float, schema: Schema) -> str | None:
    """The longest calendar unit that begins at an instant."""
    for _, text in _readings(low, schema):
        found = _interval(text, schema)
        if found is not None and found[0] == low:
            return text
    return None


def _ending(high: float, schema: Schema) -> str | None:
    """The longest calendar unit that ends at an instant."""
    for _, text in _readings(high - 1, schema):
        found = _interval(text, schema)
        if found is not None and found[1] == high:
            return text
    return None


def _readings(instant: float, schema: Schema) -> list[tuple[str, str]]:
    """The year, month and day that an instant is in."""
    try:
        moment = local(int(instant), zone(schema.timezone))
    except (OverflowError, ValueError):
        return []
    return [(unit, f"{moment.year:04}-{moment.month:02}-{moment.day:02}"[:length]) for unit, length in _LENGTHS]


def _interval(text: str, schema: Schema) -> tuple[int, int] | None:
    return date_interval(text, timezone=schema.timezone, now=lambda: _EPOCH)


def _moment(instant: float, schema: Schema, unit: str = "seconds") -> str:
    try:
        moment = local(int(instant), zone(schema.timezone))
    except (OverflowError, ValueError):
        return f"@{instant if abs(instant) == inf else int(instant) // 1_000_000}"
    return moment.isoformat(" ", timespec=unit)
