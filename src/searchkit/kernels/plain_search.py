# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""What most queries are, from the text to the ranking without Python in between: words and phrases side by side,
perhaps with a date after them; each word a single term.

What is found is what the parser, the planner and the searcher find; for any other query they are asked.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import cython
from cython.cimports.searchkit.kernels.answers import Answer
from cython.cimports.searchkit.kernels.execution import all_by_date, best_of, count_of
from cython.cimports.searchkit.kernels.known_words import KnownWords
from cython.cimports.searchkit.kernels.plain_dates import dated
from cython.cimports.searchkit.kernels.plain_plans import plan_known_words
from cython.cimports.searchkit.kernels.plain_text import plain_clauses
from cython.cimports.searchkit.kernels.plans import Plan


@cython.cclass
class PlainSearch:
    """Searches of one snapshot, which is handed to methods.

    known: its words. parts: its segments. longest, clauses, phrase: how many characters and clauses a query may have,
    and how many words a phrase. date: the name of the primary date, where it is in UTC, or None. age: what orders
    documents of equal scores.

    match is None, "all" or "any"; sort None, "date" or "-date": see `search.searcher.answer`.
    """

    def __init__(
        self,
        known: KnownWords,
        parts: tuple,
        longest: int,
        clauses: int,
        phrase: int,
        date: str | None,
        age: Callable[[Any, int], Any],
    ) -> None:
        self._known, self._parts, self._date, self._age = known, parts, date, age
        self._longest, self._clauses, self._phrase = longest, clauses, phrase

    @cython.ccall
    def search(self, snapshot: object, text: str, match: object, wanted: cython.Py_ssize_t, sort: object) -> Answer:
        """The first `wanted` documents, at least one; None for a query of another kind."""
        plan: Plan = self.plan(snapshot, text, match == "any", True)
        looser: Plan
        ranked: list
        partial: cython.bint = False
        if plan is None:
            return None
        ranked = self._ranked(plan, wanted, sort)
        if match is None and not ranked:
            looser = self.plan(snapshot, text, True, True)
            if looser != plan:
                plan = looser
                ranked = self._ranked(plan, wanted, sort)
                partial = len(ranked) > 0
        return Answer(ranked, plan, partial, self._parts)

    @cython.ccall
    def count(self, snapshot: object, text: str, match: object) -> object:
        """How many documents match; None for a query of another kind."""
        plan: Plan = self.plan(snapshot, text, match == "any", False)
        looser: Plan
        total: cython.ulonglong
        if plan is None:
            return None
        total = count_of(plan, self._parts)
        if match is None and not total:
            looser = self.plan(snapshot, text, True, False)
            if looser != plan:
                total = count_of(looser, self._parts)
        return total

    @cython.ccall
    def plan(self, snapshot: object, text: str, any_of_bag: cython.bint, scored: cython.bint) -> Plan:
        """The plan of a text; None for one of another kind."""
        found: tuple
        clause: object
        interval: tuple = None
        colon: cython.Py_ssize_t
        space: cython.Py_ssize_t
        made: Plan
        if not 0 < len(text) <= self._longest:
            return None
        colon = text.find(":")
        if colon >= 0:
            space = text.rfind(" ", 0, colon)
            if self._date is None or space < 1 or text[space + 1 : colon] != self._date:
                return None
            interval = dated(text[colon + 1 :])
            if interval is None:
                return None
            text = text[:space]
        found = plain_clauses(text)
        if found is None or len(found[0]) > self._clauses:
            return None
        for clause in found[0]:
            if isinstance(clause, list) and len(clause) > self._phrase:
                return None
        made = plan_known_words(snapshot, self._known, found[0], found[1], any_of_bag, scored)
        if made is not None and interval is not None:
            made.limit(interval[0], interval[1])
        return made

    @cython.cfunc
    def _ranked(self, plan: Plan, wanted: cython.Py_ssize_t, sort: object) -> list:
        if sort is None:
            return best_of(plan, self._parts, wanted, None, self._age)
        return all_by_date(plan, self._parts, wanted, sort == "-date", self._age)
