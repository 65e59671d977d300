"""A file in memory that containers are written to, and what to make of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from searchkit.segment.container import Container, ContainerWriter

if TYPE_CHECKING:
    from typing_extensions import Buffer

INDEX_ID = bytes(range(16))
SEGMENT_ID = bytes(range(100, 116))


class MemoryFile:
    """What a new file of an index does, without a disk."""

    def __init__(self) -> None:
        self.content = bytearray()

    @property
    def position(self) -> int:
        return len(self.content)

    def write(self, data: Buffer) -> None:
        self.content += memoryview(data)

    def pad(self, alignment: int) -> int:
        self.content += bytes(-len(self.content) % alignment)
        return len(self.content)


def written(fill: Callable[[ContainerWriter], object]) -> bytes:
    """The bytes of a container that `fill` puts sections into."""
    file = MemoryFile()
    writer = ContainerWriter(file, INDEX_ID, SEGMENT_ID)
    fill(writer)
    writer.finish()
    return bytes(file.content)


def opened(content: bytes) -> Container:
    """A container with these bytes, named x.seg."""
    return Container(memoryview(content), "x.seg")


def container(fill: Callable[[ContainerWriter], object]) -> Container:
    """A container, written and opened."""
    return opened(written(fill))
