"""What a word that is a year stands for beside itself: the documents dated in that year."""

from __future__ import annotations

from datetime import datetime

from searchkit.kernels.plain_dates import dated
from searchkit.search.plan import SlicePlan
from searchkit.search.scoring import idf
from searchkit.search.snapshot import Snapshot

__all__ = ["dates_of"]

_UNKNOWN = object()

Dates = tuple[SlicePlan, SlicePlan, float]


def dates_of(snapshot: Snapshot, year: str) -> Dates | None:
    """The plan of its documents where they score, the plan where they do not, and the weight of the first; None where
    there are none. The schema must have a primary date.
    """
    key = ("year", year)
    known = snapshot.memo.get(key, _UNKNOWN)
    if known is _UNKNOWN:
        known = _dates_of(snapshot, year)
        snapshot.remember(key, known)
    return known  # type: ignore[return-value]


def _dates_of(snapshot: Snapshot, year: str) -> Dates | None:
    low, high = _interval_of(year, snapshot.schema.timezone)
    documents = snapshot.dated(low, high)
    if not documents:
        return None
    weight = idf(len(snapshot), documents)
    return SlicePlan(low, high, weight), SlicePlan(low, high), weight


def _interval_of(year: str, timezone: str) -> tuple[int, int]:
    """[low, high) in microseconds."""
    if timezone == "UTC":
        interval: tuple[int, int] = dated(year)
        return interval
    from searchkit.query.zones import span, zone  # a first search starts sooner without it

    return span(datetime(int(year), 1, 1), "year", zone(timezone))
