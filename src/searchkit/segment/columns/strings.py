"""Columns of strings: one string a document, or none."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import accumulate

from searchkit.errors import CorruptIndex
from searchkit.kernels.strings import StringReader
from searchkit.segment.columns.packed import Packed
from searchkit.segment.container import Container

__all__ = ["MISSING", "PackedStrings", "StringColumn", "offsets_of", "pack_encoded", "pack_strings"]

# Never a byte of UTF-8, so that it cannot be anybody's string.
MISSING = b"\xff"
_NARROW = 1 << 32


class PackedStrings(Packed):
    """A column of strings, ready to be written.

    blob: the strings in UTF-8, one after another; a missing one is the single byte 0xFF.
    offsets: where each starts, and where the last one ends: an array "I", or "Q" from 4 GB up.
    """

    __slots__ = ("blob", "offsets")

    def __init__(self, blob: bytes, lengths: Iterable[int]) -> None:
        suffix, offsets = offsets_of(lengths, len(blob))
        super().__init__({"text": blob, suffix: offsets})
        object.__setattr__(self, "blob", blob)
        object.__setattr__(self, "offsets", offsets)

    blob: bytes
    offsets: array[int]


class StringColumn(Sequence[str | None]):
    """A column of strings, read in place: `column[document]` is its string, or None where it has none.

    blob, offsets: as in `PackedStrings`. reader: of the strings; read: what `column[document]` calls. Raises
    `CorruptIndex` for a string that is damaged, when it is asked for.
    """

    __slots__ = ("_damaged", "_size", "blob", "offsets", "read", "reader")

    def __init__(self, container: Container, name: str, count: int | None = None) -> None:
        """`count`: the number of strings it must have, where that is known."""
        wide = f"{name}.offsets64" in container
        self.blob = container.section(f"{name}.text")
        self._size = len(self.blob)
        self.offsets = container.typed(
            f"{name}.offsets64" if wide else f"{name}.offsets",
            "Q" if wide else "I",
            None if count is None else count + 1,
        )
        if not len(self.offsets):
            raise container.corrupt(f"column {name!r} has no offsets")
        # Not a method, which would keep the column alive, and with it the mapped file, until garbage is collected.
        self._damaged: Callable[..., CorruptIndex] = partial(_damaged, container, name)
        self.reader = StringReader(self.blob, self.offsets, self._damaged)
        self.read: Callable[[int], str | None] = self.reader.get

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def __getitem__(self, document: int) -> str | None:  # type: ignore[override]
        return self.read(document)

    def raw(self, document: int) -> memoryview:
        """The bytes of a string, in place; a missing one's single byte 0xFF."""
        if document < 0:
            raise IndexError(f"there is no document {document}")
        offsets = self.offsets
        start, end = offsets[document], offsets[document + 1]
        if not start <= end <= self._size:
            raise self._damaged(document)
        return self.blob[start:end]


def _damaged(container: Container, name: str, document: int, is_text: bool = False) -> CorruptIndex:
    """What to raise for a string whose text is damaged, or where it lies."""
    what = f"string {document} is not UTF-8" if is_text else f"the offsets of string {document} are damaged"
    return container.corrupt(f"column {name!r}: {what}")


def pack_strings(values: Sequence[str | None]) -> PackedStrings:
    """A column of these strings, in document order; None: missing."""
    if None not in values:
        joined = "".join(values)  # type: ignore[arg-type]
        if joined.isascii():
            return PackedStrings(joined.encode("ascii"), map(len, values))  # type: ignore[arg-type]
    parts = [MISSING if value is None else value.encode("utf-8") for value in values]
    return PackedStrings(b"".join(parts), map(len, parts))


def pack_encoded(values: Sequence[bytes | None]) -> PackedStrings:
    """The same of strings that are in UTF-8 already."""
    parts = [MISSING if value is None else value for value in values]
    return PackedStrings(b"".join(parts), map(len, parts))


def offsets_of(lengths: Iterable[int], size: int) -> tuple[str, array[int]]:
    """Where strings of these lengths start, and where the last one ends; and the name of their section."""
    wide = size >= _NARROW
    return "offsets64" if wide else "offsets", array("Q" if wide else "I", accumulate(lengths, initial=0))
