"""Document id → document number, by a hash table in the segment beside the column of ids."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from searchkit.kernels import identifiers as kernel
from searchkit.segment.columns.strings import PackedStrings, StringColumn
from searchkit.segment.container import Container

if TYPE_CHECKING:
    from typing_extensions import Buffer

__all__ = ["ABSENT", "IdentifierTable", "pack_identifiers"]

# What `find_many` says of an id that is not there.
ABSENT = 0xFFFFFFFF


class IdentifierTable:
    """Finds documents by id, in place.

    container, name: where the section of the table is. ids: the column of the segment's ids.
    Raises `CorruptIndex` where the table cannot be one, and in searches that come upon damage.
    """

    __slots__ = ("_container", "_count", "_ids", "_offsets", "_table", "_wide")

    def __init__(self, container: Container, name: str, ids: StringColumn) -> None:
        self._container, self._ids, self._count = container, ids.blob, len(ids)
        self._offsets, self._wide = _words(ids.offsets)
        self._table = container.typed(name, "I")
        slots = len(self._table)
        if slots <= len(ids) or slots & (slots - 1):
            raise self._damaged()

    def find(self, id: str) -> int | None:
        """The number of the document with that id, or None."""
        key = id.encode("utf-8", "surrogatepass")
        found: int = kernel.find_one(key, self._ids, self._offsets, self._wide, self._count, self._table)
        if found == kernel.DAMAGED:
            raise self._damaged()
        return None if found < 0 else found

    def find_many(self, ids: PackedStrings) -> array[int]:
        """For each of the ids, none of them missing, its document's number or `ABSENT`: an array "I"."""
        offsets, wide = _words(ids.offsets)
        count = len(ids.offsets) - 1
        found = array("I", bytes(4 * count))
        arguments = (self._ids, self._offsets, self._wide, self._count, self._table, found)
        if kernel.find_many(ids.blob, offsets, wide, count, *arguments) == kernel.DAMAGED:
            raise self._damaged()
        return found

    def _damaged(self) -> Exception:
        return self._container.corrupt("the table of document ids is damaged")


def pack_identifiers(ids: PackedStrings) -> array[int]:
    """The section of the table for a segment with these ids, in document order; `ValueError` where one comes twice."""
    count = len(ids.offsets) - 1
    table = array("I", bytes(4 * _table_size(count)))
    offsets, wide = _words(ids.offsets)
    document = kernel.build(ids.blob, offsets, wide, count, table)
    if document != count:
        id = ids.blob[ids.offsets[document] : ids.offsets[document + 1]]
        raise ValueError(f"document {document} has an id that an earlier one has: {id!r}")
    return table


def _table_size(count: int) -> int:
    """The smallest power of two above one and a half times the number of documents."""
    return 1 << (count * 3 // 2).bit_length()


def _words(offsets: memoryview | array[int]) -> tuple[Buffer, bool]:
    """Offsets as the kernel takes them: 32-bit words, and whether two of them make a number."""
    if offsets.itemsize == 4:
        return offsets, False
    return memoryview(offsets).cast("B").cast("I"), True
