"""Ranges of dates and numbers: `1979..1981`, `>=5`, `[a TO b}`, as half-open intervals.

A value is itself an interval: a date is as wide as its precision, a number reaches to the next float. So a range that
includes its upper end ends where that value ends, and all forms are the same for both types.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from math import inf, isinf, nextafter

from searchkit.query.dates import date_interval
from searchkit.query.nodes import Between
from searchkit.query.problems import Context
from searchkit.query.targets import Target
from searchkit.schema import Date

__all__ = ["between", "ends_of_range", "is_date", "is_value", "range_between"]

Read = Callable[[str], tuple[float, float] | None]
Bounds = tuple[float | None, float | None]

# Strings, which `re` compiles when they are first used: most queries need none of them.
_NUMBER = r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?"
_YEARS = r"\s*(\d{4})\s*-\s*(\d{4})\s*"
_DASH = r"\.\.\.?|…|[–—]"
_TO = r"(?:\A|\s)\s*+(?:TO|to)(?=\s|\Z)"


def is_date(context: Context, text: str) -> bool:
    """Whether a text is one date."""
    return date_interval(text, timezone=context.schema.timezone, now=lambda: context.now) is not None


def is_value(context: Context, target: Target, text: str) -> bool:
    """Whether a text is one date, or one number, as the field has them."""
    return _reader(context, target)[0](text) is not None


def ends_of_range(body: str) -> tuple[str, ...]:
    """The ends in what stands between brackets, `a TO b`: two, or one where there is no TO."""
    return tuple(end.strip() for end in re.split(_TO, body, maxsplit=1))


def between(context: Context, target: Target, sign: str, text: str, place: tuple[int, int]) -> Between | None:
    """The node of `date:1979..1981`, `price:>5`, `before:2019` and the like; a problem and None where it makes none.

    sign: one of >= <= > < = or "" for none.
    text: what was typed after it.
    place: where in the query, for the problem.
    """
    read, name = _reader(context, target)
    value = text.strip().rstrip(",;?!")
    dates = isinstance(target.kind, Date)
    ends = _ends(value, dates)
    if ends is not None and not sign and not target.bound:
        return _between(context, target, ends, place, read)
    found = read(value)
    if found is None:
        context.problem(f"{text!r} is not a {name}: left out", *place)
        return None
    if found[0] >= found[1]:
        context.problem(f"{text!r} is an empty interval: nothing can match", *place)
    low, high = _bounded(target.bound or sign, *found)
    return Between(target.name, low, high)


def range_between(
    context: Context, target: Target, brackets: tuple[str, str], body: str, place: tuple[int, int]
) -> Between | None:
    """The node of `[a TO b]`, `{a TO b}` or a mixture; a problem and None where it makes no sense.

    brackets: the opening and the closing one; a missing closing one counts as `]`.
    """
    ends = ends_of_range(body)
    if len(ends) != 2:
        context.problem("a range is written [a TO b]: left out", *place)
        return None
    read, _ = _reader(context, target)
    return _between(context, target, (ends[0], ends[1]), place, read, brackets)


def _reader(context: Context, target: Target) -> tuple[Read, str]:
    if isinstance(target.kind, Date):
        return lambda text: date_interval(text, timezone=context.schema.timezone, now=lambda: context.now), "date"
    return _number, "number"


def _number(text: str) -> tuple[float, float] | None:
    if re.fullmatch(_NUMBER, text) is None:
        return None
    number = float(text)
    after = nextafter(number, inf)
    return None if isinf(after) or isinf(number) else (number, after)


def _ends(text: str, dates: bool) -> tuple[str, str] | None:
    """The two ends of `a..b`; of dates also with a dash between, and of two years with a hyphen."""
    if dates and (years := re.fullmatch(_YEARS, text)):
        return years[1], years[2]
    match = re.search(_DASH, text)
    if match is None or (not dates and match[0] in "–—"):
        return None
    return text[: match.start()].strip(), text[match.end() :].strip()


def _bounded(bound: str, low: float, high: float) -> Bounds:
    if bound in ("before", "<"):
        return None, low
    if bound in ("until", "<="):
        return None, high
    if bound in ("after", "since", ">="):
        return low, None
    if bound == ">":
        return high, None
    return low, high


def _between(
    context: Context,
    target: Target,
    ends: tuple[str, str],
    place: tuple[int, int],
    read: Read,
    brackets: tuple[str, str] = ("[", "]"),
) -> Between | None:
    spans: list[tuple[float, float] | None] = []
    for end in ends:
        found = None if end in ("", "*") else read(end.strip("\"'"))
        if found is None and end not in ("", "*"):
            context.problem(f"{end!r} is not a {_reader(context, target)[1]}: left out", *place)
            return None
        spans.append(found)
    first, last = spans
    if first is not None and last is not None and last[1] <= first[0]:
        context.problem("the range ends before it begins: its ends were swapped", *place)
        first, last = last, first
    low = None if first is None else first[1 if brackets[0] == "{" else 0]
    high = None if last is None else last[0 if brackets[1] == "}" else 1]
    if low is not None and high is not None and low >= high:
        context.problem("nothing lies between the ends of this range", *place)
    return Between(target.name, low, high)
