# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Reads a plain query: words and phrases side by side, all of them perhaps in one text field, as in `title:oil` or
`title:(crude oil)`, and perhaps a date after them, as in `oil date:1987-03`.
"""

from __future__ import annotations

import cython
from cython.cimports.searchkit.kernels.plain_dates import dated
from cython.cimports.searchkit.kernels.plain_text import plain_clauses


@cython.ccall
def plain_query(text: str, fields: frozenset, date: str | None) -> tuple | None:
    """The field (None: all), the clauses and their marks (see `plain_text.plain_clauses`), and the interval of the date
    in microseconds (None: no date); None for a query of another kind.

    fields: the names of text fields. date: the name of the primary date; None where it is not to be read.
    """
    interval: tuple = None
    field: str = None
    found: tuple
    in_brackets: cython.bint
    colon: cython.Py_ssize_t = text.rfind(":")
    space: cython.Py_ssize_t
    if colon >= 0 and date is not None:
        space = text.rfind(" ", 0, colon)
        if space > 0 and text[space + 1 : colon] == date:
            interval = dated(text[colon + 1 :])
            if interval is None:
                return None
            text = text[:space]
            colon = text.rfind(":")
    if colon < 0:
        found = plain_clauses(text)
        return None if found is None else (None, found[0], found[1], interval)
    field = text[:colon]
    if field not in fields:
        return None
    in_brackets = text[colon + 1 : colon + 2] == "(" and text[len(text) - 1] == ")"
    found = plain_clauses(text[colon + 2 : len(text) - 1] if in_brackets else text[colon + 1 :])
    # What stands outside of brackets is one clause at most.
    if found is None or (not in_brackets and (found[1] or len(found[0]) > 1)):
        return None
    return field, found[0], found[1], interval
