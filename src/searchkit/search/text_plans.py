"""Plans for pieces of text in text fields."""

from __future__ import annotations

from collections.abc import Sequence

from searchkit.analysis import Analyzer, QueryToken, is_acronym
from searchkit.limits import Limits
from searchkit.query.nodes import Fuzzy, Node, Phrase, Prefix, Regex, Wildcard, Word
from searchkit.search.cuts import Cut
from searchkit.search.expansions import expand_prefix
from searchkit.search.pattern_plans import Planned, cut_of, plan_pattern
from searchkit.search.plan import AnyPlan, BooleanPlan, PhrasePlan, PlanNode, TermPlan
from searchkit.search.scoring import idf
from searchkit.search.snapshot import Snapshot

__all__ = ["Textual", "is_stop_word", "plan_text", "query_tokens"]

Textual = Word | Phrase | Prefix | Wildcard | Regex | Fuzzy
"""A node that is a piece of text."""


def query_tokens(analyzer: Analyzer, node: Word | Phrase | Prefix) -> list[QueryToken]:
    """The tokens of a piece of a query; the last one of a `Prefix` stands for all words that start so."""
    return analyzer.query_tokens(node.text, prefix=isinstance(node, Prefix))


def is_stop_word(snapshot: Snapshot, node: Node) -> bool:
    """Whether a node is a word for all text fields that is a stop word in all of their languages."""
    if not isinstance(node, Word) or node.field is not None:
        return False
    key = ("stop", node.text)
    known = snapshot.memo.get(key)
    if known is None:
        known = _is_stop_word(snapshot, node)
        snapshot.remember(key, known)
    return bool(known)


def _is_stop_word(snapshot: Snapshot, node: Word) -> bool:
    if is_acronym(node.text):
        return False
    for analyzer in set(map(snapshot.analyzer, snapshot.schema.texts)):
        tokens = analyzer.query_tokens(node.text)
        if len(tokens) != 1 or not analyzer.is_stop_word(tokens[0].form):
            return False
    return True


def plan_text(snapshot: Snapshot, node: Textual, boost: float | None, limits: Limits) -> Planned:
    """The plan of a piece of text, None where it has no token; the weights of its leaves; and what a limit left out.

    boost: what the weights are multiplied by; None where nothing is to score.
    """
    # Not the node itself, whose hash would be computed by Python each time.
    kind = type(node) if type(node) is not Fuzzy else node
    key = (kind, node.text, node.field, boost, limits.prefix_expansions)
    known = snapshot.memo.get(key)
    if known is None:
        known = _planned(snapshot, node, boost, limits)
        snapshot.remember(key, known)
    return known  # type: ignore[return-value]


def _planned(snapshot: Snapshot, node: Textual, boost: float | None, limits: Limits) -> Planned:
    if isinstance(node, Word | Phrase | Prefix):
        return _plan_text(snapshot, node, boost, limits)
    return plan_pattern(snapshot, node, boost, limits)


def _plan_text(snapshot: Snapshot, node: Word | Phrase | Prefix, boost: float | None, limits: Limits) -> Planned:
    schema = snapshot.schema
    zones = range(len(schema.texts)) if node.field is None else [schema.texts.index(node.field)]
    groups: dict[Analyzer, int] = {}
    for zone in zones:
        analyzer = snapshot.analyzer(schema.texts[zone])
        groups[analyzer] = groups.get(analyzer, 0) | 1 << zone
    plans: list[PlanNode] = []
    weights: list[float] = []
    cut: Cut | None = None
    for analyzer, bits in groups.items():
        tokens = query_tokens(analyzer, node)
        if len(tokens) > limits.phrase_tokens:
            cut = Cut(node, len(tokens), limits.phrase_tokens, "phrase_tokens")
            del tokens[limits.phrase_tokens :]
        if tokens:
            mask = snapshot.scoring.masks.index(bits)
            ends = expand_prefix(snapshot, tokens[-1].form, limits) if tokens[-1].prefix else None
            if ends is not None and cut is None:
                cut = cut_of(Prefix(node.text, node.field), ends)
            plan, weight = _plan_tokens(snapshot, tokens, boost, mask, None if ends is None else ends.keys)
            plans.append(plan)
            if weight is not None:
                weights.append(weight)
    if not plans:
        return None, [], None
    return plans[0] if len(plans) == 1 else BooleanPlan(should=plans), weights, cut


def _plan_tokens(
    snapshot: Snapshot, tokens: Sequence[QueryToken], boost: float | None, mask: int, ends: tuple[bytes, ...] | None
) -> tuple[PlanNode, float | None]:
    """ends: the terms that the last token stands for, or None where it is no prefix."""
    if ends is not None and len(tokens) == 1:
        return AnyPlan(ends, boost, mask), boost
    documents = len(snapshot)
    total = 0.0
    keys = []
    for token in tokens if ends is None else tokens[:-1]:
        key = token.term.encode("utf-8", "surrogatepass")
        if boost is not None:
            total += idf(documents, snapshot.frequency(key))
        keys.append(key)
    weight = None if boost is None else boost * total
    if len(tokens) == 1:
        return TermPlan(keys[0], weight, mask), weight
    return PhrasePlan(tuple(keys), weight, mask, ends), weight
