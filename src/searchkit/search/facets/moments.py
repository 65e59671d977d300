"""Instants as people see them: in the index's time zone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from searchkit.query.zones import zone

__all__ = ["moment_in"]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def moment_in(microseconds: int | None, timezone: str) -> datetime | None:
    """Microseconds since the epoch as a datetime of an IANA zone; None where no datetime can be that."""
    if microseconds is None:
        return None
    try:
        return (_EPOCH + timedelta(microseconds=microseconds)).astimezone(zone(timezone))
    except (OverflowError, ValueError):
        return None
