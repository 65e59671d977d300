"""Plans for words side by side, in one go: what the planner makes of the same bag of words, without its nodes."""

from __future__ import annotations

from collections.abc import Sequence

from searchkit.kernels.known_words import KnownWord
from searchkit.kernels.plain_plans import joined, plan_known_words
from searchkit.kernels.plans import fitting_shift
from searchkit.limits import Limits
from searchkit.query.nodes import Between, Word
from searchkit.search.cuts import Cut
from searchkit.search.known_words import known_words
from searchkit.search.plan import AllPlan, Plan, PlanNode
from searchkit.search.snapshot import Snapshot
from searchkit.search.text_plans import plan_text

__all__ = ["is_plain_within", "plan_plain"]


def is_plain_within(limits: Limits, words: int) -> bool:
    """Whether so many words are surely within the limits, which only the planner names."""
    return words <= limits.query_clauses and limits.query_depth > 0 and limits.phrase_tokens > 0


def plan_plain(
    snapshot: Snapshot,
    texts: Sequence[str],
    marks: str,
    limits: Limits,
    interval: Between | None = None,
    *,
    any_of_bag: bool,
    scored: bool,
) -> Plan:
    """The plan of words for all text fields; other arguments as for `planner.make_plan`.

    marks: the sign of each, as of `PlainWords`. interval: of the primary date, for all of them.
    """
    words = list(texts)
    made: Plan | None = plan_known_words(snapshot, known_words(snapshot), words, marks, None, any_of_bag, scored)
    if made is None:
        made = _plan_each(snapshot, words, marks or " " * len(words), limits, any_of_bag, scored)
    if interval is not None:
        made.root = AllPlan() if made.root is None else made.root
        made.limit(interval.low, interval.high)
    return made


def _plan_each(
    snapshot: Snapshot, texts: list[str], marks: str, limits: Limits, any_of_bag: bool, scored: bool
) -> Plan:
    """The plan of words of which some are anything but a single term."""
    clauses: dict[str, list[PlanNode]] = {mark: [] for mark in " +-"}
    weights: list[float] = []
    cuts: tuple[Cut, ...] = ()
    words: list[KnownWord] = known_words(snapshot).find(snapshot, texts)
    given = list(zip(texts, marks, words, strict=True))
    if any(word.is_stop for word in words) and _says_more(snapshot, given, limits):
        given = [one for one in given if one[1] != " " or not one[2].is_stop]
    for text, mark, _ in given:
        scoring = scored and mark != "-"
        plan, more, cut = plan_text(snapshot, Word(text), 1.0 if scoring else None, limits)
        weights += more
        cuts += () if cut is None else (cut,)
        if plan is not None:
            clauses[mark].append(plan)
    root = joined(clauses[" "], clauses["+"], clauses["-"], any_of_bag)
    return Plan(root, fitting_shift(weights), None, None, cuts)


def _says_more(snapshot: Snapshot, given: Sequence[tuple[str, str, KnownWord]], limits: Limits) -> bool:
    """Whether a default word that is no stop word looks for something, so that stop words need not be looked for."""
    for text, mark, word in given:
        if mark != " " or word.is_stop:
            continue
        if word.key is not None or plan_text(snapshot, Word(text), None, limits)[0] is not None:
            return True
    return False
