# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Plans for words side by side, or one phrase of them, where each is a term: what the planner makes of the same tree,
without the tree.
"""

from __future__ import annotations

from typing import Any

import cython
from cython.cimports.searchkit.kernels.known_words import KnownWord, KnownWords
from cython.cimports.searchkit.kernels.plans import AllPlan, BooleanPlan, PhrasePlan, Plan, fitting_shift


@cython.ccall
def plan_known_words(
    snapshot: object, known: KnownWords, texts: list, marks: str, any_of_bag: cython.bint, scored: cython.bint
) -> Plan:
    """The plan of words for all text fields; None where one of them is anything but a single term.

    known: the words of the snapshot. marks: as of `plain_text.plain_words`. any_of_bag: whether words without a sign
    are joined by "any" rather than "all". scored: whether the plan is to weigh what matches.
    """
    words: list = known.find(snapshot, texts)
    word: KnownWord
    at: cython.Py_ssize_t
    says_more: cython.bint = False
    default: list = []
    must: list = []
    must_not: list = []
    weights: list = []
    for at in range(len(words)):
        word = words[at]
        if word.key is None:
            return None
        if not word.is_stop and (not marks or marks[at] == " "):
            says_more = True
    known.look_up(snapshot, words, scored)
    for at in range(len(words)):
        word = words[at]
        if not marks or marks[at] == " ":
            # Where other words say more, stop words need not be looked for.
            if word.is_stop and says_more:
                continue
            default.append(word.scored if scored else word.unscored)
        elif marks[at] == "+":
            must.append(word.scored if scored else word.unscored)
        else:
            must_not.append(word.unscored)
            continue
        if scored:
            weights.append(word.weight)
    return Plan(joined(default, must, must_not, any_of_bag), fitting_shift(weights))


@cython.ccall
def plan_known_phrase(snapshot: object, known: KnownWords, texts: list, scored: cython.bint) -> Plan:
    """The plan of a phrase in all text fields; None where one of its words is anything but a single term. Its weight is
    the sum of what the words are worth.
    """
    words: list = known.find(snapshot, texts)
    word: KnownWord
    keys: list = []
    weight: cython.double = 0.0
    for word in words:
        if word.key is None:
            return None
        keys.append(word.key)
    known.look_up(snapshot, words, scored)
    word = words[0]
    if len(words) == 1:
        return Plan(word.scored if scored else word.unscored, fitting_shift([word.weight] if scored else []))
    if not scored:
        return Plan(PhrasePlan(tuple(keys), None, word.mask), fitting_shift([]))
    for word in words:
        weight += word.weight
    return Plan(PhrasePlan(tuple(keys), weight, word.mask), fitting_shift([weight]))


@cython.ccall
def joined(default: list, must: list, must_not: list, any_of_bag: cython.bint) -> Any:
    """The plan of clauses by how they count; None where there is none."""
    should: list = []
    if not default and not must and not must_not:
        return None
    if any_of_bag:
        should = default
    else:
        must = must + default
    if not must and not should:
        must = [AllPlan()]
    if not must_not and len(must) + len(should) == 1:
        return (must or should)[0]
    return BooleanPlan(must, should, must_not)
