"""All matches of a query one after the other, however many there are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from heapq import merge
from typing import Any, Literal, TypedDict

from searchkit.engines.native.sharing import SharedByHits
from searchkit.kernels.execution import Execution
from searchkit.query.moments import When
from searchkit.results.hit import Hit
from searchkit.schema import Schema
from searchkit.search.ages import age
from searchkit.search.parts import SegmentPart
from searchkit.search.plan import Plan
from searchkit.search.snapshot import Snapshot

__all__ = ["ScanOptions", "is_descending", "scan"]

_AT_ONCE = 1024
"""Documents that are looked for at once in a segment: what a scan holds of it in memory."""


class ScanOptions(TypedDict, total=False):
    """What `Index.scan` can be told beside the query."""

    match: Literal["all", "any"]
    sort: str
    since: When
    until: When
    selected: Mapping[str, Any] | None
    strict: bool


def is_descending(sort: str, schema: Schema) -> bool:
    """Whether an order of the primary date, as it is asked for, is "-date"."""
    name = sort.removeprefix("-") if isinstance(sort, str) else sort
    primary = schema.date or "date"
    if name == primary or (name == "date" and name not in schema.fields):
        return name != sort
    raise ValueError(f"a scan is in order of the primary date: sort is {primary!r} or '-{primary}', not {sort!r}")


def scan(snapshot: Snapshot, plan: Plan, shared: SharedByHits, descending: bool) -> Iterator[Hit]:
    """The hits of a plan in order of their dates, the undated last, of one date in order of addition.

    descending: newest first, the last added first; the undated are last, too.
    """
    for undated in (False, True):
        found = [_of_part(plan, part, undated, descending) for part in snapshot.parts]
        for part, document in merge(*found, key=lambda one: age(*one), reverse=descending):
            yield Hit(0.0, part, document, shared)


def _of_part(plan: Plan, part: SegmentPart, undated: bool, descending: bool) -> Iterator[tuple[SegmentPart, int]]:
    """The dated or the undated documents of a segment, in order of their numbers."""
    documents = part.segment.documents
    low, high = (0, part.undated) if undated else (part.undated, documents)
    while low < high:
        found = Execution(plan, part, scoring=False).in_order(_AT_ONCE, low, high, descending)
        for _, _, document in found:
            yield part, document
        if len(found) < min(_AT_ONCE, high - low):
            return
        if descending:
            high = found[-1][2]
        else:
            low = found[-1][2] + 1
