# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Reads what most queries are: words with a space between two, perhaps with signs, and phrases of ASCII letters and
digits among them.

Whatever is neither is left to the grammar, and so is a word that the grammar takes for something else: an operator, or
a year, where it is not asked for.
"""

from __future__ import annotations

import cython

_OPERATORS = cython.declare(tuple, ("AND", "OR", "NOT", "NEAR"))
_YEAR = cython.declare(cython.Py_ssize_t, 4)


@cython.ccall
def plain_words(text: str) -> tuple | None:
    """The words of a query, and the sign before each: "+", "-", or a space for none; no signs at all where no word has
    one. None for a text that is anything else.
    """
    return _read(text, False)


@cython.ccall
def plain_clauses(text: str) -> tuple | None:
    """The same, where phrases of ASCII letters and digits with a space between two words may stand beside words, or
    alone: each is a list of its words; and where words may be years (`is_year`).
    """
    return _read(text, True)


@cython.ccall
@cython.exceptval(check=False)
def is_year(word: str) -> cython.bint:
    """Whether a word, which has no sign, may be a year: four digits, in whatever script."""
    return len(word) == _YEAR and word.isdecimal()


@cython.cfunc
def _read(text: str, more: cython.bint) -> tuple | None:
    """The clauses of a text. more: whether phrases and years may be among them."""
    clauses: list = []
    marks: list = []
    marked: cython.bint = False
    at: cython.Py_ssize_t = 0
    start: cython.Py_ssize_t
    length: cython.Py_ssize_t = len(text)
    word: str
    while at < length:
        if text[at] == "+" or text[at] == "-":
            marks.append(text[at])
            marked = True
            at += 1
        else:
            marks.append(" ")
        start = at
        if more and at < length and text[at] == '"':
            at = text.find('"', start + 1) + 1
            if at == 0 or not _is_phrase(text, start + 1, at - 1):
                return None
            clauses.append(text[start + 1 : at - 1].split(" "))
        else:
            while at < length and text[at].isalnum():
                at += 1
            word = text[start:at]
            if at == start or (at - start <= _YEAR and (word in _OPERATORS or (not more and is_year(word)))):
                return None
            clauses.append(word)
        if at == length:
            return clauses, "".join(marks) if marked else ""
        if text[at] != " ":
            return None
        at += 1
    return None


@cython.cfunc
@cython.exceptval(check=False)
def _is_phrase(text: str, start: cython.Py_ssize_t, stop: cython.Py_ssize_t) -> cython.bint:
    """Whether there are words of ASCII letters and digits from one place to another, with a space between two."""
    at: cython.Py_ssize_t
    character: cython.Py_UCS4
    before: cython.Py_UCS4 = " "
    for at in range(start, stop):
        character = text[at]
        if character == " ":
            if before == " ":
                return False
        elif not ("a" <= character <= "z" or "A" <= character <= "Z" or "0" <= character <= "9"):
            return False
        before = character
    return before != " "
