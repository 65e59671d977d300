"""Explains a score: runs every part of the plan on the one document, and works the arithmetic of words out again.

Each part's units are what the search itself gives for it. The arithmetic beside them rests on the tokens of the stored
texts, and is shown where it comes to the same number.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from math import ldexp
from typing import Any

from searchkit.kernels.execution import Execution
from searchkit.kernels.plans import quantised
from searchkit.schema import Text
from searchkit.search.explanation import Explanation
from searchkit.search.parts import SegmentPart
from searchkit.search.plan import (
    AllPlan,
    AnyPlan,
    BooleanPlan,
    NearPlan,
    PhrasePlan,
    Plan,
    PlanNode,
    SlicePlan,
    TermPlan,
)
from searchkit.search.proximity import pair_frequency, same_before, sloppy_frequency
from searchkit.search.scoring import idf
from searchkit.search.snapshot import Snapshot
from searchkit.segment.lengths import SMALLEST

__all__ = ["explain"]


def explain(snapshot: Snapshot, plan: Plan, part: SegmentPart, document: int) -> Explanation | None:
    """Why a document of a segment scores what it does; None where it does not match.

    part: of the snapshot, or of the one under the same ranking.
    """
    if plan.root is None:
        return None
    return _Explainer(snapshot, plan, part, document).whole(plan.root)


class _Explainer:
    def __init__(self, snapshot: Snapshot, plan: Plan, part: SegmentPart, document: int) -> None:
        self._snapshot, self._plan, self._part, self._document = snapshot, plan, part, document
        self._scale = ldexp(1.0, -plan.shift)

    def whole(self, root: PlanNode) -> Explanation | None:
        """The explanation of the root, of a document within the plan's dates."""
        run = Execution(self._plan, self._part)
        return self.of(root) if run.low <= self._document < run.high else None

    def of(self, node: PlanNode) -> Explanation | None:
        """The explanation of a part of the plan; None where the document does not have it."""
        units = self._units(node)
        if units is None:
            return None
        if isinstance(node, BooleanPlan):
            parts = [found for child in (*node.must, *node.should) if (found := self.of(child)) is not None]
            scored = tuple(found for found in parts if found.units)
            return Explanation("all of" if node.must else "any of", units, self._scale, parts=scored)
        return Explanation(self._named(node), units, self._scale, self._details(node, units))

    def _units(self, node: PlanNode) -> int | None:
        run = Execution(Plan(node, self._plan.shift), self._part)
        found = run.in_order(1, self._document, self._document + 1, False)
        return found[0][0] if found else None

    def _named(self, node: PlanNode) -> str:
        if isinstance(node, TermPlan | PhrasePlan | NearPlan) and node.weight is not None:
            return _kind(node) + self._within(node.mask)
        if isinstance(node, AnyPlan) and node.weight is not None:
            return f"one of {len(node.keys)} words{self._within(node.mask)}"
        if isinstance(node, SlicePlan) and node.weight is not None:
            return "dated as asked"
        if isinstance(node, AllPlan) and node.weight is not None:
            return "a constant score"
        return "a condition"

    def _within(self, mask: int) -> str:
        return f" in {', '.join(self._zones(mask))}" if mask else ""

    def _zones(self, mask: int) -> list[str]:
        bits = self._snapshot.scoring.masks[mask]
        return [name for zone, name in enumerate(self._snapshot.schema.texts) if bits >> zone & 1]

    def _details(self, node: PlanNode, units: int) -> dict[str, Any]:
        """What the units of a word or phrase are made of; nothing for other parts."""
        if not isinstance(node, TermPlan | PhrasePlan | NearPlan) or not node.weight:
            return {}
        scoring = self._snapshot.scoring
        rarity = sum(idf(len(self._snapshot), self._snapshot.frequency(key)) for key in _keys(node))
        frequencies = {name: self._occurrences(node, name) for name in self._zones(node.mask)}
        w = 0.0
        for weight, name in zip(scoring.weights, self._snapshot.schema.texts, strict=True):
            w += weight * frequencies.get(name, 0)
        norm = self._part.segment.norms[self._document]
        k = scoring.lengths[norm]
        saturation = w / (w + k)
        gain = min((1 << 32) - 1, int(4294967296.0 * saturation))
        if (quantised(self._plan.shift, node.weight) * gain >> 32) + 1 != units or not rarity:
            return {}
        return {
            "boost": round(node.weight / rarity, 12),
            "idf": rarity,
            "frequencies": frequencies,
            "w": w,
            "length": SMALLEST[norm],
            "average": scoring.average,
            "k": k,
            "saturation": saturation,
        }

    def _occurrences(self, node: TermPlan | PhrasePlan | NearPlan, field: str) -> int:
        terms = self._terms[field]
        if isinstance(node, TermPlan):
            return terms.count(node.key)
        if isinstance(node, PhrasePlan):
            return _count(terms, node)
        left, right = node.left, node.right
        return pair_frequency(_starts(terms, left), left.length, _starts(terms, right), right.length, node.distance)

    @cached_property
    def _terms(self) -> dict[str, list[bytes]]:
        """Text field → the terms of the document's text there, in order."""
        stored = self._part.segment.fields(self._document)
        found = {}
        for name, kind in self._snapshot.schema.fields.items():
            if isinstance(kind, Text):
                tokens = self._snapshot.analyzer(name).tokens(stored.get(name) or "")
                found[name] = [token.term.encode("utf-8", "surrogatepass") for token in tokens]
        return found


def _keys(node: TermPlan | PhrasePlan | NearPlan) -> tuple[bytes, ...]:
    if isinstance(node, TermPlan):
        return (node.key,)
    return node.keys if isinstance(node, PhrasePlan) else node.left.keys + node.right.keys


def _kind(node: TermPlan | PhrasePlan | NearPlan) -> str:
    if isinstance(node, TermPlan):
        return f"word {_decoded(node.key)}"
    if isinstance(node, NearPlan):
        return f"{_quoted(node.left)} NEAR/{node.distance} {_quoted(node.right)}"
    return f"phrase {_quoted(node)}" + (f"~{node.slop}" if node.slop else "")


def _quoted(phrase: PhrasePlan) -> str:
    words = " ".join([*map(_decoded, phrase.keys), *(["…"] if phrase.alternatives is not None else [])])
    return f'"{words}"'


def _decoded(key: bytes) -> str:
    return key.decode("utf-8", "surrogatepass")


def _places(phrase: PhrasePlan) -> list[tuple[bytes, ...]]:
    """For each word of a phrase the terms that it may be."""
    return [(key,) for key in phrase.keys] + ([] if phrase.alternatives is None else [phrase.alternatives])


def _count(terms: Sequence[bytes], phrase: PhrasePlan) -> int:
    """How often a text has a phrase."""
    if not phrase.slop:
        return len(_starts(terms, phrase))
    places = _places(phrase)
    words = [[at for at, term in enumerate(terms) if term in any_of] for any_of in places]
    return sloppy_frequency(words, same_before([*phrase.keys, *places[len(phrase.keys) :]]), phrase.slop)


def _starts(terms: Sequence[bytes], phrase: PhrasePlan) -> list[int]:
    """Where the words of a phrase stand in a row, each one of those that may stand at its place."""
    places = _places(phrase)
    starts = range(len(terms) - len(places) + 1)
    return [start for start in starts if all(terms[start + at] in any_of for at, any_of in enumerate(places))]
