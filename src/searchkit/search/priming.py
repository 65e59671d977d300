"""A first threshold for the search of a union: what the best postings of one of its words are known to give."""

from __future__ import annotations

from searchkit.search.parts import SegmentPart
from searchkit.search.plan import BooleanPlan, Plan, PlanNode, TermPlan
from searchkit.search.scoring import quantised

__all__ = ["primed"]


def primed(plan: Plan, part: SegmentPart, count: int) -> int:
    """A score that `count` documents of a segment, of which none is deleted, reach for sure; 0 where none is known."""
    root = plan.root
    terms: list[PlanNode]
    if type(root) is TermPlan:
        terms = [root]
    elif type(root) is BooleanPlan and not root.must and not root.must_not:
        terms = root.should
    else:
        return 0
    best = 0
    for term in terms:
        if type(term) is TermPlan and not term.mask and term.weight is not None:
            record = part.segment.term(term.key)
            byte = 0 if record is None else part.segment.top(record, count)
            if byte:
                best = max(best, (quantised(plan.shift, term.weight) * part.least[byte] >> 32) + 1)
    return best
