"""All documents that match a query, as bitmaps: for what needs every match, not the best of them."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from searchkit.dataclasses import dataclass
from searchkit.kernels.execution import Execution
from searchkit.kernels.factors import NO_FACTORS
from searchkit.limits import Limits
from searchkit.query.nodes import Node
from searchkit.search.bitmaps import empty_bitmap
from searchkit.search.parts import SegmentPart
from searchkit.search.plan import Plan
from searchkit.search.planner import make_plan
from searchkit.search.searcher import Match, dated
from searchkit.search.snapshot import Snapshot

if TYPE_CHECKING:
    from searchkit.search.factors import Multiplier

__all__ = ["Matched", "MatchedPart", "match_all", "match_plan", "run_query"]

Found = TypeVar("Found")


_NOTHING = memoryview(array("I"))


@dataclass(frozen=True, slots=True)
class MatchedPart:
    """bitmap: the live documents of a segment that match, 512 bytes a range. count: how many. scores: of each, in units
    of 2**-shift, at its number; empty where they were not asked for.
    """

    part: SegmentPart
    bitmap: memoryview
    count: int
    scores: memoryview


@dataclass(frozen=True, slots=True)
class Matched:
    """What a query matches in every segment.

    plan: what was run. mode: how the default clauses of bags were joined, "all" or "any". partial: whether that is
    "any" because no document has all.
    """

    parts: tuple[MatchedPart, ...]
    plan: Plan
    mode: str
    partial: bool

    @property
    def total(self) -> int:
        """How many documents match."""
        return sum(matched.count for matched in self.parts)


def match_all(
    snapshot: Snapshot,
    node: Node,
    limits: Limits,
    *,
    match: Match = None,
    since: int | None = None,
    until: int | None = None,
    scored: bool = False,
    multiplied: Multiplier | None = None,
) -> Matched:
    """Everything that a query matches; `match`, `since`, `until` and `multiplied` as for `searcher.answer`.

    scored: whether scores are wanted; without, the plan has no weights either.
    """

    def run(plan: Plan) -> tuple[tuple[MatchedPart, ...], int]:
        found = match_plan(snapshot, plan, scored=scored, multiplied=multiplied)
        return found, sum([matched.count for matched in found])

    found, plan, partial = run_query(snapshot, node, limits, run, match=match, since=since, until=until, scored=scored)
    return Matched(found, plan, "any" if partial or match == "any" else "all", partial)


def run_query(
    snapshot: Snapshot,
    node: Node,
    limits: Limits,
    run: Callable[[Plan], tuple[Found, int]],
    *,
    match: Match,
    since: int | None,
    until: int | None,
    scored: bool = False,
) -> tuple[Found, Plan, bool]:
    """What `run` finds for the plan of a query, beside how many documents match it; the plan; and whether that is the
    looser one, as no document has all. Arguments as for `match_all`.
    """
    plan = dated(make_plan(snapshot, node, limits, any_of_bag=match == "any", scored=scored), since, until)
    found, count = run(plan)
    if match is None and not count:
        looser = dated(make_plan(snapshot, node, limits, any_of_bag=True, scored=scored), since, until)
        if looser != plan:
            closest, count = run(looser)
            if count:
                return closest, looser, True
    return found, plan, False


def match_plan(
    snapshot: Snapshot, plan: Plan, *, scored: bool = False, multiplied: Multiplier | None = None
) -> tuple[MatchedPart, ...]:
    """What a plan matches in each segment of a snapshot."""
    return tuple(_match_part(plan, part, scored, multiplied) for part in snapshot.parts)


def _match_part(plan: Plan, part: SegmentPart, scored: bool, multiplied: Multiplier | None) -> MatchedPart:
    bitmap = memoryview(empty_bitmap(part))
    scores = memoryview(bytearray(4 * part.segment.documents)).cast("I") if scored else _NOTHING
    factors = NO_FACTORS if multiplied is None else multiplied.of(part)
    count = Execution(plan, part, scored).mark(bitmap, scores, factors)
    return MatchedPart(part, bitmap, count, scores)
