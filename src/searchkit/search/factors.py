"""Scores multiplied by factors, exactly.

A factor is at most 1, so that no document can come to more than its score without factors. The best documents by that
are taken, many more than wanted, multiplied and sorted again; where one that was not taken might still belong among
them, more are taken. So the answer is that of multiplying all scores, and pages fit together.

In the index a factor is a whole number of 2**-32, and units × factor is rounded down after each.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import inf
from typing import TYPE_CHECKING

from searchkit.deadlines import watched
from searchkit.errors import QueryError
from searchkit.query.factors import Factor, Recency, Saturation
from searchkit.schema import Date, Number
from searchkit.search.parts import SegmentPart
from searchkit.search.snapshot import Snapshot

if TYPE_CHECKING:
    from searchkit.search.explanation import Explanation

__all__ = ["Multiplier", "best_by_factors"]

Share = Callable[[SegmentPart, int], int]
"""A document's segment and number → its factor, in 2**-32."""
_ONE = 1 << 32
_FIRST = 64


class Multiplier:
    """The factors of a search. now: microseconds since the epoch.

    Raises `QueryError` for a field that is no date or number.
    """

    def __init__(self, snapshot: Snapshot, factors: Sequence[Factor], now: int) -> None:
        self._factors = tuple(factors)
        self._shares = [
            _recency(snapshot, one, now) if isinstance(one, Recency) else _saturation(snapshot, one) for one in factors
        ]

    def __call__(self, part: SegmentPart, document: int, units: int) -> int:
        """The units of a document, multiplied."""
        for share in self._shares:
            units = units * share(part, document) >> 32
        return units

    def explained(self, part: SegmentPart, document: int, text: Explanation) -> Explanation:
        """An explanation of what the text gave, with what each factor takes from it."""
        from searchkit.search.explanation import Explanation  # rarely asked for

        units, parts = text.units, [text]
        for factor, share in zip(self._factors, self._shares, strict=True):
            by = share(part, document)
            left = units * by >> 32
            name = factor.field or part.segment.schema.date
            kind = "recency" if isinstance(factor, Recency) else "saturation"
            what = f"{kind} of {name}: times {by / _ONE:.4f}"
            parts.append(Explanation(what, left - units, text.scale, {"field": name, "factor": by / _ONE}))
            units = left
        return Explanation("score by factors", units, text.scale, parts=tuple(parts))


def best_by_factors(
    by_score: Callable[[int], list[tuple[int, SegmentPart, int]]],
    wanted: int,
    multiplied: Multiplier,
    age: Callable[[SegmentPart, int], tuple[int, ...]],
) -> list[tuple[int, SegmentPart, int]]:
    """The best `wanted` documents. by_score: the best so many without factors; age: what orders equal scores."""
    taken = 4 * wanted + _FIRST
    while True:
        found = by_score(taken)
        ranked = [(multiplied(part, document, units), part, document) for units, part, document in watched(found)]
        ranked.sort(key=lambda one: (one[0], *age(one[1], one[2])), reverse=True)
        # Whatever was not taken has at most the score of the last one taken.
        if len(found) < taken or ranked[wanted - 1][0] > found[-1][0]:
            return ranked[:wanted]
        taken *= 4


def _recency(snapshot: Snapshot, factor: Recency, now: int) -> Share:
    name = factor.field or snapshot.schema.date
    if name is None or not isinstance(snapshot.schema.fields.get(name), Date):
        raise QueryError(f"recency by {name!r}, which is no date field" if name else "the schema has no primary date")
    half_life, least = factor.microseconds, factor.least

    def share(part: SegmentPart, document: int) -> int:
        date = _value(part, name, document)
        fresh = 0.0 if date is None else 2.0 ** -(max(0, now - int(date)) / half_life)
        return int(_ONE * (least + (1.0 - least) * fresh))

    return share


def _saturation(snapshot: Snapshot, factor: Saturation) -> Share:
    name, pivot, least = factor.field, factor.pivot, factor.least
    if not isinstance(snapshot.schema.fields.get(name), Number):
        raise QueryError(f"a factor by {name!r}, which is no number field")

    def share(part: SegmentPart, document: int) -> int:
        number = _value(part, name, document) or 0.0
        full = 0.0 if not number > 0 else 1.0 if number == inf else number / (number + pivot)
        return int(_ONE * (least + (1.0 - least) * full))

    return share


def _value(part: SegmentPart, field: str, document: int) -> float | None:
    column = part.segment.column(field)
    return None if column is None else column[document]  # type: ignore[return-value]
