"""The values of keyword fields while documents come in: one string for all equal ones, and what memory they take."""

from __future__ import annotations

__all__ = ["KeywordValues"]

_OCCURRENCE = 56
"""Bytes of a value of a document, up to the end: in the column, its packed form, and the list of a term's documents."""
_DISTINCT = 1400
"""The same of a distinct value: the string, the keys of its terms, and what holds the list of their documents."""


class KeywordValues:
    """Shares strings between the documents of a batch."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}
        self._occurrences = 0

    @property
    def memory(self) -> int:
        """About how many bytes all values so far take, and will take when their terms are made."""
        return _OCCURRENCE * self._occurrences + _DISTINCT * len(self._known)

    def shared(self, values: tuple[str, ...]) -> tuple[str, ...]:
        """The same values, with the strings that equal ones had before."""
        self._occurrences += len(values)
        known = self._known
        if len(values) == 1:
            known.setdefault(values[0], values[0])
            return values
        return tuple([known.setdefault(value, value) for value in values])
