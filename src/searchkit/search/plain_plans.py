"""Plans for words side by side, in one go: what the planner makes of the same bag of words, without its nodes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import compress
from typing import NamedTuple

from searchkit.kernels.known_words import KnownWord, has_stop, plans_of, weights_of
from searchkit.limits import Limits
from searchkit.query.nodes import Between, Occur, Word
from searchkit.search.cuts import Cut
from searchkit.search.known_words import known_words
from searchkit.search.plan import AllPlan, BooleanPlan, Plan, PlanNode
from searchkit.search.scoring import fitting_shift
from searchkit.search.snapshot import Snapshot
from searchkit.search.text_plans import plan_text

__all__ = ["is_plain_within", "plan_plain"]


def is_plain_within(limits: Limits, words: int) -> bool:
    """Whether so many words are surely within the limits, which only the planner names."""
    return words <= limits.query_clauses and limits.query_depth > 0 and limits.phrase_tokens > 0


def plan_plain(
    snapshot: Snapshot,
    texts: Sequence[str],
    occurs: Sequence[Occur],
    limits: Limits,
    interval: Between | None = None,
    *,
    any_of_bag: bool,
    scored: bool,
) -> Plan:
    """The plan of words for all text fields; other arguments as for `planner.make_plan`.

    occurs: how each counts. interval: of the primary date, for all of them.
    """
    words = known_words(snapshot, texts)
    if has_stop(words) and _says_more(snapshot, texts, occurs, words, limits):
        kept = [not word.is_stop or occur is not Occur.DEFAULT for word, occur in zip(words, occurs, strict=True)]
        texts, occurs, words = list(compress(texts, kept)), list(compress(occurs, kept)), list(compress(words, kept))
    snapshot.look_up(words, scored)
    default = plans_of(words, scored) if occurs.count(Occur.DEFAULT) == len(occurs) else None
    if default is not None:
        found = _Found(default, [], [], weights_of(words) if scored else [], ())
    else:
        found = _each(snapshot, texts, occurs, words, limits, scored)
    root = _joined(found.default, found.must, found.must_not, any_of_bag)
    made = Plan(root, fitting_shift(found.weights), None, None, found.cuts)
    if interval is not None:
        made.root = AllPlan() if made.root is None else made.root
        made.limit(interval.low, interval.high)  # type: ignore[arg-type]
    return made


class _Found(NamedTuple):
    """The plans of words by how they count, their weights, and what limits left out."""

    default: list[PlanNode]
    must: list[PlanNode]
    must_not: list[PlanNode]
    weights: list[float]
    cuts: tuple[Cut, ...]


def _each(
    snapshot: Snapshot,
    texts: Sequence[str],
    occurs: Sequence[Occur],
    words: Sequence[KnownWord],
    limits: Limits,
    scored: bool,
) -> _Found:
    default: list[PlanNode] = []
    must: list[PlanNode] = []
    must_not: list[PlanNode] = []
    weights: list[float] = []
    cuts: tuple[Cut, ...] = ()
    for text, occur, word in zip(texts, occurs, words, strict=True):
        scoring = scored and occur is not Occur.PROHIBITED
        plan: PlanNode | None = word.scored if scoring else word.unscored
        if plan is not None:
            if scoring:
                weights.append(word.weight)
        else:
            plan, more, cut = plan_text(snapshot, Word(text), 1.0 if scoring else None, limits)
            weights += more
            cuts += () if cut is None else (cut,)
        if plan is not None:
            (default if occur is Occur.DEFAULT else must if occur is Occur.REQUIRED else must_not).append(plan)
    return _Found(default, must, must_not, weights, cuts)


def _says_more(
    snapshot: Snapshot, texts: Sequence[str], occurs: Sequence[Occur], words: Sequence[KnownWord], limits: Limits
) -> bool:
    """Whether a default word that is no stop word looks for something, so that stop words need not be looked for."""
    for text, occur, word in zip(texts, occurs, words, strict=True):
        if occur is not Occur.DEFAULT or word.is_stop:
            continue
        if word.key is not None or plan_text(snapshot, Word(text), None, limits)[0] is not None:
            return True
    return False


def _joined(
    default: list[PlanNode], must: list[PlanNode], must_not: list[PlanNode], any_of_bag: bool
) -> PlanNode | None:
    if not default and not must and not must_not:
        return None
    should: list[PlanNode] = []
    if any_of_bag:
        should = default
    else:
        must += default
    if not must and not should:
        must = [AllPlan()]
    if not must_not and len(must) + len(should) == 1:
        return (must or should)[0]
    return BooleanPlan(must, should, must_not)
