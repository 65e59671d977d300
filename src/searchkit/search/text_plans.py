"""Plans for pieces of text in text fields."""

from __future__ import annotations

from searchkit.analysis import Analyzer, QueryToken
from searchkit.deadlines import check
from searchkit.limits import Limits
from searchkit.query.nodes import Fuzzy, Phrase, Prefix, Regex, Wildcard, Word
from searchkit.search.cuts import Cut
from searchkit.search.masks import masks_by_analyzer
from searchkit.search.plan import AnyPlan, BooleanPlan, PhrasePlan, Planned, PlanNode, TermPlan
from searchkit.search.scoring import idf
from searchkit.search.snapshot import Snapshot

__all__ = ["Textual", "plan_text", "plan_words", "query_tokens", "rarity"]

Textual = Word | Phrase | Prefix | Wildcard | Regex | Fuzzy
"""A node that is a piece of text."""


def query_tokens(analyzer: Analyzer, node: Word | Phrase | Prefix) -> list[QueryToken]:
    """The tokens of a piece of a query; the last one of a `Prefix` stands for all words that start so."""
    return analyzer.query_tokens(node.text, prefix=isinstance(node, Prefix))


def plan_text(snapshot: Snapshot, node: Textual, boost: float | None, limits: Limits) -> Planned:
    """The plan of a piece of text, None where it has no token; the weights of its leaves; and what a limit left out.

    boost: what the weights are multiplied by; None where nothing is to score.
    """
    # Not the node itself, whose hash would be computed by Python each time.
    kind = type(node) if type(node) is not Fuzzy else node
    key = (kind, node.text, node.field, boost, limits.prefix_expansions, node.slop if kind is Phrase else 0)  # type: ignore[union-attr]
    known = snapshot.memo.get(key)
    if known is None:
        check()
        known = _planned(snapshot, node, boost, limits)
        snapshot.remember(key, known)
    return known  # type: ignore[return-value]


def _planned(snapshot: Snapshot, node: Textual, boost: float | None, limits: Limits) -> Planned:
    if isinstance(node, Word | Phrase | Prefix):
        return _plan_text(snapshot, node, boost, limits)
    from searchkit.search.pattern_plans import plan_pattern  # searching starts sooner without automata

    return plan_pattern(snapshot, node, boost, limits)


def _plan_text(snapshot: Snapshot, node: Word | Phrase | Prefix, boost: float | None, limits: Limits) -> Planned:
    plans: list[PlanNode] = []
    weights: list[float] = []
    cut: Cut | None = None
    for analyzer, mask in masks_by_analyzer(snapshot, node.field).items():
        plan, weight, left_out = _plan_by(snapshot, analyzer, node, boost, mask, limits)
        cut = cut or left_out
        if plan is not None:
            plans.append(plan)
        if weight is not None:
            weights.append(weight)
    if not plans:
        return None, [], None
    return plans[0] if len(plans) == 1 else BooleanPlan(should=plans), weights, cut


def _plan_by(
    snapshot: Snapshot,
    analyzer: Analyzer,
    node: Word | Phrase | Prefix,
    boost: float | None,
    mask: int,
    limits: Limits,
) -> tuple[PlanNode | None, float | None, Cut | None]:
    """The plan for the fields of one analyzer, its weight, and what a limit left out."""
    if isinstance(node, Word):
        # The short way for what most queries are made of.
        terms = analyzer.plain_query_terms(node.text)
        if terms is not None and len(terms) == 1 <= limits.phrase_tokens:
            key = terms[0].encode()
            weight = None if boost is None else boost * rarity(snapshot, (key,))
            return TermPlan(key, weight, mask), weight, None
    phrase, cut = plan_words(snapshot, analyzer, node, limits)
    if phrase is None:
        return None, None, cut
    return *_weighed(snapshot, phrase, boost, mask, node.slop if isinstance(node, Phrase) else 0), cut


def plan_words(
    snapshot: Snapshot, analyzer: Analyzer, node: Word | Phrase | Prefix, limits: Limits
) -> tuple[PhrasePlan | None, Cut | None]:
    """The words of a piece of text, None where it has none, without weights; and what a limit left out."""
    plain = None if isinstance(node, Prefix) else analyzer.plain_query_terms(node.text)
    if plain is not None and len(plain) <= limits.phrase_tokens:
        return PhrasePlan(tuple(map(str.encode, plain)), None), None
    tokens = query_tokens(analyzer, node)
    cut: Cut | None = None
    if len(tokens) > limits.phrase_tokens:
        cut = Cut(node, len(tokens), limits.phrase_tokens, "phrase_tokens")
        del tokens[limits.phrase_tokens :]
    if not tokens:
        return None, cut
    ends: tuple[bytes, ...] | None = None
    if tokens[-1].prefix:
        from searchkit.search.expansions import expand_prefix  # searching starts sooner without automata
        from searchkit.search.pattern_plans import cut_of

        expansion = expand_prefix(snapshot, tokens.pop().form, limits)
        ends = expansion.keys
        cut = cut or cut_of(Prefix(node.text, node.field), expansion)
    keys = tuple(token.term.encode("utf-8", "surrogatepass") for token in tokens)
    return PhrasePlan(keys, None, alternatives=ends), cut


def rarity(snapshot: Snapshot, keys: tuple[bytes, ...]) -> float:
    """The sum of idf of the words of a phrase; one that is the beginning of many has no key, and counts nothing."""
    total, documents = 0.0, len(snapshot)
    snapshot.expect(keys)
    for key in keys:
        total += idf(documents, snapshot.frequency(key))
    return total


def _weighed(
    snapshot: Snapshot, phrase: PhrasePlan, boost: float | None, mask: int, slop: int
) -> tuple[PlanNode, float | None]:
    if not phrase.keys and phrase.alternatives is not None:
        return AnyPlan(phrase.alternatives, boost, mask), boost
    weight = None if boost is None else boost * rarity(snapshot, phrase.keys)
    if phrase.length == 1:
        return TermPlan(phrase.keys[0], weight, mask), weight
    return PhrasePlan(phrase.keys, weight, mask, phrase.alternatives, slop), weight
