"""What to count by: the values of a keyword or truth value, units of the calendar, intervals of numbers or dates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from searchkit.arguments import instance
from searchkit.dataclasses import dataclass
from searchkit.errors import QueryError
from searchkit.schema import Bool, Date, Keyword, Number, Schema

__all__ = ["UNITS", "DateFacet", "FacetRequest", "FacetsWanted", "RangeFacet", "TermFacet", "Unit", "requests_of"]

Unit = Literal["hour", "day", "week", "month", "quarter", "year"]
UNITS: tuple[Unit, ...] = ("hour", "day", "week", "month", "quarter", "year")


@dataclass(frozen=True, slots=True)
class TermFacet:
    """Counts by the values of a keyword or bool field.

    top: how many values at most; None: all. order: "count", the most frequent first, of equal counts in order of the
    values; or "value", in order of code points.
    """

    field: str
    top: int | None = 10
    order: Literal["count", "value"] = "count"

    def check(self, schema: Schema) -> None:
        """Raises `QueryError` where the schema's field is of another type, `ValueError` for options that make no
        sense.
        """
        _check_type(self.field, schema, (Keyword, Bool), "values are counted of keyword and bool fields")
        if self.top is not None and (type(self.top) is not int or self.top < 1):
            raise ValueError(f"top is a whole number from 1 on, or None for all, not {self.top!r}")
        if self.order not in ("count", "value"):
            raise ValueError(f"order is 'count' or 'value', not {self.order!r}")


@dataclass(frozen=True, slots=True)
class DateFacet:
    """Counts by a unit of the calendar, in the index's time zone, the earliest first.

    field: a date field; None: the primary date. unit: "hour", "day", "week" (from Monday), "month", "quarter" or
    "year". empty: whether units without a match, between others that have some, are listed too.
    """

    field: str | None = None
    unit: Unit = "month"
    empty: bool = False

    def check(self, schema: Schema) -> None:
        """Raises `QueryError` where the schema's field is of another type, `ValueError` for an unknown unit."""
        if self.field is None and schema.date is None:
            raise QueryError("the schema has no primary date: name the date field to count by")
        name = self.field or schema.date or ""
        _check_type(name, schema, (Date,), "units of the calendar are counted of date fields")
        if self.unit not in UNITS:
            raise ValueError(f"unit is one of {', '.join(UNITS)}, not {self.unit!r}")


@dataclass(frozen=True, slots=True)
class RangeFacet:
    """Counts by intervals of a number or date field, in the order given; intervals may overlap.

    ranges: pairs (low, high), low included and high not, None for no bound; or numbers alone, in ascending order, at
        which the line of numbers is cut. Of dates: text in the query language's forms ("1979", "7d", "last week"), or
        pairs as `since` and `until` of a search (a date or text as the end is included whole).
    """

    field: str
    ranges: Sequence[Any]

    def check(self, schema: Schema) -> None:
        """Raises `QueryError` where the schema's field is of another type."""
        _check_type(self.field, schema, (Number, Date), "intervals are counted of number and date fields")


_REQUESTS = (TermFacet, DateFacet, RangeFacet)
_ALONE = (*_REQUESTS, str)

FacetRequest = TermFacet | DateFacet | RangeFacet
FacetsWanted = str | FacetRequest | Iterable[str | FacetRequest] | Mapping[str, str | FacetRequest]


def requests_of(wanted: FacetsWanted, schema: Schema) -> dict[str, FacetRequest]:
    """Name → request, checked against the schema. What is not named by a mapping has the name of its field.

    Raises `QueryError` for a field that cannot be counted, `ValueError` for two of one name.
    """
    if isinstance(wanted, _ALONE):
        request = _request(wanted, schema)
        request.check(schema)
        return {request.field or schema.date or "": request}
    instance("facets", wanted, Iterable, "a field's name, a facet, several of them in a list, or a mapping")
    made: dict[str, FacetRequest] = {}
    pairs = wanted.items() if isinstance(wanted, Mapping) else ((None, one) for one in wanted)
    for name, one in pairs:
        request = _request(one, schema)
        request.check(schema)
        name = name or request.field or schema.date or ""
        if name in made:
            raise ValueError(f"two facets are called {name!r}; name them in a mapping: {{'a': …, 'b': …}}")
        made[name] = request
    return made


def _request(one: object, schema: Schema) -> FacetRequest:
    if isinstance(one, _REQUESTS):
        return one
    if not isinstance(one, str):
        raise TypeError(f"a facet is a field's name, a TermFacet, a DateFacet or a RangeFacet, not {one!r}")
    kind = schema.fields.get(one)
    if isinstance(kind, Date):
        return DateFacet(one)
    if isinstance(kind, Number):
        raise QueryError(f"field {one!r} is a number: say which intervals, RangeFacet({one!r}, [10, 100])")
    return TermFacet(one)


def _check_type(name: str, schema: Schema, kinds: tuple[type, ...], rule: str) -> None:
    kind = schema.fields.get(name)
    if kind is None:
        near = schema.nearest(name)
        hint = f"; did you mean {near!r}?" if near and near in schema.fields else ""
        raise QueryError(f"there is no field {name!r} to count by{hint}")
    if not isinstance(kind, kinds):
        raise QueryError(f"field {name!r} is a {type(kind).__name__.lower()} field; {rule}")
