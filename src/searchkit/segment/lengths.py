"""Document lengths, quantised to one byte: the norm of a document.

Up to 40 tokens the code is the length itself; above, there are sixteen codes to a doubling. A code stands for the
smallest length that has it. The quantisation depends on nothing but the length, so that a document scores the same in
any segment.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from functools import cache
from math import ceil

__all__ = ["SMALLEST", "length_codes"]

_EXACT = 40
_OCTAVE = 16

SMALLEST: tuple[int, ...] = tuple(
    code if code <= _EXACT else ceil(_EXACT * 2 ** ((code - _EXACT) / _OCTAVE)) for code in range(256)
)
"""Code → the smallest length that has it, which is the length that it stands for."""


@cache
def _first_codes() -> bytes:
    """The codes of the lengths below 4096."""
    return b"".join(bytes([code]) * (SMALLEST[code + 1] - SMALLEST[code]) for code in range(255))[:4096]


def length_codes(lengths: Iterable[int]) -> bytes:
    """The code of each length, in tokens."""
    first = _first_codes()
    return bytes(first[length] if length < 4096 else bisect_right(SMALLEST, length) - 1 for length in lengths)
