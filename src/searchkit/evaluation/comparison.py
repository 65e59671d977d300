"""Whether one run is better than another by more than chance.

The paired randomisation test: were both runs alike, the two values of each topic might as well be swapped. So the signs
of the differences are drawn anew, again and again, and p is the share of draws whose mean differs from 0 at least as
much as the mean that was measured. Source: M. Smucker, J. Allan and B. Carterette, "A comparison of statistical
significance tests for information retrieval evaluation", 2007.
"""

from __future__ import annotations

from math import fsum
from random import Random

from searchkit.dataclasses import dataclass
from searchkit.evaluation.measures import Scores

__all__ = ["Comparison", "compare"]

_DRAWS = 10_000
_SEED = 1979


@dataclass(frozen=True, slots=True)
class Comparison:
    """difference: of the means, the second less the first. wins, losses: topics where the second is better, worse.

    p: how likely a difference as great as this is where there is none in truth; below 0.05 it is usually believed.
    """

    difference: float
    wins: int
    losses: int
    p: float


def compare(first: Scores, second: Scores, measure: str, *, draws: int = _DRAWS) -> Comparison:
    """Compares two runs by a measure, over the topics that both were measured on.

    draws: of the test. The same runs always give the same p. Where the topics are so few that all ways to swap them are
        fewer than the draws, all are counted instead.
    """
    one, other = first.by_topic[measure], second.by_topic[measure]
    differences = [other[topic] - one[topic] for topic in one if topic in other]
    if not differences:
        return Comparison(0.0, 0, 0, 1.0)
    return Comparison(
        fsum(differences) / len(differences),
        sum(difference > 0 for difference in differences),
        sum(difference < 0 for difference in differences),
        _p([difference for difference in differences if difference], draws),
    )


def _p(differences: list[float], draws: int) -> float:
    # A little less, so that sums that only differ by rounding count as equal.
    measured = abs(fsum(differences)) * (1 - 1e-12)
    if 1 << len(differences) <= draws:
        sums = [0.0]
        for difference in differences:
            sums = [total + signed for total in sums for signed in (difference, -difference)]
        return sum(abs(total) >= measured for total in sums) / len(sums)
    random = Random(_SEED)
    extreme = sum(abs(_drawn(differences, random.getrandbits(len(differences)))) >= measured for _ in range(draws))
    # The measured signs are one possible draw too.
    return (extreme + 1) / (draws + 1)


def _drawn(differences: list[float], signs: int) -> float:
    total = 0.0
    for place, difference in enumerate(differences):
        total += difference if signs >> place & 1 else -difference
    return total
