# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Reads the dates that most queries with a date have: years, months and days as numbers, and ranges of them, in UTC.

Days are counted as of the proleptic Gregorian calendar, by years that begin in March, so that a leap day is the last
(H. Hinnant, "chrono-compatible low-level date algorithms", 2013).
"""

from __future__ import annotations

import cython

_DAY = cython.declare(cython.longlong, 86_400_000_000)
_MOST = cython.declare(cython.longlong, 9998)
"""The last year that has one after it."""


@cython.ccall
def dated(text: str) -> tuple | None:
    """The interval [low, high) in microseconds of "2019", "2019-11", "2019-11-03", "2019..2020-03", or "2019..", where
    high is None. None for anything else, and for a range that ends before it begins.
    """
    place: cython.Py_ssize_t = text.find("..")
    first: tuple = _span(text if place < 0 else text[:place])
    last: tuple = first
    if first is None or place < 0:
        return first
    if place + 2 == len(text):
        return first[0], None
    last = _span(text[place + 2 :])
    if last is None or last[1] <= first[0]:
        return None
    return first[0], last[1]


@cython.cfunc
def _span(text: str) -> tuple | None:
    """The interval of one date."""
    length: cython.Py_ssize_t = len(text)
    year: cython.longlong = _number(text, 0, 4)
    month: cython.longlong = 1
    day: cython.longlong = 1
    low: cython.longlong
    high: cython.longlong
    if length not in (4, 7, 10) or not 1 <= year <= _MOST:
        return None
    if length == 4:
        return _DAY * _days(year, 1, 1), _DAY * _days(year + 1, 1, 1)
    month = _number(text, 5, 7)
    if text[4] != "-" or not 1 <= month <= 12:
        return None
    low = _days(year, month, 1)
    high = _days(year, month + 1, 1) if month < 12 else _days(year + 1, 1, 1)
    if length == 10:
        day = _number(text, 8, 10)
        if text[7] != "-" or not 1 <= day <= high - low:
            return None
        low += day - 1
        high = low + 1
    return _DAY * low, _DAY * high


@cython.cfunc
@cython.exceptval(check=False)
def _number(text: str, start: cython.Py_ssize_t, stop: cython.Py_ssize_t) -> cython.longlong:
    """The number of ASCII digits from one place to another; -1 where they are anything else."""
    number: cython.longlong = 0
    at: cython.Py_ssize_t
    if stop > len(text):
        return -1
    for at in range(start, stop):
        if not "0" <= text[at] <= "9":
            return -1
        number = 10 * number + ord(text[at]) - 48
    return number


@cython.cfunc
@cython.exceptval(check=False)
def _days(year: cython.longlong, month: cython.longlong, day: cython.longlong) -> cython.longlong:
    """Days from 1970 to a date of the years from 1 on."""
    since_march: cython.longlong = (month + 9) % 12
    if month < 3:
        year -= 1
    return 365 * year + year // 4 - year // 100 + year // 400 + (153 * since_march + 2) // 5 + day - 1 - 719_468
