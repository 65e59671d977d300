"""Searches a snapshot: plans, runs every segment, and brings the answers of all of them into one order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from searchkit.kernels.answers import Answer
from searchkit.kernels.execution import MOST, all_by_date, best_of, count_of
from searchkit.limits import Limits
from searchkit.query.nodes import Node
from searchkit.search.ages import age
from searchkit.search.parts import Ranked
from searchkit.search.plan import Plan
from searchkit.search.planner import make_plan
from searchkit.search.snapshot import Snapshot

if TYPE_CHECKING:
    from searchkit.search.factors import Multiplier

__all__ = ["Answer", "Match", "Sort", "answer", "count", "dated"]

Match = Literal["all", "any"] | None
Sort = Literal["date", "-date"] | None


def answer(
    snapshot: Snapshot,
    node: Node,
    limits: Limits,
    limit: int,
    offset: int = 0,
    match: Match = None,
    sort: Sort = None,
    since: int | None = None,
    until: int | None = None,
    multiplied: Multiplier | None = None,
) -> Answer:
    """Hits `offset` to `offset + limit` of a query.

    match: how the default clauses of bags are joined; None: by "all", and where no document is found so, by "any".
    sort: None: by score, of equal scores the newest first, undated last, of one date the last added first; "-date": in
        the order of those ties; "date": oldest first, undated last, of one date the first added first.
    since, until: an interval of primary dates, [since, until) in microseconds.
    multiplied: what factors make of a score.
    """
    plan = dated(make_plan(snapshot, node, limits, any_of_bag=match == "any"), since, until)
    wanted = min(max(1, offset + limit), MOST)
    ranked = _ranked(snapshot, plan, wanted, sort, multiplied)
    partial = False
    if match is None and not ranked:
        looser = dated(make_plan(snapshot, node, limits, any_of_bag=True), since, until)
        if looser != plan:
            plan = looser
            ranked = _ranked(snapshot, plan, wanted, sort, multiplied)
            partial = bool(ranked)
    return Answer(ranked[offset : offset + limit], plan, partial, snapshot.parts)


def dated(plan: Plan, since: int | None, until: int | None) -> Plan:
    """The plan, for documents dated in [since, until) only."""
    if since is not None:
        plan.since = since if plan.since is None else max(since, plan.since)
    if until is not None:
        plan.until = until if plan.until is None else min(until, plan.until)
    return plan


def count(snapshot: Snapshot, plan: Plan) -> int:
    """How many documents a plan matches."""
    found: int = count_of(plan, snapshot.parts)
    return found


def _ranked(snapshot: Snapshot, plan: Plan, wanted: int, sort: Sort, multiplied: Multiplier | None) -> list[Ranked]:
    if sort is None:
        return _by_score(snapshot, plan, wanted, multiplied)
    found: list[Ranked] = all_by_date(plan, snapshot.parts, wanted, sort == "-date", age)
    if multiplied is None:
        return found
    return [(multiplied(part, document, units), part, document) for units, part, document in found]


def _by_score(snapshot: Snapshot, plan: Plan, wanted: int, multiplied: Multiplier | None) -> list[Ranked]:
    factors = None if multiplied is None else list(map(multiplied.of, snapshot.parts))
    found: list[Ranked] = best_of(plan, snapshot.parts, wanted, factors, age)
    return found
