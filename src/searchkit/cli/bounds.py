"""The interval of dates that --since and --until are."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from searchkit.schema import Schema

__all__ = ["bounds_of"]


def bounds_of(options: Namespace, schema: Schema) -> dict[str, Any]:
    """What searches take as `since` and `until`. Raises `QueryError` where no date is between the two."""
    since, until = options.since, options.until
    if since is not None and until is not None:
        from searchkit.errors import QueryError
        from searchkit.query.moments import microseconds

        first = microseconds(since, schema, None, end=False)
        end = microseconds(until, schema, None, end=True)
        if first is not None and end is not None and first >= end:
            raise QueryError(f"--since {since} is later than --until {until}: nothing is dated so")
    return {"since": since, "until": until}
