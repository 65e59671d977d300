# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""What most plans are made of: terms, phrases, what joins them, and the plan as a whole. `search.plan` has the rest."""

from __future__ import annotations

from typing import Any

import cython

_SHIFT = cython.declare(cython.int, 20)
_LARGEST = cython.declare(cython.ulonglong, 1 << 31)
_SURELY_FITTING = cython.declare(cython.double, (1 << 11) - 1)
_FIRST = -(1 << 63) + 1


@cython.cclass
class TermPlan:
    """The documents that have a term.

    key: in the dictionary. weight: boost times idf, or None for a filter. mask: number of the zones that count
        (0: all).
    """

    def __init__(self, key: bytes, weight: Any, mask: cython.uint = 0) -> None:
        self.key, self.weight, self.mask = key, weight, mask

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, TermPlan):
            return False
        return self.key == other.key and self.weight == other.weight and self.mask == other.mask

    def __repr__(self) -> str:
        return f"TermPlan(key={self.key!r}, weight={self.weight!r}, mask={self.mask!r})"


@cython.cclass
class PhrasePlan:
    """The documents in which terms follow each other.

    alternatives: the keys that may stand at the end, or None. slop: see `query.nodes.Phrase`. Otherwise as `TermPlan`.
    """

    def __init__(
        self,
        keys: tuple[bytes, ...],
        weight: Any,
        mask: cython.uint = 0,
        alternatives: tuple[bytes, ...] | None = None,
        slop: int = 0,
    ) -> None:
        self.keys, self.weight, self.mask = keys, weight, mask
        self.alternatives, self.slop = alternatives, slop

    @property
    def length(self) -> int:
        """How many words the phrase has."""
        return len(self.keys) + (self.alternatives is not None)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, PhrasePlan):
            return False
        same: bool = self.keys == other.keys and self.weight == other.weight and self.mask == other.mask
        return same and self.alternatives == other.alternatives and self.slop == other.slop

    def __repr__(self) -> str:
        return f"PhrasePlan({self.keys!r}, {self.weight!r}, {self.mask!r}, {self.alternatives!r}, {self.slop!r})"


@cython.cclass
class BooleanPlan:
    """All of `must`, none of `must_not`; where there is no `must`, at least one of `should`."""

    def __init__(
        self, must: list[Any] | None = None, should: list[Any] | None = None, must_not: list[Any] | None = None
    ) -> None:
        self.must = [] if must is None else must
        self.should = [] if should is None else should
        self.must_not = [] if must_not is None else must_not

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, BooleanPlan):
            return False
        same: bool = self.must == other.must and self.should == other.should
        return same and self.must_not == other.must_not

    def __repr__(self) -> str:
        return f"BooleanPlan(must={self.must!r}, should={self.should!r}, must_not={self.must_not!r})"


@cython.ccall
def without_nesting(root: object) -> object:
    """The same, where dates were taken out of what must match and one node is left of that: this node, or a union with
    what must not match beside it.
    """
    if not isinstance(root, BooleanPlan) or len(root.must) != 1 or root.should:
        return root
    (only,) = root.must
    if not isinstance(only, BooleanPlan) or only.must or only.must_not:
        return root if root.must_not else only
    if root.must_not:
        return BooleanPlan([], only.should, root.must_not)
    return only.should[0] if len(only.should) == 1 else only


@cython.cclass
class AllPlan:
    """Every document; with a weight they all score that."""

    def __init__(self, weight: float | None = None) -> None:
        self.weight = weight

    def __eq__(self, other: object) -> bool:
        return isinstance(other, AllPlan) and self.weight == other.weight

    def __repr__(self) -> str:
        return f"AllPlan({self.weight!r})"


@cython.cclass
class Plan:
    """root: the tree, or None where nothing can match. shift: scores are in units of 2**-shift.

    cuts: what limits left out.
    since, until: the interval of primary dates, in microseconds, that every document must be in; None: no bound.
    """

    def __init__(
        self,
        root: Any,
        shift: cython.int,
        since: Any = None,
        until: Any = None,
        cuts: tuple[Any, ...] = (),
    ) -> None:
        self.root, self.shift, self.since, self.until, self.cuts = root, shift, since, until, cuts

    def limit(self, low: Any, high: Any) -> None:
        """Has every document dated in [low, high) microseconds; None leaves an end open."""
        self.since, self.until = _FIRST if low is None else low, high

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Plan):
            return False
        same: bool = self.root == other.root and self.shift == other.shift and self.cuts == other.cuts
        return same and self.since == other.since and self.until == other.until

    def __repr__(self) -> str:
        return f"Plan({self.root!r}, {self.shift!r}, {self.since!r}, {self.until!r}, {self.cuts!r})"


def quantised(shift: int, weight: float) -> int:
    """A weight in units of 2**-shift."""
    return int(2.0**shift * weight)


@cython.ccall
@cython.exceptval(-1000)
def fitting_shift(weights: list) -> cython.int:
    """20, or less where the weights of all leaves would add up to 2**31 units or more."""
    shift: cython.int = _SHIFT
    total: cython.double = 0.0
    weight: object
    for weight in weights:
        total += cython.cast(cython.double, weight)
    if total < _SURELY_FITTING:
        return shift
    while sum([quantised(shift, weight) for weight in weights]) >= _LARGEST:
        shift -= 1
    return shift
