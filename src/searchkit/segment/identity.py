"""Who a document is: its id, found by a hash table; where its stored content lies; its place in the order of additions."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

from searchkit.kernels.identifiers import build, find_one
from searchkit.segment.columns import PackedStrings, StringColumn, pack_strings
from searchkit.segment.container import Container, ContainerWriter
from searchkit.segment.postings import words

__all__ = ["Identity", "write_identity"]


def write_identity(
    writer: ContainerWriter, ids: Sequence[str] | PackedStrings, addresses: Sequence[int], sequences: Sequence[int]
) -> None:
    """Writes the columns of ids (with their hash table), addresses and sequence numbers."""
    packed = ids if isinstance(ids, PackedStrings) else pack_strings(ids)
    count = len(packed.offsets) - 1
    packed.write(writer, "id")
    table = words(1 << (2 * count - 1).bit_length())
    wide = packed.offsets.typecode == "Q"
    offsets = memoryview(packed.offsets).cast("B").cast("I")
    if build(packed.blob or b"\0", offsets, wide, count, table) != count:
        raise AssertionError("two documents of one segment have the same id")
    writer.add("id.table", table)
    writer.add("addresses", array("Q", addresses))
    writer.add("sequences", array("Q", sequences))


class Identity:
    """Reads what `write_identity` wrote."""

    def __init__(self, container: Container, documents: int) -> None:
        self._container = container
        self.ids = StringColumn(container, "id", documents)
        self._count = documents
        self._wide = "id.offsets64" in container
        self._offsets = container.section("id.offsets64" if self._wide else "id.offsets").cast("I")
        self._blob = container.section("id.text")
        self._table = container.typed("id.table", "I")
        self.addresses = container.typed("addresses", "Q", documents)
        self.sequences = container.typed("sequences", "Q", documents)

    def find(self, id: str) -> int | None:
        """The number of the document with an id, or None."""
        key = id.encode("utf-8", "surrogatepass")
        found = find_one(key or b"\xff", self._blob, self._offsets, self._wide, self._count, self._table)
        if found < -1:
            raise self._container.corrupt("the table of ids is damaged")
        return found if found >= 0 else None
