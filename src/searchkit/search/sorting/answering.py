"""The answer to a query in any order, from any position on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import ldexp
from typing import TYPE_CHECKING

from searchkit.dataclasses import dataclass
from searchkit.limits import Limits
from searchkit.query.nodes import Node
from searchkit.search.ages import age
from searchkit.search.matching import Matched, match_all, match_plan
from searchkit.search.plan import Plan
from searchkit.search.planner import make_plan
from searchkit.search.searcher import Match, dated
from searchkit.search.snapshot import Snapshot
from searchkit.search.sorting.choosing import Placed, Position, best_of
from searchkit.search.sorting.collapsing import collapsed
from searchkit.search.sorting.keys import SortKey, is_primary
from searchkit.search.sorting.values import values_of
from searchkit.search.sorting.walking import walk

if TYPE_CHECKING:
    from searchkit.search.factors import Multiplier

__all__ = ["SortedAnswer", "sorted_answer"]


@dataclass(frozen=True, slots=True)
class SortedAnswer:
    """As `searcher.Answer`; sizes: how many documents each hit stands for, where the answer is collapsed."""

    ranked: list[Placed]
    partial: bool
    count: Callable[[], int]
    plan: Plan
    sizes: list[int] | None = None
    scale: float = 1.0


def sorted_answer(
    snapshot: Snapshot,
    node: Node,
    limits: Limits,
    keys: Sequence[SortKey],
    *,
    limit: int,
    offset: int,
    after: Position | None,
    anchors: Sequence[str] = (),
    collapse: str | None,
    match: Match,
    since: int | None,
    until: int | None,
    multiplied: Multiplier | None = None,
) -> SortedAnswer:
    """Hits `offset` to `offset + limit` of a query, by the keys, of those after a position.

    anchors: ids of documents, the first of which that still matches stands for the position.
    collapse: a keyword field; of each of its values only the best document counts. Others as for `searcher.answer`.
    """
    if match is not None and collapse is None and _is_walk(keys, snapshot):
        plan = dated(make_plan(snapshot, node, limits, any_of_bag=match == "any"), since, until)
        start = None if after is None else after.age
        found = walk(snapshot, plan, offset + limit, multiplied, descending=keys[0].descending, after=start)
        return SortedAnswer(found[offset:], False, lambda: sum(one.count for one in match_plan(snapshot, plan)), plan)
    matched = match_all(
        snapshot, node, limits, match=match, since=since, until=until, scored=True, multiplied=multiplied
    )
    after = _anchored(matched, keys, snapshot, anchors) or after
    ranked, sizes = _first(matched, keys, snapshot, collapse, offset + limit, after)
    total = matched.total
    sizes = None if sizes is None else sizes[offset:]
    return SortedAnswer(ranked[offset:], matched.partial, lambda: total, matched.plan, sizes)


def _anchored(matched: Matched, keys: Sequence[SortKey], snapshot: Snapshot, anchors: Sequence[str]) -> Position | None:
    """Where the first of some documents stands that matches."""
    for id in anchors:
        found = snapshot.find(id)
        if found is None:
            continue
        part, document = found
        one = next(one for one in matched.parts if one.part is part)
        if one.bitmap[document >> 3] >> (document & 7) & 1:
            score = ldexp(one.scores[document], -matched.plan.shift)
            return Position(values_of((score, part, document), keys, snapshot.schema), age(part, document))
    return None


def _is_walk(keys: Sequence[SortKey], snapshot: Snapshot) -> bool:
    """Whether the order is that in which documents are numbered."""
    return len(keys) == 1 and is_primary(keys[0], snapshot.schema) and keys[0].missing == "last"


def _first(
    matched: Matched,
    keys: Sequence[SortKey],
    snapshot: Snapshot,
    collapse: str | None,
    wanted: int,
    after: Position | None,
) -> tuple[list[Placed], list[int] | None]:
    if not wanted:
        return [], None
    if collapse is None:
        return best_of(matched, keys, snapshot.schema, wanted, after), None
    return collapsed(matched, keys, snapshot.schema, collapse, wanted, after)
