"""The values of keyword fields while documents come in: one string for all equal ones, and what memory they take."""

from __future__ import annotations

__all__ = ["KeywordValues"]

_OCCURRENCE = 56
"""Bytes of a value of a document, up to the end: in the column, its packed form, and the list of a term's documents."""
_DISTINCT = 1400
"""The same of a distinct value: the string, the keys of its terms, and what holds the list of their documents."""
_LETTER = 6
"""Of each of its letters, in the string, in keys, and in what these are written from."""
_WORD = 350
"""Of each further word, which may be a term."""


class KeywordValues:
    """Shares strings between the documents of a batch.

    memory: about how many bytes all values so far take, and will take when their terms are made.
    """

    def __init__(self) -> None:
        self._known: dict[str, tuple[str]] = {}
        self.memory = 0

    def shared(self, values: tuple[str, ...]) -> tuple[str, ...]:
        """The same values, with the strings that equal ones had before."""
        self.memory += _OCCURRENCE * len(values)
        if len(values) == 1:
            return self._shared(values[0])
        return tuple([self._shared(value)[0] for value in values])

    def _shared(self, value: str) -> tuple[str]:
        known = self._known.get(value)
        if known is None:
            known = self._known[value] = (value,)
            self.memory += _DISTINCT + _LETTER * len(value) + _WORD * value.count(" ")
        return known
