"""How many documents match a query, when nothing else is asked."""

from __future__ import annotations

from searchkit.limits import Limits
from searchkit.query.nodes import And, Between, Node
from searchkit.search.planner import make_plan
from searchkit.search.searcher import count
from searchkit.search.snapshot import Snapshot

__all__ = ["total"]


def total(snapshot: Snapshot, node: Node, limits: Limits, since: int | None = None, until: int | None = None) -> int:
    """The number of documents that match all of a query and are dated in [since, until) microseconds."""
    if since is not None or until is not None:
        node = And((node, Between(snapshot.schema.date or "", since, until)))
    plan = make_plan(snapshot, node, limits, any_of_bag=False)
    return count(snapshot, plan)
