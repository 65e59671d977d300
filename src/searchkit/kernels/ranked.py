# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Rankings, lists of (score, owner, document) with the best first: two of them as one, and what programs get of one."""

from __future__ import annotations

from typing import Any

import cython
from cython.cimports.searchkit.kernels.parts import Part
from cython.cimports.searchkit.kernels.strings import StringReader

_NOWHERE = "a hit that no search made has no fields"


@cython.cclass
class Found:
    """A document of an answer, whose fields are read like a mapping's.

    score: how well it matched. _part, _document: where it is. _shared: what all documents of the answer share.
    """

    def __init__(self, score: float, part: Part, document: int, shared: Any) -> None:
        self.score, self._part, self._document, self._shared = score, part, document, shared

    @property
    def id(self) -> str:
        """What identifies the document."""
        reader: StringReader
        if self._part is None:
            raise TypeError(_NOWHERE)
        reader = self._part.identifiers
        if reader is None:
            reader = self._part.open_identifiers()
        return reader.get(self._document) or ""

    def __getitem__(self, field: str) -> Any:
        """The value of a field; None where the document has none. `KeyError` for a field that is not in the schema."""
        read: Any
        if self._part is None:
            raise TypeError(_NOWHERE)
        read = self._part.readers.get(field)
        if read is None:
            read = self._reader(field)
        if isinstance(read, StringReader):
            return cython.cast(StringReader, read).get(self._document)
        return read(self._document)

    def _reader(self, field: str) -> Any:
        """What reads a field; puts it among the readers of the part, too."""
        raise NotImplementedError


def all_found(kind: type, ranked: list, scale: cython.double, shared: Any) -> list:
    """What a ranking gives: objects of a subclass of `Found`, made without its `__init__`; scores are multiplied by
    `scale`.
    """
    made: list = []
    ranking: tuple
    one: Found
    for ranking in ranked:
        one = kind.__new__(kind)  # type: ignore[call-overload]
        one.score = cython.cast(cython.double, ranking[0]) * scale
        one._part, one._document, one._shared = ranking[1], ranking[2], shared
        made.append(one)
    return made


@cython.ccall
def merged(best: list, found: list, wanted: cython.Py_ssize_t, age: object) -> list:
    """The first `wanted` of two rankings as one. Ages, of an owner and a document, are only looked up where two scores
    are equal: the younger goes first.
    """
    both: list = []
    at: cython.Py_ssize_t = 0
    other: cython.Py_ssize_t = 0
    mine: tuple
    theirs: tuple
    score: cython.ulonglong
    rival: cython.ulonglong
    first: cython.bint
    while len(both) < wanted and at < len(best) and other < len(found):
        mine, theirs = best[at], found[other]
        score, rival = mine[0], theirs[0]
        first = score > rival if score != rival else age(mine[1], mine[2]) > age(theirs[1], theirs[2])
        if first:
            both.append(mine)
            at += 1
        else:
            both.append(theirs)
            other += 1
    rest: list = best[at:] or found[other:]
    return both + rest[: wanted - len(both)]
