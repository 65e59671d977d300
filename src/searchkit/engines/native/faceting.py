"""Facets as programs ask for them: requests and selections are checked against the schema, then counted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from searchkit.limits import Limits
from searchkit.query.moments import microseconds
from searchkit.query.nodes import Node
from searchkit.search.facets.counting import count_facets
from searchkit.search.facets.facet import Facet
from searchkit.search.facets.requests import FacetsWanted, requests_of
from searchkit.search.facets.selection import select
from searchkit.search.plan import Plan
from searchkit.search.searcher import Match
from searchkit.search.snapshot import Snapshot

__all__ = ["facets_of", "narrowed"]


def narrowed(
    snapshot: Snapshot, node: Node, selected: Mapping[str, Any] | None, limits: Limits, now: datetime | None
) -> Node:
    """The query, for what was selected only."""
    return select(selected, snapshot.schema, now).narrow(snapshot, node, limits)


def facets_of(
    snapshot: Snapshot,
    node: Node,
    wanted: FacetsWanted,
    limits: Limits,
    selected: Mapping[str, Any] | None,
    *,
    match: Match,
    since: datetime | date | str | None,
    until: datetime | date | str | None,
    now: datetime | None,
    plan: Plan | None = None,
) -> dict[str, Facet]:
    """Name → facet; see `Index.facets`. plan: see `count_facets`."""
    schema = snapshot.schema
    return count_facets(
        snapshot,
        node,
        requests_of(wanted, schema),
        limits,
        selection=select(selected, schema, now),
        match=match,
        since=microseconds(since, schema, now, end=False),
        until=microseconds(until, schema, now, end=True),
        now=now,
        plan=plan,
    )
