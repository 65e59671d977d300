"""Scores multiplied by factors, exactly: units × factor is rounded down after each, a factor being a whole number of
2**-32.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from searchkit.errors import QueryError
from searchkit.kernels.factors import FLOATS, INTEGERS, RECENCY, Factors, greatest_of
from searchkit.query.factors import Factor, Recency
from searchkit.schema import Date, Number
from searchkit.search.parts import SegmentPart
from searchkit.search.snapshot import Snapshot
from searchkit.segment.columns import FloatColumn, IntegerColumn

if TYPE_CHECKING:
    from searchkit.search.explanation import Explanation

__all__ = ["Multiplier"]

_ONE = 1 << 32


class Multiplier:
    """The factors of a search. now: microseconds since the epoch.

    Raises `QueryError` for a field that is no date or number.
    """

    def __init__(self, snapshot: Snapshot, factors: Sequence[Factor], now: int) -> None:
        self._snapshot, self._factors, self.now = snapshot, tuple(factors), now
        self._fields = [_field(snapshot, factor) for factor in factors]
        self._parts: dict[SegmentPart, Factors] = {}

    def at(self, now: int) -> Multiplier:
        """The same factors at another time."""
        return Multiplier(self._snapshot, self._factors, now)

    def of(self, part: SegmentPart) -> Factors:
        """The factors in a segment."""
        found = self._parts.get(part)
        if found is None:
            found = self._parts[part] = Factors(len(self._factors), self.now)
            for factor, name in zip(self._factors, self._fields, strict=True):
                _add(found, factor, name, part)
        return found

    def __call__(self, part: SegmentPart, document: int, units: int) -> int:
        """The units of a document, multiplied."""
        multiplied: int = self.of(part).units(document, units)
        return multiplied

    def explained(self, part: SegmentPart, document: int, text: Explanation) -> Explanation:
        """An explanation of what the text gave, with what each factor takes from it."""
        from searchkit.search.explanation import Explanation  # rarely asked for

        units, parts = text.units, [text]
        for number, (factor, name) in enumerate(zip(self._factors, self._fields, strict=True)):
            by = self.of(part).share(number, document)
            left = units * by >> 32
            kind = "recency" if isinstance(factor, Recency) else "saturation"
            what = f"{kind} of {name}: times {by / _ONE:.4f}"
            parts.append(Explanation(what, left - units, text.scale, {"field": name, "factor": by / _ONE}))
            units = left
        return Explanation("score by factors", units, text.scale, parts=tuple(parts))


def _field(snapshot: Snapshot, factor: Factor) -> str:
    fields = snapshot.schema.fields
    if not isinstance(factor, Recency):
        if not isinstance(fields.get(factor.field), Number):
            raise QueryError(f"a factor by {factor.field!r}, which is no number field")
        return factor.field
    name = factor.field or snapshot.schema.date
    if name is None or not isinstance(fields.get(name), Date):
        raise QueryError(f"recency by {name!r}, which is no date field" if name else "the schema has no primary date")
    return name


def _add(factors: Factors, factor: Factor, name: str, part: SegmentPart) -> None:
    column = part.segment.column(name)
    floats = isinstance(column, FloatColumn)
    scale = float(factor.microseconds) if isinstance(factor, Recency) else factor.pivot
    kind = RECENCY if isinstance(factor, Recency) else FLOATS if floats else INTEGERS
    if not isinstance(column, FloatColumn | IntegerColumn):
        factors.add(kind, factor.least, scale, b"", b"")
        return
    greatest = part.greatest.get(name)
    if greatest is None:
        greatest = part.greatest[name] = greatest_of(column.values, floats)
    factors.add(kind, factor.least, scale, column.values, greatest)
