# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Reads what most queries are: words with a space between two, perhaps with signs; or one phrase of letters.

Whatever is neither is left to the grammar, and so is a word that the grammar may take for something else: an operator,
or a year.
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
    words: list = []
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
        while at < length and text[at].isalnum():
            at += 1
        word = text[start:at]
        if at == start or (at - start <= _YEAR and _says_something_else(word)):
            return None
        words.append(word)
        if at == length:
            return words, "".join(marks) if marked else ""
        if text[at] != " ":
            return None
        at += 1
    return None


@cython.cfunc
@cython.exceptval(check=False)
def _says_something_else(word: str) -> cython.bint:
    """Whether a word is an operator or a year."""
    at: cython.Py_ssize_t
    for at in range(len(word)):
        if not word[at].isdecimal():
            return word in _OPERATORS
    return len(word) == _YEAR


@cython.ccall
def plain_phrase(text: str) -> list | None:
    """The words of a query that is one phrase of ASCII letters with a space between two; None for anything else."""
    at: cython.Py_ssize_t
    length: cython.Py_ssize_t = len(text)
    character: cython.Py_UCS4
    if length < 3 or text[0] != '"' or text[length - 1] != '"':
        return None
    for at in range(1, length - 1):
        character = text[at]
        if character == " ":
            if text[at - 1] == " " or at == 1 or at == length - 2:
                return None
        elif not ("a" <= character <= "z" or "A" <= character <= "Z"):
            return None
    return text[1 : length - 1].split(" ")
