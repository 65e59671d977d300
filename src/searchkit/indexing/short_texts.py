"""The texts of a field that hits are read from, while documents come in."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from itertools import accumulate

__all__ = ["ShortTexts"]


class ShortTexts:
    """Texts in UTF-8 in the order of their arrival, joined: an object each would take about as much memory again."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._lengths = array("I")

    def add(self, texts: Sequence[bytes]) -> None:
        """Adds texts; an empty one is a missing one."""
        self._parts.append(b"".join(texts))
        self._lengths.extend(map(len, texts))

    def ordered(self, order: Iterable[int]) -> list[bytes | None]:
        """The texts of these numbers, from 0 on, in this order; None for a missing one."""
        joined, starts = b"".join(self._parts), array("Q", accumulate(self._lengths, initial=0))
        return [joined[starts[number] : starts[number + 1]] or None for number in order]
