"""A query made ready to run on any segment: which keys of the dictionary to read, and what each is worth."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from searchkit.dataclasses import dataclass
from searchkit.kernels.nodes import ALL, ANY, BITMAP, BOOLEAN, NEAR, PHRASE, SLICE
from searchkit.kernels.term_plans import TermPlan
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
]


_FIRST = -(1 << 63) + 1


@dataclass(slots=True)
class PhrasePlan:
    """The documents in which terms follow each other. `alternatives`: the keys that may stand at the end, or None.
    slop: see `query.nodes.Phrase`.

    Otherwise as `TermPlan`.
    """

    kind: ClassVar[int] = PHRASE

    keys: tuple[bytes, ...]
    weight: float | None
    mask: int = 0
    alternatives: tuple[bytes, ...] | None = None
    slop: int = 0

    @property
    def length(self) -> int:
        """How many words the phrase has."""
        return len(self.keys) + (self.alternatives is not None)


@dataclass(slots=True)
class NearPlan:
    """The documents in which two phrases, of a word or more, are near each other: see `query.nodes.Near`.

    left, right: their terms, without weights. Otherwise as `TermPlan`.
    """

    kind: ClassVar[int] = NEAR

    left: PhrasePlan
    right: PhrasePlan
    distance: int
    weight: float | None
    mask: int = 0


@dataclass(slots=True)
class AnyPlan:
    """The documents that have any of some terms, each with the same score."""

    kind: ClassVar[int] = ANY

    keys: tuple[bytes, ...]
    weight: float | None
    mask: int = 0


@dataclass(slots=True)
class SlicePlan:
    """The documents whose primary date is in [low, high) microseconds; with a weight they all score that."""

    kind: ClassVar[int] = SLICE

    low: int | None
    high: int | None
    weight: float | None = None


@dataclass(slots=True)
class BitmapPlan:
    """The documents of a bitmap (512 bytes a range) that is made for each segment; with a weight all score that."""

    kind: ClassVar[int] = BITMAP

    make: Callable[[SegmentPart], bytes | bytearray]
    weight: float | None = None


@dataclass(slots=True)
class AllPlan:
    """Every document; with a weight they all score that."""

    kind: ClassVar[int] = ALL

    weight: float | None = None


@dataclass(slots=True)
class BooleanPlan:
    """All of `must`, none of `must_not`; where there is no `must`, at least one of `should`."""

    kind: ClassVar[int] = BOOLEAN

    must: list[PlanNode]
    should: list[PlanNode]
    must_not: list[PlanNode]

    def __init__(
        self,
        must: list[PlanNode] | None = None,
        should: list[PlanNode] | None = None,
        must_not: list[PlanNode] | None = None,
    ) -> None:
        self.must = [] if must is None else must
        self.should = [] if should is None else should
        self.must_not = [] if must_not is None else must_not


PlanNode = TermPlan | PhrasePlan | NearPlan | AnyPlan | SlicePlan | BitmapPlan | AllPlan | BooleanPlan
Planned = tuple[PlanNode | None, list[float], Cut | None]
"""A plan, the weights of its leaves, and what a limit left out of it."""


@dataclass(slots=True)
class Plan:
    """root: the tree, or None where nothing can match. shift: scores are in units of 2**-shift.

    cuts: what limits left out.
    since, until: the interval of primary dates, in microseconds, that every document must be in; None: no bound.
    """

    root: PlanNode | None
    shift: int
    since: int | None = None
    until: int | None = None
    cuts: tuple[Cut, ...] = ()

    def limit(self, low: int | None, high: int | None) -> None:
        """Has every document dated in [low, high) microseconds; None leaves an end open."""
        self.since, self.until = _FIRST if low is None else low, high

    @classmethod
    def of(cls, root: PlanNode | None, shift: int) -> Plan:
        """A plan for a tree. Dates that every document must have become a slice of documents, before any posting is
        read.
        """
        plan = cls(root, shift)
        if isinstance(root, SlicePlan):
            root = BooleanPlan(must=[root])
        if not isinstance(root, BooleanPlan):
            return plan
        slices = [node for node in root.must if isinstance(node, SlicePlan) and node.weight is None]
        if not slices:
            return plan
        lows = [node.low if node.low is not None else _FIRST for node in slices]
        highs = [node.high for node in slices if node.high is not None]
        plan.limit(max(lows), min(highs, default=None))
        rest = [node for node in root.must if node not in slices]
        if not rest:
            rest = [AllPlan()]
        alone = len(rest) == 1 and not root.should and not root.must_not
        plan.root = rest[0] if alone else BooleanPlan(rest, root.should, root.must_not)
        return plan
