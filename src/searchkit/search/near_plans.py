"""Plans for words and phrases near each other in text fields."""

from __future__ import annotations

from searchkit.analysis import Analyzer
from searchkit.deadlines import check
from searchkit.limits import Limits
from searchkit.query.nodes import Fuzzy, Near, Regex, Wildcard
from searchkit.search.cuts import Cut
from searchkit.search.expansions import expand
from searchkit.search.masks import masks_by_analyzer
from searchkit.search.pattern_plans import cut_of
from searchkit.search.plan import BooleanPlan, NearPlan, PhrasePlan, Planned, PlanNode
from searchkit.search.snapshot import Snapshot
from searchkit.search.text_plans import Textual, plan_text, plan_words, rarity

__all__ = ["plan_near"]


def plan_near(snapshot: Snapshot, node: Near, boost: float | None, limits: Limits) -> Planned:
    """The plan of a pair, None where neither side has a word; one that has none is left out.

    boost: as for `plan_text`. A pair weighs as much as a phrase of all its words; what stands
    for many words weighs nothing.
    """
    known = snapshot.memo.get((node, boost, limits))
    if known is None:
        check()
        known = _planned(snapshot, node, boost, limits)
        snapshot.remember((node, boost, limits), known)
    return known  # type: ignore[return-value]


def _planned(snapshot: Snapshot, node: Near, boost: float | None, limits: Limits) -> Planned:
    plans: list[PlanNode] = []
    weights: list[float] = []
    cut: Cut | None = None
    for analyzer, mask in masks_by_analyzer(snapshot, node.field).items():
        left, left_cut = _side(snapshot, analyzer, node.left, limits)
        right, right_cut = _side(snapshot, analyzer, node.right, limits)
        if left is None or right is None:
            return _alone(snapshot, node, boost, limits)
        cut = cut or left_cut or right_cut
        weight = None if boost is None else boost * (rarity(snapshot, left.keys) + rarity(snapshot, right.keys))
        plans.append(NearPlan(left, right, node.distance, weight, mask))
        if weight is not None:
            weights.append(weight)
    return plans[0] if len(plans) == 1 else BooleanPlan(should=plans), weights, cut


def _side(
    snapshot: Snapshot, analyzer: Analyzer, node: Textual, limits: Limits
) -> tuple[PhrasePlan | None, Cut | None]:
    """As `plan_words`; a pattern is a phrase of one word that may be any of its terms."""
    if not isinstance(node, Wildcard | Regex | Fuzzy):
        return plan_words(snapshot, analyzer, node, limits)
    found = expand(snapshot, node, limits)
    return None if found.empty else PhrasePlan((), None, alternatives=found.keys), cut_of(node, found)


def _alone(snapshot: Snapshot, node: Near, boost: float | None, limits: Limits) -> Planned:
    plan = plan_text(snapshot, node.left, boost, limits)
    return plan if plan[0] is not None else plan_text(snapshot, node.right, boost, limits)
