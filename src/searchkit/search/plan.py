"""A query made ready to run on any segment: which keys of the dictionary to read, and what each is worth."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from searchkit.dataclasses import dataclass
from searchkit.kernels.plans import AllPlan, BooleanPlan, PhrasePlan, Plan, TermPlan, without_nesting
from searchkit.search.cuts import Cut

if TYPE_CHECKING:
    from searchkit.search.parts import SegmentPart

__all__ = [
    "AllPlan",
    "AnyPlan",
    "BitmapPlan",
    "BooleanPlan",
    "NearPlan",
    "PhrasePlan",
    "Plan",
    "PlanNode",
    "Planned",
    "SlicePlan",
    "TermPlan",
    "plan_of",
]


@dataclass(slots=True)
class NearPlan:
    """The documents in which two phrases, of a word or more, are near each other: see `query.nodes.Near`.

    left, right: their terms, without weights. Otherwise as `TermPlan`.
    """

    left: PhrasePlan
    right: PhrasePlan
    distance: int
    weight: float | None
    mask: int = 0


@dataclass(slots=True)
class AnyPlan:
    """The documents that have any of some terms, each with the same score."""

    keys: tuple[bytes, ...]
    weight: float | None
    mask: int = 0


@dataclass(slots=True)
class SlicePlan:
    """The documents whose primary date is in [low, high) microseconds; with a weight they all score that."""

    low: int | None
    high: int | None
    weight: float | None = None


@dataclass(slots=True)
class BitmapPlan:
    """The documents of a bitmap (512 bytes a range) that is made for each segment; with a weight all score that."""

    make: Callable[[SegmentPart], bytes | bytearray]
    weight: float | None = None


PlanNode = TermPlan | PhrasePlan | NearPlan | AnyPlan | SlicePlan | BitmapPlan | AllPlan | BooleanPlan
Planned = tuple[PlanNode | None, list[float], Cut | None]
"""A plan, the weights of its leaves, and what a limit left out of it."""


def plan_of(root: PlanNode | None, shift: int) -> Plan:
    """A plan for a tree. Dates that every document must have become a slice, before any posting is read."""
    plan = Plan(root, shift)
    if isinstance(root, SlicePlan):
        root = BooleanPlan(must=[root])
    if not isinstance(root, BooleanPlan):
        return plan
    slices = [node for node in root.must if isinstance(node, SlicePlan) and node.weight is None]
    if not slices:
        return plan
    lows = [node.low for node in slices if node.low is not None]
    highs = [node.high for node in slices if node.high is not None]
    plan.limit(max(lows, default=None), min(highs, default=None))
    rest: list[PlanNode] = [node for node in root.must if node not in slices]
    if not rest:
        rest = [AllPlan()]
    plan.root = without_nesting(BooleanPlan(rest, root.should, root.must_not))
    return plan
