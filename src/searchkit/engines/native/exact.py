"""Queries by which something is deleted or taken out: what they match must be exactly what they say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from searchkit.engines.native.understanding import Understanding
from searchkit.errors import QueryError
from searchkit.query.moments import When, microseconds
from searchkit.query.nodes import Bag, Boost, Constant, Node, Not, Occur
from searchkit.search.cuts import noted
from searchkit.search.plan import Plan
from searchkit.search.planner import make_plan
from searchkit.search.searcher import Match, dated
from searchkit.search.snapshot import Snapshot

__all__ = ["exact_plan", "plan_of"]


def plan_of(
    snapshot: Snapshot,
    understanding: Understanding,
    query: str | Node,
    node: Node,
    *,
    match: Match,
    since: When = None,
    until: When = None,
    selected: Mapping[str, Any] | None = None,
    strict: bool,
) -> Plan:
    """The plan of a query that is never loosened: the default clauses are joined by `match`, "all" or "any".

    node: as what the query was understood. Other arguments as for `Index.search`.
    """
    if match not in ("all", "any"):
        raise ValueError(f"match is 'all' or 'any', not {match!r}")
    now, schema = understanding.now(), snapshot.schema
    if selected:
        from searchkit.engines.native.faceting import narrowed

        node = narrowed(snapshot, node, selected, understanding.limits, now)
    low, high = (microseconds(when, schema, now, end=end) for when, end in ((since, False), (until, True)))
    plan = dated(make_plan(snapshot, node, understanding.limits, any_of_bag=match == "any"), low, high)
    if plan.cuts and strict:
        noted(plan.cuts, query, schema, strict)
    return plan


def exact_plan(snapshot: Snapshot, understanding: Understanding, query: str | Node, **options: Any) -> Plan:
    """The plan of a query by which documents are deleted; `options`: since, until, selected, as for `Index.search`.

    Raises `QueryError` for whatever is wrong with the query, and for text that matches what nobody has named.
    """
    node = understanding.understand(snapshot, query, True).node
    plan = plan_of(snapshot, understanding, query, node, match="all", strict=True, **options)
    if isinstance(query, str):
        _refuse_careless(query, node)
    return plan


def _refuse_careless(text: str, node: Node) -> None:
    """Raises `QueryError` where a text matches everything without saying so."""
    if not text.strip():
        raise QueryError("an empty query matches every article; write * to mean that")
    while isinstance(node, Boost | Constant):
        node = node.child
    only_excludes = isinstance(node, Not) or (
        isinstance(node, Bag) and all(clause.occur is Occur.PROHIBITED for clause in node.clauses)
    )
    if only_excludes:
        reason = "the query only says what must not match; write *:* before it to mean every other article"
        raise QueryError(reason, text, 0, len(text))
