"""Plans for words that stand for others: wildcards, regular expressions and fuzzy words in text fields."""

from __future__ import annotations

from searchkit.limits import Limits
from searchkit.query.nodes import Fuzzy, Prefix, Regex, Wildcard
from searchkit.search.cuts import Cut
from searchkit.search.expansions import Expansion, expand
from searchkit.search.plan import AnyPlan, BooleanPlan, Planned, PlanNode, TermPlan
from searchkit.search.scoring import idf
from searchkit.search.snapshot import Snapshot

__all__ = ["cut_of", "plan_pattern"]


def plan_pattern(snapshot: Snapshot, node: Wildcard | Regex | Fuzzy, boost: float | None, limits: Limits) -> Planned:
    """The plan of a pattern, None where nothing of it is left when folded."""
    schema = snapshot.schema
    zones = range(len(schema.texts)) if node.field is None else [schema.texts.index(node.field)]
    mask = snapshot.scoring.masks.index(sum(1 << zone for zone in zones))
    found = expand(snapshot, node, limits)
    if found.empty:
        return None, [], None
    cut = cut_of(node, found)
    if not isinstance(node, Fuzzy):
        return AnyPlan(found.keys, boost, mask), [] if boost is None else [boost], cut
    if boost is None or not found.keys:
        return AnyPlan(found.keys, None, mask), [], cut
    weights = weights_of(snapshot, found, boost)
    terms: list[PlanNode] = [TermPlan(key, weight, mask) for key, weight in zip(found.keys, weights, strict=True)]
    return terms[0] if len(terms) == 1 else BooleanPlan(should=terms), weights, cut


def weights_of(snapshot: Snapshot, found: Expansion, boost: float) -> list[float]:
    """What each term of a fuzzy word is worth: half for each edit, and all as rare as the most frequent of them.

    So a misspelling that few documents have does not count for more than the word that was meant.
    """
    commonest = max(snapshot.frequency(key) for key in found.keys)
    rarity = idf(len(snapshot), commonest)
    return [boost * 0.5**distance * rarity for distance in found.distances]


def cut_of(node: Prefix | Wildcard | Regex | Fuzzy, found: Expansion) -> Cut | None:
    """What a limit left out of an expansion."""
    if found.total <= len(found.keys):
        return None
    limit = "fuzzy_expansions" if isinstance(node, Fuzzy) else "prefix_expansions"
    return Cut(node, found.total, len(found.keys), limit)
