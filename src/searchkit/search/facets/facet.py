"""What was counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, overload

from searchkit.dataclasses import dataclass
from searchkit.kernels.buckets import Counted
from searchkit.query.nodes import Node, Term

__all__ = ["Bucket", "Facet"]


@dataclass(frozen=True)
class Bucket(Counted):
    """A value, unit of the calendar or interval, and how many of the documents that match have it.

    value: a string or truth value; a unit as it is typed in a query ("1979", "1979-Q4", "1979-W45", "1979-11",
        "1979-11-04", "1979-11-04T06"); an interval as it was asked for.
    node: the query for just these documents: `query_tree & bucket.node` drills down. Most are never asked for: that of
        a value is made when it is.
    low, high: the ends of a unit or interval, high excluded; of dates in the index's time zone. None: no bound.
    selected: whether the value was among those selected.
    """

    __slots__ = ()

    value: Any
    count: int
    node: Node
    low: datetime | float | None = None
    high: datetime | float | None = None
    selected: bool = False

    def _find(self, field: str) -> Node:
        return Term(field, self.value if isinstance(self.value, str) else str(self.value).lower())

    # Else the compiled base class would copy and pickle what it knows of.
    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.value, self.count, self.node, self.low, self.high, self.selected)


class Facet(Sequence[Bucket]):
    """The buckets of one facet, in the order asked for.

    field: what was counted. missing: how many of the documents have no value there. other: the counts of the values
    that are not listed, added up. distinct: how many values occurred, listed or not.
    """

    __slots__ = ("buckets", "distinct", "field", "missing", "other")

    def __init__(self, field: str, buckets: Sequence[Bucket], *, missing: int, other: int = 0, distinct: int) -> None:
        self.field, self.buckets = field, tuple(buckets)
        self.missing, self.other, self.distinct = missing, other, distinct

    @property
    def counts(self) -> dict[Any, int]:
        """Value → count, in order."""
        return {bucket.value: bucket.count for bucket in self.buckets}

    def __len__(self) -> int:
        return len(self.buckets)

    @overload
    def __getitem__(self, index: int) -> Bucket: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Bucket, ...]: ...
    def __getitem__(self, index: int | slice) -> Bucket | tuple[Bucket, ...]:
        return self.buckets[index]

    def __iter__(self) -> Iterator[Bucket]:
        return iter(self.buckets)

    def __repr__(self) -> str:
        shown = ", ".join(f"{bucket.value!r}: {bucket.count}" for bucket in self.buckets[:10])
        return f"<Facet {self.field!r} {{{shown}{', …' if len(self) > 10 else ''}}}>"
