"""Sections of a segment that are made piece by piece, side by side, while another section is written."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple, Protocol
from zlib import crc32

from searchkit.segment.container import ContainerWriter

if TYPE_CHECKING:
    from typing_extensions import Buffer

__all__ = ["DeferredSections", "Scratch"]

_IN_MEMORY = 1 << 24
"""So many bytes wait in memory; once there are more, all go to the scratch file."""


class Scratch(Protocol):
    """Where pieces wait for which memory has no room."""

    def write(self, data: Buffer, /) -> int:
        """Append bytes; returns where they start."""
        ...

    def read(self, start: int, size: int, /) -> bytes:
        """So many of the bytes that were written."""
        ...

    def damaged(self) -> Exception:
        """The error for bytes that are not what was written."""
        ...


class _Piece(NamedTuple):
    start: int
    size: int
    checksum: int


class DeferredSections:
    """Takes the pieces of sections in any order, and writes each section when its time has come.

    scratch: where pieces wait as soon as there are more than `_IN_MEMORY` bytes of them. Their checksums are compared
    when they are read back: what a disk confuses must not become part of an index.
    """

    def __init__(self, scratch: Scratch) -> None:
        self._scratch = scratch
        self._memory: defaultdict[str, list[bytes]] = defaultdict(list)
        self._held = 0
        self._pieces: defaultdict[str, list[_Piece]] = defaultdict(list)

    def add(self, name: str, content: Buffer) -> None:
        """Append to a section; the buffer may be used again."""
        kept = bytes(content)
        self._memory[name].append(kept)
        self._held += len(kept)
        if self._held > _IN_MEMORY:
            self._move()

    def write(self, writer: ContainerWriter, name: str) -> None:
        """Write all pieces of a section, which is open, in the order in which they came."""
        for start, size, checksum in self._pieces.pop(name, ()):
            content = self._scratch.read(start, size)
            if crc32(content) != checksum:
                raise self._scratch.damaged()
            writer.write(content)
        for content in self._memory.pop(name, ()):
            writer.write(content)

    def _move(self) -> None:
        for name, contents in self._memory.items():
            for content in contents:
                self._pieces[name].append(_Piece(self._scratch.write(content), len(content), crc32(content)))
        self._memory.clear()
        self._held = 0
