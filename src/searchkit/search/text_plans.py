"""Plans for words, phrases and prefixes in text fields."""

from __future__ import annotations

from collections.abc import Sequence

from searchkit.analysis import Analyzer, QueryToken, is_acronym
from searchkit.limits import Limits
from searchkit.query.nodes import Node, Phrase, Prefix, Word
from searchkit.search.plan import AnyPlan, BooleanPlan, PhrasePlan, PlanNode, TermPlan
from searchkit.search.scoring import idf
from searchkit.search.snapshot import Snapshot

__all__ = ["expansion", "is_stop_word", "plan_text", "query_tokens"]


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
    for name in snapshot.schema.texts:
        analyzer = snapshot.analyzer(name)
        tokens = analyzer.query_tokens(node.text)
        if len(tokens) != 1 or not analyzer.is_stop_word(tokens[0].form):
            return False
    return True


def expansion(snapshot: Snapshot, prefix: str, limits: Limits) -> tuple[bytes, ...]:
    """The terms of all forms that start so; where they are too many, the most frequent."""
    found = sorted(snapshot.expand(prefix))
    if len(found) > limits.prefix_expansions:
        found.sort(key=snapshot.frequency, reverse=True)
        del found[limits.prefix_expansions :]
    return tuple(found)


def plan_text(
    snapshot: Snapshot, node: Word | Phrase | Prefix, boost: float | None, limits: Limits
) -> tuple[PlanNode | None, list[float]]:
    """The plan of a piece of text, None where it has no token; and the weights of its leaves.

    boost: what the weights are multiplied by; None where nothing is to score.
    """
    # Not the node itself, whose hash would be computed by Python each time.
    key = (type(node), node.text, node.field, boost, limits.prefix_expansions)
    known = snapshot.memo.get(key)
    if known is None:
        known = _plan_text(snapshot, node, boost, limits)
        snapshot.remember(key, known)
    return known  # type: ignore[return-value]


def _plan_text(
    snapshot: Snapshot, node: Word | Phrase | Prefix, boost: float | None, limits: Limits
) -> tuple[PlanNode | None, list[float]]:
    schema = snapshot.schema
    zones = range(len(schema.texts)) if node.field is None else [schema.texts.index(node.field)]
    groups: dict[Analyzer, int] = {}
    for zone in zones:
        analyzer = snapshot.analyzer(schema.texts[zone])
        groups[analyzer] = groups.get(analyzer, 0) | 1 << zone
    plans: list[PlanNode] = []
    weights: list[float] = []
    for analyzer, bits in groups.items():
        tokens = query_tokens(analyzer, node)
        if tokens:
            mask = snapshot.scoring.masks.index(bits)
            plan, weight = _plan_tokens(snapshot, tokens, boost, mask, limits)
            plans.append(plan)
            if weight is not None:
                weights.append(weight)
    if not plans:
        return None, []
    return plans[0] if len(plans) == 1 else BooleanPlan(should=plans), weights


def _plan_tokens(
    snapshot: Snapshot, tokens: Sequence[QueryToken], boost: float | None, mask: int, limits: Limits
) -> tuple[PlanNode, float | None]:
    if len(tokens) == 1 and tokens[0].prefix:
        return AnyPlan(expansion(snapshot, tokens[0].form, limits), boost, mask), boost
    documents = len(snapshot)
    total = 0.0
    keys = []
    ends = None
    for token in tokens:
        if token.prefix:
            ends = expansion(snapshot, token.form, limits)
            continue
        key = token.term.encode("utf-8", "surrogatepass")
        if boost is not None:
            total += idf(documents, snapshot.frequency(key))
        keys.append(key)
    weight = None if boost is None else boost * total
    if len(tokens) == 1:
        return TermPlan(keys[0], weight, mask), weight
    return PhrasePlan(tuple(keys), weight, mask, ends), weight
