"""How many documents match a query, when nothing else is asked."""

from __future__ import annotations

from searchkit.limits import Limits
from searchkit.query.nodes import Node
from searchkit.search.plan import Plan
from searchkit.search.planner import make_plan
from searchkit.search.searcher import Match, count, dated
from searchkit.search.snapshot import Snapshot

__all__ = ["counted", "total"]


def total(snapshot: Snapshot, node: Node, limits: Limits, since: int | None = None, until: int | None = None) -> int:
    """The number of documents that match all of a query and are dated in [since, until) microseconds."""
    return counted(snapshot, node, limits, "all", since, until)[0]


def counted(
    snapshot: Snapshot,
    node: Node,
    limits: Limits,
    match: Match = None,
    since: int | None = None,
    until: int | None = None,
) -> tuple[int, Plan]:
    """The number of documents that `searcher.answer` would find, and the plan that finds them, which has no weights."""
    plan = dated(make_plan(snapshot, node, limits, any_of_bag=match == "any", scored=False), since, until)
    found = count(snapshot, plan)
    if match is None and not found:
        looser = dated(make_plan(snapshot, node, limits, any_of_bag=True, scored=False), since, until)
        if looser != plan:
            return count(snapshot, looser), looser
    return found, plan
