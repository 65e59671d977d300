"""Gives distinct strings numbers."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from itertools import accumulate

from searchkit.kernels.surfaces import SurfaceTable

__all__ = ["Interner"]


class Interner:
    """Numbers strings from 0 in the order of their first sight.

    plain: whether every string is a surface with its ASCII letters lowered, as words are when no filter made them; then
        the surface table tells them apart, several times faster than a dict.
    """

    def __init__(self, *, plain: bool) -> None:
        self._table = SurfaceTable() if plain else None
        self._known: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self._known) if self._table is None else len(self._table)

    def numbers(self, strings: Sequence[str]) -> memoryview:
        """The number of each string."""
        if self._table is None:
            known = self._known
            return memoryview(array("I", [known.setdefault(string, len(known)) for string in strings]))
        self._table.clear_tokens()
        self._table.add("\n".join(strings).encode())
        found: memoryview = self._table.tokens()
        if len(found) != len(strings):
            raise AssertionError("a word is not a surface")
        return memoryview(found.tobytes()).cast("I")

    def strings(self) -> tuple[bytes, memoryview]:
        """All strings in UTF-8, one after the other, and where each starts and the last one ends."""
        if self._table is not None:
            blob, starts = self._table.strings()
            return blob or b"\0", starts
        encoded = [string.encode() for string in self._known]
        return b"".join(encoded) or b"\0", memoryview(array("I", accumulate(map(len, encoded), initial=0)))
