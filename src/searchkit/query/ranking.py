"""How one search ranks, where that is to differ from what the schema says."""

from __future__ import annotations

from collections.abc import Mapping

from searchkit.dataclasses import dataclass, field
from searchkit.query.factors import Factor

__all__ = ["Ranking"]


@dataclass(frozen=True)
class Ranking:
    """The parameters of BM25F for one search; what is not given is that of the index.

    weights: text field → how much an occurrence there counts, from 0 to 1000.
    k1: how soon further occurrences stop counting, from 0.01 to 100.
    b: how much long articles are held back, from 0 (not at all) to 1 (in full).
    factors: what the score is multiplied by, in turn: `Recency`, `Saturation`.

    Raises `ValueError` for a number outside these bounds. No index has to be made anew for any of it; tables for a
    setting are made when it is first used, and kept, so that a program should have few of them.
    """

    weights: Mapping[str, float] = field(default_factory=dict)
    k1: float | None = None
    b: float | None = None
    factors: tuple[Factor, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "weights", dict(self.weights))
        object.__setattr__(self, "factors", tuple(self.factors))
        for name, weight in self.weights.items():
            _check(f"the weight of {name!r}", weight, 0, 1000)
        if self.k1 is not None:
            _check("k1", self.k1, 0.01, 100)
        if self.b is not None:
            _check("b", self.b, 0, 1)


def _check(name: str, value: float, low: float, high: float) -> None:
    if not isinstance(value, int | float) or not low <= value <= high:
        raise ValueError(f"{name} is from {low} to {high}, not {value!r}")
