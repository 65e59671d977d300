"""Units of the calendar in a time zone: which hour, day, week, month, quarter or year an instant is in."""

from __future__ import annotations

from bisect import bisect_right, insort
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import NamedTuple

from searchkit.query.zones import instant, local, plus, span, zone
from searchkit.schema.instants import EARLIEST, LATEST
from searchkit.search.facets.requests import Unit

__all__ = ["Calendar", "Period", "calendar"]

_HOUR = 3_600_000_000
_MOST = 100_000
_LATEST = 1 << 63


class Period(NamedTuple):
    """One unit: [low, high) in microseconds since the epoch, and how it is typed in a query."""

    low: int
    high: int
    label: str


@lru_cache(maxsize=32)
def calendar(unit: Unit, timezone: str) -> Calendar:
    """The units of one kind in a time zone, an IANA name. Raises `SchemaError` where the system knows none such."""
    return Calendar(unit, zone(timezone))


class Calendar:
    """Finds units; remembers those that it found, since time zones make them slow to find. May be shared by threads."""

    def __init__(self, unit: Unit, where: tzinfo) -> None:
        self._unit, self._where = unit, where
        self._known: list[Period] = []

    def holding(self, moment: int) -> Period:
        """The unit that an instant is in."""
        known = self._known
        place = bisect_right(known, (moment, _LATEST, "")) - 1
        if place >= 0:
            found = known[place]
            if found.low <= moment < found.high:
                return found
        found = self._hour(moment) if self._unit == "hour" else self._find(moment)
        if len(known) >= _MOST:
            self._known = known = []
        insort(known, found)
        return found

    def _hour(self, moment: int) -> Period:
        """Hours go by the stopwatch: where clocks are set back, one comes twice, and its label has the offset."""
        where = self._where
        try:
            here = local(moment, where)
        except OverflowError:
            where = UTC
            here = local(moment, where)
        first = here.replace(minute=0, second=0, microsecond=0)
        low = moment - (here - first) // timedelta(microseconds=1)
        is_plain = where is self._where and instant(first, where) == low
        return Period(low, low + _HOUR, first.isoformat()[:13] + ("" if is_plain else _offset(where, moment)))

    def _find(self, moment: int) -> Period:
        start = _first(_local(moment, self._where), self._unit)
        low, high = self._ends(start)
        # A clock set back over midnight shows the day before once more: it counts with the day that had begun.
        while high <= moment:
            start = plus(start, self._unit, 1)
            low, high = self._ends(start)
        return Period(low, high, _label(start, self._unit))

    def _ends(self, start: datetime) -> tuple[int, int]:
        """The interval of the unit that begins at a local time; the first and the last reach as far as dates do."""
        low, high = span(start, self._unit, self._where)
        if start == datetime.min:
            low = min(low, EARLIEST)
        if high > instant(datetime.max, self._where):
            high = max(high, LATEST + 1)
        return low, high


def _local(moment: int, where: tzinfo) -> datetime:
    """The local time of an instant, or the nearest that a datetime can be."""
    try:
        return local(moment, where)
    except OverflowError:
        return datetime.min if moment < 0 else datetime.max


def _first(here: datetime, unit: str) -> datetime:
    """The midnight at which the unit of a local time begins."""
    midnight = here.replace(hour=0, minute=0, second=0, microsecond=0)
    if unit == "day":
        return midnight
    if unit == "week":
        # The year 1 begins on a Monday.
        return midnight - timedelta(days=midnight.weekday())
    month = {"month": midnight.month, "quarter": (midnight.month - 1) // 3 * 3 + 1}.get(unit, 1)
    return midnight.replace(month=month, day=1)


def _label(start: datetime, unit: str) -> str:
    if unit == "week":
        year, week, _ = start.isocalendar()
        return f"{year:04}-W{week:02}"
    if unit == "quarter":
        return f"{start.year:04}-Q{(start.month + 2) // 3}"
    return start.date().isoformat()[: {"year": 4, "month": 7}.get(unit, 10)]


def _offset(where: tzinfo, moment: int) -> str:
    """The offset of a zone from UTC at an instant, as "+01:00"."""
    here = (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=moment)).astimezone(where)
    return here.isoformat()[-6:] if here.utcoffset() else "Z"
