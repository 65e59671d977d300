"""The arithmetic of a score, one formula a function.

BM25F with lengths quantised to a byte and contributions rounded to integers, so that a score is the same number however
its parts are summed.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Sequence

SHIFT = 20


def shortest_length(code: int) -> int:
    """The smallest length that has this code: 0 to 40 stand for themselves, then sixteen codes an octave."""
    if code <= 40:
        return code
    return math.ceil(40 * 2 ** ((code - 40) / 16))


LENGTHS = [shortest_length(code) for code in range(256)]


def length_code(length: int) -> int:
    """The largest code, up to 255, whose smallest length is not above `length`."""
    return bisect_right(LENGTHS, length) - 1


def quantised(length: int) -> int:
    """The length that scoring takes a document of `length` tokens to have."""
    return LENGTHS[length_code(length)]


def idf(documents: int, having: int) -> float:
    """How telling a term is that `having` of `documents` live documents have."""
    return math.log(1 + (documents - having + 0.5) / (having + 0.5))


def length_penalty(length: int, average: float, k1: float, b: float) -> float:
    """K, for a document of the quantised `length` where the average of quantised lengths is `average`."""
    return k1 * (1 - b + b * max(1, length) / average)


def weighted_frequency(weights: Sequence[float], counts: Sequence[int]) -> float:
    """Occurrences in all zones, each times its zone's weight, added up in zone order."""
    total = 0.0
    for weight, count in zip(weights, counts, strict=True):
        total += weight * count
    return total


def saturation(frequency: float, penalty: float) -> int:
    """frequency / (frequency + penalty) as a fraction of 2**32."""
    return min(2**32 - 1, int(4294967296.0 * (frequency / (frequency + penalty))))


def query_weight(shift: int, weight: float) -> int:
    """A leaf's weight (boost times idf) in units of 2**-shift."""
    return int(2.0**shift * weight)


def contribution(query_weight: int, saturation: int) -> int:
    """What a leaf adds to the score of a document that has it, in units of 2**-shift; at least 1."""
    return (query_weight * saturation >> 32) + 1


def fitting_shift(weights: Iterable[float]) -> int:
    """20, or less where the leaves' weights would otherwise add up to 2**31 units or more."""
    leaves = list(weights)
    shift = SHIFT
    while sum(query_weight(shift, weight) for weight in leaves) >= 2**31:
        shift -= 1
    return shift


def score(contributions: int, shift: int) -> float:
    """A sum of contributions as a number."""
    return math.ldexp(contributions, -shift)
