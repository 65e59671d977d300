"""What `Index.understand` tells of a query."""

from __future__ import annotations

from searchkit.engines.native.understanding import Understanding
from searchkit.query.nodes import Node
from searchkit.query.printing import to_text
from searchkit.search.cuts import noted
from searchkit.search.planner import make_plan
from searchkit.search.snapshot import Snapshot
from searchkit.search.understanding import UnderstoodQuery, part_of

__all__ = ["understood"]


def understood(snapshot: Snapshot, understanding: Understanding, query: str | Node, *, strict: bool) -> UnderstoodQuery:
    """See `Index.understand`. Raises what a search for the query would raise."""
    schema, limits = snapshot.schema, understanding.limits
    read = understanding.understand(snapshot, query, strict)
    node = read.node
    plan = make_plan(snapshot, node, limits, any_of_bag=False)
    problems = read.problems + noted(plan.cuts, query, schema, strict)
    given = query if isinstance(query, str) else to_text(query, schema)
    return UnderstoodQuery(given, to_text(node, schema), read.interpretation, problems, part_of(snapshot, node, limits))
