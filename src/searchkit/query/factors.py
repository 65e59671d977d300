"""Factors that a score is multiplied by, from a date or a number of the document; each between a least value and 1."""

from __future__ import annotations

import re
from datetime import timedelta

from searchkit.dataclasses import dataclass

__all__ = ["Factor", "Recency", "Saturation"]

_SPAN = r"(\d+(?:\.\d+)?)\s*([hdwy])"
_HOURS = {"h": 1.0, "d": 24.0, "w": 24.0 * 7, "y": 24.0 * 365.25}


@dataclass(frozen=True, slots=True)
class Recency:
    """New documents before old ones: the factor is least + (1 - least) × 2^(-age / half_life).

    half_life: the age at which half of the way to `least` is gone: a timedelta, or a number with h, d, w or y ("90d").
    least: what the factor never falls below, from 0 to 1; so a document's text counts, however old it is.
    field: a date field; by default the primary date. Dates to come count as now; without a date the factor is `least`.
    """

    half_life: str | timedelta
    least: float = 0.5
    field: str | None = None

    def __post_init__(self) -> None:
        _check_least(self.least)
        if self.microseconds <= 0:
            raise ValueError(f"a half-life is above 0, not {self.half_life!r}")

    @property
    def microseconds(self) -> int:
        """The half-life."""
        if isinstance(self.half_life, timedelta):
            return self.half_life // timedelta(microseconds=1)
        found = re.fullmatch(_SPAN, self.half_life.strip().lower()) if isinstance(self.half_life, str) else None
        if found is None:
            raise ValueError(f"a half-life is a timedelta, or text such as '90d', '12h', '2y', not {self.half_life!r}")
        return int(float(found[1]) * _HOURS[found[2]] * 3_600_000_000)


@dataclass(frozen=True, slots=True)
class Saturation:
    """Great numbers before small ones: the factor is least + (1 - least) × x / (x + pivot), for x above 0.

    field: a number field. pivot: the number that is worth half of the way to 1. least: the factor of numbers that are
        0, negative or missing, from 0 to 1.
    """

    field: str
    pivot: float
    least: float = 0.5

    def __post_init__(self) -> None:
        _check_least(self.least)
        if not 0 < self.pivot < float("inf"):
            raise ValueError(f"a pivot is above 0, not {self.pivot!r}")


Factor = Recency | Saturation


def _check_least(least: float) -> None:
    if not isinstance(least, int | float) or not 0 <= least <= 1:
        raise ValueError(f"least is from 0 to 1, not {least!r}")
