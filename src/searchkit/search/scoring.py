"""The parameters of BM25F for a snapshot, and the bounds that follow from them.

A term's part in a document's score is idf * w / (w + K): w the sum over zones of weight * frequency, K = k1 (1 - b + b
length / average), idf = ln(1 + (N - n + 0.5) / (n + 0.5)) for a term that n of N documents have. Sources: Robertson and
Zaragoza, "The probabilistic relevance framework: BM25 and beyond", 2009, for the sum over zones; the idf is that of
Lucene, never negative.

In the index all of this is done in integers: an idf times its boost in units of 2**-shift, a saturation w / (w + K) in
units of 2**-32.
"""

from __future__ import annotations

from array import array
from functools import cached_property
from math import log
from typing import TYPE_CHECKING

from searchkit.errors import QueryError
from searchkit.kernels.state import fill_bounds
from searchkit.schema import Schema, Text
from searchkit.segment.reference import Reference, length_factors

if TYPE_CHECKING:
    from searchkit.query.ranking import Ranking

__all__ = ["Scoring", "idf"]

_ONE = 1 << 32


def idf(documents: int, frequency: int) -> float:
    """How much a term says that `frequency` of `documents` documents have."""
    return log(1 + (documents - frequency + 0.5) / (frequency + 0.5))


class Scoring:
    """documents: live ones in the index; length: the sum of their quantised lengths.

    weights: by zone; k1, b: of BM25: those of the schema.
    """

    def __init__(self, schema: Schema, documents: int, length: int) -> None:
        fields = [schema.fields[name] for name in schema.texts]
        self.weights = tuple(float(field.weight) for field in fields if isinstance(field, Text))
        self.k1, self.b = float(schema.k1), float(schema.b)
        self.documents, self.length = documents, length
        self.average = length / documents if documents and length else 1.0
        self._analyses = [field.analysis for field in fields if isinstance(field, Text)]

    @property
    def setting(self) -> tuple[tuple[float, ...], float, float]:
        """What a search may choose: the weights, k1 and b."""
        return self.weights, self.k1, self.b

    def adjusted(self, ranking: Ranking, schema: Schema) -> Scoring:
        """The same statistics, the parameters of a ranking. Raises `QueryError` for a field that is no text field."""
        for name in ranking.weights:
            if name not in schema.texts:
                near = schema.nearest(name)
                hint = f"; did you mean {near!r}?" if near in schema.texts and near != name else ""
                raise QueryError(f"a weight for {name!r}, which is no text field{hint}")
        made = object.__new__(Scoring)
        made.__dict__.update(self.__dict__)
        made.__dict__.pop("lengths", None)
        pairs = zip(schema.texts, self.weights, strict=True)
        made.weights = tuple(float(ranking.weights.get(name, weight)) for name, weight in pairs)
        made.k1 = self.k1 if ranking.k1 is None else float(ranking.k1)
        made.b = self.b if ranking.b is None else float(ranking.b)
        return made

    @cached_property
    def lengths(self) -> array[float]:
        """Norm → K."""
        return length_factors(self.k1, self.b, self.average)

    @cached_property
    def masks(self) -> tuple[int, ...]:
        """The choices of zones that a query can make, as bits: all, each one, all of one analysis."""
        zones = range(len(self.weights))
        groups = [sum(1 << zone for zone in zones if self._analyses[zone] == analysis) for analysis in self._analyses]
        return tuple(dict.fromkeys([sum(1 << zone for zone in zones), *(1 << zone for zone in zones), *groups]))

    def bounds(self, reference: Reference) -> tuple[array[int], array[int]]:
        """For bytes of a segment's bounds what the saturation is at most now, and for those of `tops` what it is at
        least, in 1/2**32.

        g = x / (1 + x) with x = w / K, so that x grows at most by the largest ratio of weights over the smallest ratio
        of K, and at least by the smallest over the largest.
        """
        least, most = self._growth(reference)
        made = array("I", bytes(4 * 256)), array("I", bytes(4 * 256))
        fill_bounds(most * (1 + 1e-9), least * (1 - 1e-9), *made)
        return made

    def _growth(self, reference: Reference) -> tuple[float, float]:
        """By what factor w / K has grown since the reference was taken: at least, and at most."""
        lengths = list(map(float.__truediv__, self.lengths, reference.lengths()))
        weights = [_ratio(new, old) for new, old in zip(self.weights, reference.weights, strict=False)]
        return min(weights) / max(lengths), max(weights) / min(lengths)


def _ratio(new: float, old: float) -> float:
    if old:
        return new / old
    return float(_ONE) if new else 1.0
