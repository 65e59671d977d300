# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""What most queries are, from the text to the ranking without Python in between: words and phrases side by side,
perhaps in one text field, perhaps with a date after them; each word a single term, or a year.

What is found is what the parser, the planner and the searcher find; for any other query they are asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import cython
from cython.cimports.searchkit.kernels.answers import Answer
from cython.cimports.searchkit.kernels.execution import all_by_date, best_of, count_of
from cython.cimports.searchkit.kernels.known_words import KnownWords
from cython.cimports.searchkit.kernels.plain_plans import plan_known_words
from cython.cimports.searchkit.kernels.plain_query import plain_query
from cython.cimports.searchkit.kernels.plain_text import is_year
from cython.cimports.searchkit.kernels.plans import Plan, without_nesting

_FIRST_YEAR = cython.declare(str, "1000")
_LAST_YEAR = cython.declare(str, "2100")


@cython.cclass
class PlainSearch:
    """Searches of one snapshot, which is handed to methods.

    known: its words, for all text fields. known_in: gives those of a snapshot for one field. fields: the names of its
    text fields. parts: its segments. longest, clauses, phrase: how many characters and clauses a query may have,
    and how many words a phrase. date: the name of the primary date, where it is in UTC, or None. years: of a snapshot
    and a year → what stands for its dates (`search.years.dates_of`); None where years are words like others. age: what
    orders documents of equal scores.

    match is None, "all" or "any"; sort None, "date" or "-date": see `search.searcher.answer`.
    """

    def __init__(
        self,
        known: KnownWords,
        known_in: Callable[[Any, str], KnownWords],
        fields: Iterable[str],
        parts: tuple,
        longest: int,
        clauses: int,
        phrase: int,
        date: str | None,
        years: Callable[[Any, str], tuple | None] | None,
        age: Callable[[Any, int], Any],
    ) -> None:
        self._known, self._parts, self._date, self._age = known, parts, date, age
        self._known_in, self._fields, self._years = known_in, frozenset(fields), years
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
        read: tuple
        clause: object
        years: dict = None
        known: KnownWords = self._known
        made: Plan
        if not 0 < len(text) <= self._longest:
            return None
        read = plain_query(text, self._fields, self._date)
        if read is None or len(read[1]) > self._clauses:
            return None
        for clause in read[1]:
            if isinstance(clause, list):
                if len(clause) > self._phrase:
                    return None
            elif self._years is not None and read[0] is None and is_year(clause):
                # Digits of other scripts are left to the grammar.
                if not clause.isascii():
                    return None
                if _FIRST_YEAR <= clause <= _LAST_YEAR:
                    years = {} if years is None else years
                    years[clause] = self._years(snapshot, clause)
        if read[0] is not None:
            known = self._known_in(snapshot, read[0])
        made = plan_known_words(snapshot, known, read[1], read[2], years, any_of_bag, scored)
        if made is not None and read[3] is not None:
            made.root = without_nesting(made.root)
            made.limit(read[3][0], read[3][1])
        return made

    @cython.cfunc
    def _ranked(self, plan: Plan, wanted: cython.Py_ssize_t, sort: object) -> list:
        if sort is None:
            return best_of(plan, self._parts, wanted, None, self._age)
        return all_by_date(plan, self._parts, wanted, sort == "-date", self._age)
