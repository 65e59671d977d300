"""Facets of a query: matches are found once, and once more for each field with a selection of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from searchkit.limits import Limits
from searchkit.query.nodes import Between, Node
from searchkit.schema import Bool
from searchkit.search.facets.dates import count_dates
from searchkit.search.facets.facet import Facet
from searchkit.search.facets.ranges import count_ranges
from searchkit.search.facets.requests import DateFacet, FacetRequest, TermFacet
from searchkit.search.facets.selection import Selection
from searchkit.search.facets.terms import count_terms
from searchkit.search.matching import Matched, match_all
from searchkit.search.searcher import Match
from searchkit.search.snapshot import Snapshot

__all__ = ["count_facets"]


def count_facets(
    snapshot: Snapshot,
    node: Node,
    requests: Mapping[str, FacetRequest],
    limits: Limits,
    *,
    selection: Selection,
    match: Match,
    since: int | None,
    until: int | None,
    now: datetime | None,
) -> tuple[dict[str, Facet], Matched]:
    """The facets asked for, by name, over all that match; and what matches.

    selection: narrows the documents that are counted, but not by the field that is counted: so its alternatives keep
    their counts. Other arguments as for `searcher.answer`.
    """

    def matching(node: Node, match: Match) -> Matched:
        return match_all(snapshot, node, limits, match=match, since=since, until=until)

    whole = matching(selection.narrow(snapshot, node, limits), match)
    mode: Match = "any" if whole.mode == "any" else "all"
    found: dict[str, Facet] = {}
    for name, request in requests.items():
        field = request.field or snapshot.schema.date or ""
        matched = whole
        if field in selection.nodes:
            matched = matching(selection.narrow(snapshot, node, limits, without=field), mode)
        found[name] = _facet(snapshot, matched, request, limits, selection, now)
    return found, whole


def _facet(
    snapshot: Snapshot,
    matched: Matched,
    request: FacetRequest,
    limits: Limits,
    selection: Selection,
    now: datetime | None,
) -> Facet:
    schema = snapshot.schema
    chosen: Callable[[Between], bool] = selection.has
    if isinstance(request, TermFacet):
        values = selection.values(request.field)
        is_bool = isinstance(schema.fields[request.field], Bool)
        return count_terms(matched.parts, request, [value == "true" for value in values] if is_bool else values)
    if isinstance(request, DateFacet):
        return count_dates(matched.parts, request, schema, limits, chosen)
    return count_ranges(matched.parts, request, schema, limits, now, chosen)
