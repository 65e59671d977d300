"""What alternatives weigh: as much as they would alone, but no more than what was typed.

A synonym is often rarer than the word that was typed, and would weigh more than it; documents with an odd spelling
would come before those with the usual one.
"""

from __future__ import annotations

from collections.abc import Iterable

from searchkit.dataclasses import replace
from searchkit.limits import Limits
from searchkit.query.nodes import Near, Node, Phrase, Prefix, Word
from searchkit.search.plan import AnyPlan, BooleanPlan, NearPlan, PhrasePlan, PlanNode, TermPlan
from searchkit.search.snapshot import Snapshot
from searchkit.search.text_plans import plan_text

__all__ = ["capped", "typed_weight"]


def typed_weight(snapshot: Snapshot, nodes: Iterable[Node], boost: float, limits: Limits) -> float:
    """The weight of what was typed: of its words, phrases and pairs, all together; of fields that are analysed
    differently the one where it is greatest.
    """
    weights: list[list[float]] = []
    for node in nodes:
        if isinstance(node, Near):
            from searchkit.search.near_plans import plan_near  # searching starts sooner without it

            weights.append(plan_near(snapshot, node, boost, limits)[1])
        elif isinstance(node, Word | Phrase | Prefix):
            weights.append(plan_text(snapshot, node, boost, limits)[1])
    return sum(max(found, default=0.0) for found in weights)


def capped(plan: PlanNode, most: float) -> PlanNode:
    """A plan in which no leaf weighs more than `most`."""
    if isinstance(plan, BooleanPlan):
        return BooleanPlan(must=plan.must, should=[capped(child, most) for child in plan.should])
    if not isinstance(plan, TermPlan | PhrasePlan | NearPlan | AnyPlan) or plan.weight is None or plan.weight <= most:
        return plan
    if isinstance(plan, TermPlan):
        return TermPlan(plan.key, most, plan.mask)
    if isinstance(plan, PhrasePlan):
        return PhrasePlan(plan.keys, most, plan.mask, plan.alternatives, plan.slop)
    return replace(plan, weight=most)
