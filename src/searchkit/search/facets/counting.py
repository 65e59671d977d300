"""Facets of a query: matches are found once, and once more for each field with a selection of its own.

Values of one field are counted while matches are found; for more than that matches are kept, as bitmaps.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime

from searchkit.limits import Limits
from searchkit.query.nodes import Between, Node
from searchkit.schema import Bool
from searchkit.search.facets.dates import count_dates
from searchkit.search.facets.facet import Facet
from searchkit.search.facets.ranges import count_ranges
from searchkit.search.facets.requests import DateFacet, FacetRequest, TermFacet
from searchkit.search.facets.selection import Selection
from searchkit.search.facets.tallies import SegmentTally, Value
from searchkit.search.facets.terms import term_facet
from searchkit.search.matching import MatchedPart, match_all, match_plan, run_query
from searchkit.search.plan import Plan
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
    plan: Plan | None = None,
) -> dict[str, Facet]:
    """The facets asked for, by name, over all that match.

    selection: narrows the documents that are counted, but not by the field that is counted: so its alternatives keep
    their counts. plan: of the query for what was selected, where a search has it, which joined words as `match` says.
    Other arguments as for `searcher.answer`.
    """
    if len(requests) == 1:
        ((name, request),) = requests.items()
        if isinstance(request, TermFacet) and request.field not in selection.nodes:
            return {name: _alone(snapshot, node, request, limits, selection, match, since, until, plan)}
    if plan is None:
        narrow = selection.narrow(snapshot, node, limits)
        whole = match_all(snapshot, narrow, limits, match=match, since=since, until=until)
        parts, match = whole.parts, "any" if whole.mode == "any" else "all"
    else:
        parts = match_plan(snapshot, plan)
    found: dict[str, Facet] = {}
    for name, request in requests.items():
        field = request.field or snapshot.schema.date or ""
        counted = parts
        if field in selection.nodes:
            others = selection.narrow(snapshot, node, limits, without=field)
            counted = match_all(snapshot, others, limits, match=match, since=since, until=until).parts
        found[name] = _facet(snapshot, counted, request, limits, selection, now)
    return found


def _alone(
    snapshot: Snapshot,
    node: Node,
    request: TermFacet,
    limits: Limits,
    selection: Selection,
    match: Match,
    since: int | None,
    until: int | None,
    plan: Plan | None,
) -> Facet:
    """One facet of values, for which no bitmaps of all that matches are made."""
    tallies = [SegmentTally(part, request.field) for part in snapshot.parts]

    def run(plan: Plan) -> tuple[None, int]:
        return None, sum([tally.add_plan(plan) for tally in tallies])

    if plan is None:
        narrow = selection.narrow(snapshot, node, limits)
        run_query(snapshot, narrow, limits, run, match=match, since=since, until=until)
    else:
        run(plan)
    return term_facet(tallies, request, ())


def _facet(
    snapshot: Snapshot,
    parts: Sequence[MatchedPart],
    request: FacetRequest,
    limits: Limits,
    selection: Selection,
    now: datetime | None,
) -> Facet:
    schema = snapshot.schema
    chosen: Callable[[Between], bool] = selection.has
    if isinstance(request, TermFacet):
        selected: Collection[Value] = selection.values(request.field)
        if isinstance(schema.fields[request.field], Bool):
            selected = [value == "true" for value in selected]
        tallies = [SegmentTally(matched.part, request.field) for matched in parts]
        for tally, matched in zip(tallies, parts, strict=True):
            tally.add_matches(matched)
        return term_facet(tallies, request, selected)
    if isinstance(request, DateFacet):
        return count_dates(parts, request, schema, limits, chosen)
    return count_ranges(parts, request, schema, limits, now, chosen)
