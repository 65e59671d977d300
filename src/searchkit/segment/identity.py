"""Who a document is: its id, found by a hash table; where its stored content lies; its place among the additions."""

from __future__ import annotations

from array import array
from collections.abc import Iterable

from searchkit.segment.columns import PackedStrings, StringColumn
from searchkit.segment.container import Container, ContainerWriter
from searchkit.segment.identifiers import IdentifierTable, pack_identifiers

__all__ = ["Identity", "write_identity"]


def write_identity(
    writer: ContainerWriter, ids: PackedStrings, addresses: Iterable[int], sequences: Iterable[int]
) -> None:
    """Writes the columns of ids (with their hash table), addresses and sequence numbers."""
    ids.write(writer, "id")
    writer.add("id.table", pack_identifiers(ids))
    writer.add("addresses", array("Q", addresses))
    writer.add("sequences", array("Q", sequences))


class Identity:
    """Reads what `write_identity` wrote."""

    def __init__(self, container: Container, documents: int) -> None:
        self._container = container
        self.ids = StringColumn(container, "id", documents)
        self.table = IdentifierTable(container, "id.table", self.ids)
        self.addresses = container.typed("addresses", "Q", documents)
        self.sequences = container.typed("sequences", "Q", documents)

    def forget_ids(self) -> None:
        """Lets the system have back the memory that holds what was read of the ids, until they are read again."""
        for name in self._container.names:
            if name.partition(".")[0] == "id":
                self._container.forget(name)
