"""Strings that stay joined, where a Python object for each would take longer than what is done with them."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

from searchkit.dataclasses import dataclass
from searchkit.kernels.buffers import zeros
from searchkit.kernels.meanings import measure

__all__ = ["Strings"]


@dataclass(slots=True)
class Strings:
    """Strings in UTF-8, one after the other, and how many bytes each has."""

    blob: bytes
    lengths: array[int] | memoryview

    @classmethod
    def of(cls, strings: Sequence[str]) -> Strings:
        """Strings of Python, joined."""
        blob, lengths = "".join(strings).encode(), array("I", map(len, strings))
        if len(blob) != sum(lengths):
            lengths = array("I", [len(string.encode()) for string in strings])
        return cls(blob, lengths)

    @classmethod
    def of_lines(cls, lines: bytes) -> Strings:
        """Strings of which each is a line, with a line feed behind it."""
        lengths = zeros(lines.count(b"\n"))
        measure(lines, lengths)
        return cls(lines.replace(b"\n", b""), lengths)
