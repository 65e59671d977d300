# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Plans for words and phrases side by side, where each word is a term: what the planner makes of the same tree, without
the tree.
"""

from __future__ import annotations

from typing import Any

import cython
from cython.cimports.searchkit.kernels.known_words import KnownWord, KnownWords
from cython.cimports.searchkit.kernels.plans import AllPlan, BooleanPlan, PhrasePlan, Plan, fitting_shift


@cython.ccall
def plan_known_words(
    snapshot: object,
    known: KnownWords,
    clauses: list,
    marks: str,
    years: dict | None,
    any_of_bag: cython.bint,
    scored: cython.bint,
) -> Plan:
    """The plan of words and phrases; None where a word is anything but a single term.

    known: the words of the snapshot. clauses, marks: as of `plain_text.plain_clauses`. years: of each word that is a
    year, what `search.years.dates_of` gives for it, which stands beside it unless it is prohibited; None where no word
    is one.
    any_of_bag: whether clauses without a sign are joined by "any" rather than "all". scored: whether the plan is to
    weigh what matches.
    """
    words: list = known.find(snapshot, _words_of(clauses))
    word: KnownWord
    at: cython.Py_ssize_t
    place: cython.Py_ssize_t = 0
    length: cython.Py_ssize_t
    is_default: cython.bint
    scoring: cython.bint
    says_more: cython.bint = False
    default: list = []
    must: list = []
    must_not: list = []
    weights: list = []
    for word in words:
        if word.key is None:
            return None
    known.look_up(snapshot, words, scored)
    for at in range(len(clauses)):
        if not marks or marks[at] == " ":
            says_more = says_more or isinstance(clauses[at], list) or not cython.cast(KnownWord, words[place]).is_stop
        place += _length_of(clauses[at])
    place = 0
    for at in range(len(clauses)):
        length = _length_of(clauses[at])
        word = words[place]
        is_default = not marks or marks[at] == " "
        scoring = scored and (is_default or marks[at] == "+")
        place += length
        # Where other clauses say more, stop words need not be looked for.
        if is_default and word.is_stop and says_more and not isinstance(clauses[at], list):
            continue
        plan: object = word.scored if scoring else word.unscored
        weight: cython.double = word.weight
        if length > 1:
            phrase: list = words[place - length : place]
            weight = _weight_of(phrase)
            keys: tuple = tuple([cython.cast(KnownWord, one).key for one in phrase])
            plan = PhrasePlan(keys, weight if scoring else None, word.mask)
        if scoring:
            weights.append(weight)
        if years is not None and (is_default or marks[at] == "+"):
            dates: tuple = years.get(clauses[at]) if isinstance(clauses[at], str) else None
            if dates is not None:
                plan = BooleanPlan([], [plan, dates[0] if scoring else dates[1]], [])
                if scoring:
                    weights.append(dates[2])
        if is_default:
            default.append(plan)
        elif marks[at] == "+":
            must.append(plan)
        else:
            must_not.append(plan)
    return Plan(joined(default, must, must_not, any_of_bag), fitting_shift(weights))


@cython.cfunc
def _words_of(clauses: list) -> list:
    """The words of all clauses, one after the other."""
    found: list = []
    clause: object
    for clause in clauses:
        if isinstance(clause, list):
            found.extend(clause)
        else:
            found.append(clause)
    return found


@cython.cfunc
@cython.exceptval(check=False)
def _length_of(clause: object) -> cython.Py_ssize_t:
    """How many words a clause has."""
    return len(cython.cast(list, clause)) if isinstance(clause, list) else 1


@cython.cfunc
@cython.exceptval(check=False)
def _weight_of(words: list) -> cython.double:
    """What a phrase is worth: the sum of what its words are."""
    word: KnownWord
    weight: cython.double = 0.0
    for word in words:
        weight += word.weight
    return weight


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
