"""The column of strings of a merged segment, made without decoding any."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from io import BytesIO

from searchkit.segment.columns.strings import MISSING, PackedStrings, StringColumn, offsets_of
from searchkit.segment.container import ContainerWriter

__all__ = ["MergedStrings", "merge_strings"]

_TOGETHER = 1 << 14
"""Strings that are merged at a time: a view of each takes more memory than most strings."""


def merge_strings(
    columns: Sequence[StringColumn | None], segments: Sequence[int], documents: Sequence[int]
) -> PackedStrings:
    """The column, in memory.

    columns: the old segments' columns, None where a segment has no such field.
    segments, documents: for each new document the index of its old column, and its number there.
    """
    blob, lengths = BytesIO(), array("I")
    for joined, here in _merged(columns, segments, documents):
        blob.write(joined)
        lengths.extend(here)
    return PackedStrings(blob.getvalue(), lengths)


class MergedStrings:
    """What `merge_strings` makes, written piece by piece instead of made at once. forget: called after each piece."""

    def __init__(
        self,
        columns: Sequence[StringColumn | None],
        segments: Sequence[int],
        documents: Sequence[int],
        forget: Callable[[], None],
    ) -> None:
        self._merged = columns, segments, documents
        self._forget = forget

    def write(self, writer: ContainerWriter, name: str) -> None:
        """As `Packed.write`."""
        lengths = array("I")
        writer.begin(f"{name}.text")
        for joined, here in _merged(*self._merged):
            writer.write(joined)
            lengths.extend(here)
            self._forget()
        writer.end()
        suffix, offsets = offsets_of(lengths, sum(lengths))
        writer.add(f"{name}.{suffix}", offsets)


def _merged(
    columns: Sequence[StringColumn | None], segments: Sequence[int], documents: Sequence[int]
) -> Iterator[tuple[bytes, Iterable[int]]]:
    """The bytes of the strings of a merged segment, some at a time, and the length of each."""
    raw = [_no_string if column is None else column.raw for column in columns]
    for first in range(0, len(documents), _TOGETHER):
        here = slice(first, first + _TOGETHER)
        parts = [raw[segment](document) for segment, document in zip(segments[here], documents[here], strict=True)]
        yield b"".join(parts), map(len, parts)


def _no_string(_document: int) -> memoryview:
    return memoryview(MISSING)
