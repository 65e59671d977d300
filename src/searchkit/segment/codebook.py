"""The codebook of a segment: its distinct vectors of zone frequencies, the commonest first.

The rank of a vector below 15 is the code that stands in postings; the others are named by their rank in the lists of
exceptions.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import TYPE_CHECKING

from searchkit.dataclasses import dataclass

if TYPE_CHECKING:
    from searchkit.kernels.vectors import VectorTable

__all__ = ["INLINE", "Codebook", "rank_vectors"]

INLINE = 15
"""How many vectors have a code of their own."""


@dataclass(frozen=True, slots=True)
class Codebook:
    """vectors: rank → frequency by zone; counts: rank → postings, at most (a merge counts what it left out)."""

    vectors: tuple[tuple[int, ...], ...]
    counts: tuple[int, ...]

    def flat(self) -> array[int]:
        """The vectors one after the other."""
        return array("I", [frequency for vector in self.vectors for frequency in vector])

    def totals(self) -> array[int]:
        """Rank → the sum of its vector."""
        return array("I", map(sum, self.vectors))

    def weighted(self, weights: Sequence[float]) -> array[float]:
        """Rank → weighted frequency, summed in zone order."""
        return array("d", [_weighted(vector, weights) for vector in self.vectors])


def rank_vectors(table: VectorTable) -> tuple[Codebook, array[int]]:
    """The codebook of a table of vectors, and for each number in the table its rank."""
    found = [(-table.count(number), table.vector(number), number) for number in range(len(table))]
    found.sort()
    ranks = array("I", bytes(4 * len(found)))
    for rank, (_, _, number) in enumerate(found):
        ranks[number] = rank
    return Codebook(tuple(vector for _, vector, _ in found), tuple(-count for count, _, _ in found)), ranks


def _weighted(vector: Sequence[int], weights: Sequence[float]) -> float:
    total = 0.0
    for weight, frequency in zip(weights, vector, strict=True):
        total += weight * frequency
    return total
