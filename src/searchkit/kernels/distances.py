# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Edit distances of a word from texts that grow by a character: rows of the matrix, one a character of the text.

An edit adds, drops or replaces a character, or swaps two that stand side by side; what was swapped is not edited again
("restricted Damerau-Levenshtein" or "optimal string alignment" distance, as in H. Hyyrö, "A bit-vector algorithm for
computing Levenshtein and Damerau edit distances", 2003). Distances beyond `most` are all the same, `most` + 1, so that
of each row only the cells at most `most` from the diagonal are worked out, and one beside them is set.
"""

from __future__ import annotations

import cython

LAST = cython.declare(cython.uint, 0x10FFFF)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def next_row(
    rows: cython.p_uchar,
    word: cython.pointer(cython.const[cython.uint]),
    length: cython.uint,
    codes: cython.pointer(cython.const[cython.uint]),
    level: cython.uint,
    most: cython.uint,
    code: cython.uint,
) -> cython.uint:
    """Fills the row after `level` + 1 characters, the last of them `code`; returns the least distance in it.

    rows: each of `length` + 1 cells; codes: the characters of the text before.
    """
    above: cython.uint = level * (length + 1)
    row: cython.uint = above + length + 1
    beyond: cython.uint = most + 1
    column: cython.uint
    cell: cython.uint
    other: cython.uint
    left: cython.uint = beyond
    least: cython.uint = beyond
    first: cython.uint = level + 1 - most if level + 1 > most else 0
    last: cython.uint = level + 1 + most if level + 1 + most < length else length
    if first > last:
        return beyond
    if first == 0:
        left = level + 1
        least = left
        first = 1
    rows[row + first - 1] = left
    for column in range(first, last + 1):
        cell = rows[above + column - 1] + (word[column - 1] != code)
        if left + 1 < cell:
            cell = left + 1
        other = rows[above + column] + 1
        if other < cell:
            cell = other
        if level and column > 1 and word[column - 2] == code and word[column - 1] == codes[level - 1]:
            other = rows[row - 2 * (length + 1) + column - 2] + 1
            if other < cell:
                cell = other
        left = cell if cell < beyond else beyond
        rows[row + column] = left
        if left < least:
            least = left
    if last < length:
        rows[row + last + 1] = beyond
    return least


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def least_after(
    rows: cython.p_uchar,
    word: cython.pointer(cython.const[cython.uint]),
    length: cython.uint,
    codes: cython.pointer(cython.const[cython.uint]),
    level: cython.uint,
    most: cython.uint,
    code: cython.uint,
) -> cython.uint:
    """The least character greater than `code` that may follow the first `level` characters, in a text that is near.

    It may turn out to lead nowhere, but no smaller one leads on. More than any character where there is none.
    """
    least: cython.uint = LAST + 1
    row: cython.uint = level * (length + 1)
    column: cython.uint
    first: cython.uint = level - most if level > most else 0
    last: cython.uint = level + most if level + most < length else length
    for column in range(first, last + 1):
        if rows[row + column] < most:
            return code + 1
    # All edits are used up: only characters of the word lead on, the next or, swapped, the one before it.
    for column in range(first, last + 1):
        if column < length and rows[row + column] == most and code < word[column] < least:
            least = word[column]
        if level and 0 < column < length and word[column] == codes[level - 1] and code < word[column - 1] < least:
            least = word[column - 1]
    return least
