"""The reference setting of a segment: the parameters under which its bounds were taken when it was written."""

from __future__ import annotations

from array import array
from functools import lru_cache
from typing import Any

from searchkit.dataclasses import asdict, dataclass
from searchkit.schema import Schema, Text
from searchkit.segment.codebook import INLINE, Codebook
from searchkit.segment.lengths import SMALLEST

__all__ = ["Reference", "length_factors"]


@lru_cache(maxsize=256)
def length_factors(k1: float, b: float, average: float) -> array[float]:
    """Norm → K = k1 (1 - b + b length / average), the length's part in BM25. A length of 0 counts as 1, so that K is
    above 0. Nobody may change it.
    """
    return array("d", [k1 * (1.0 - b + b * max(1, length) / average) for length in SMALLEST])


@dataclass(frozen=True, slots=True)
class Reference:
    """weights: by zone; k1, b: of BM25; average: the average document length, in quantised lengths."""

    weights: tuple[float, ...]
    k1: float
    b: float
    average: float

    def lengths(self) -> array[float]:
        """Norm → K."""
        return length_factors(self.k1, self.b, self.average)

    def bounds(self, codebook: Codebook) -> bytearray:
        """Code × 256 + norm → bound byte (see `kernels.encode`), for the inline codes."""
        table = bytearray(256 * INLINE)
        lengths = self.lengths()
        for rank, weight in enumerate(codebook.weighted(self.weights)[:INLINE]):
            for norm, length in enumerate(lengths):
                table[256 * rank + norm] = int(255.0 * (weight / (weight + length))) + 1 if weight else 1
        return table

    def to_dict(self) -> dict[str, Any]:
        """As JSON values."""
        return {**asdict(self), "weights": list(self.weights)}

    @classmethod
    def now(cls, schema: Schema, documents: int, length: int) -> Reference:
        """The setting for a segment that is written now, with so many documents and such a sum of quantised lengths."""
        fields = [schema.fields[name] for name in schema.texts]
        weights = tuple(float(field.weight) for field in fields if isinstance(field, Text))
        return cls(weights, float(schema.k1), float(schema.b), length / documents or 1.0)

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Reference:
        """The inverse of `to_dict`; raises KeyError, TypeError or ValueError for anything else."""
        return cls(tuple(map(float, data["weights"])), float(data["k1"]), float(data["b"]), float(data["average"]))
