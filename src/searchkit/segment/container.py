"""One write-once file of named sections: a header, the sections (aligned), and a footer with their checksums."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from struct import Struct
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol
from zlib import crc32

from searchkit.errors import CorruptIndex, FormatTooNew, StorageError
from searchkit.kernels.buffers import release

if TYPE_CHECKING:
    from typing_extensions import Buffer

__all__ = ["FORMAT_VERSION", "SEGMENT", "Container", "ContainerWriter", "OutputFile"]

if sys.byteorder != "little":
    raise StorageError("searchkit's files are little-endian and read in place: big-endian machines are not supported")

FORMAT_VERSION = 1
SEGMENT = 1
MAGIC = b"\x8bSKFILE\n"
END_MAGIC = b"\x8bSKEND\r\n"
ALIGNMENT = 64
NAME_BYTES = 24

# Magic, format version, kind, index id, segment id, zeros; the CRC-32 of all that follows in 4 bytes more.
_HEADER = Struct("<8sII16s16s12x")
_CHECKSUM = Struct("<I")
# Name, offset, length, CRC-32, zeros.
_ENTRY = Struct("<24sQQI4x")
# Number of sections, CRC-32 of the table, length of the file, magic.
_TRAILER = Struct("<IIQ8s")
_PIECE = 1 << 20
_FORMATS = "BHIQqd"


class OutputFile(Protocol):
    """What a container is written to: a new file that counts its bytes."""

    @property
    def position(self) -> int:
        """The number of bytes written so far."""
        ...

    def write(self, data: Buffer, /) -> None:
        """Append the bytes of any contiguous buffer."""
        ...

    def pad(self, alignment: int, /) -> int:
        """Append zeros up to the next multiple of `alignment`."""
        ...


class _Section(NamedTuple):
    name: str
    offset: int
    length: int
    checksum: int

    @property
    def end(self) -> int:
        return self.offset + self.length


class ContainerWriter:
    """Writes a container to a new, empty file: sections one after another, then `finish`.

    index_id, segment_id: 16 bytes each. kind: what the file is, `SEGMENT` by default.
    Whoever made the file finishes (or abandons) it.
    """

    def __init__(self, file: OutputFile, index_id: bytes, segment_id: bytes, kind: int = SEGMENT) -> None:
        if len(index_id) != 16 or len(segment_id) != 16:
            raise ValueError("an index id and a segment id have 16 bytes each")
        if file.position:
            raise ValueError("a container starts a file")
        header = _HEADER.pack(MAGIC, FORMAT_VERSION, kind, index_id, segment_id)
        file.write(header + _CHECKSUM.pack(crc32(header)))
        self._file = file
        self._sections: dict[str, _Section] = {}
        self._open: str | None = None
        self._offset = 0
        self._checksum = 0

    def begin(self, name: str) -> None:
        """Start a section; `name`: 1 to 24 printable ASCII characters, not used before in this file."""
        if not (name.isascii() and name.isprintable() and 1 <= len(name) <= NAME_BYTES):
            raise ValueError(f"section name {name!r}: use 1 to {NAME_BYTES} printable ASCII characters")
        if name in self._sections:
            raise ValueError(f"section {name!r} is written already")
        if self._open is not None:
            raise ValueError(f"section {self._open!r} is still open")
        self._open, self._offset, self._checksum = name, self._file.pad(ALIGNMENT), 0

    def write(self, buffer: Buffer) -> None:
        """Append a contiguous buffer's bytes to the section begun; may be called any number of times."""
        if self._open is None:
            raise ValueError("no section is open")
        self._checksum = crc32(buffer, self._checksum)
        self._file.write(buffer)

    def end(self) -> None:
        """Close the section begun."""
        if self._open is None:
            raise ValueError("no section is open")
        length = self._file.position - self._offset
        self._sections[self._open] = _Section(self._open, self._offset, length, self._checksum)
        self._open = None

    def add(self, name: str, buffer: Buffer) -> None:
        """Write a whole section at once."""
        self.begin(name)
        self.write(buffer)
        self.end()

    def finish(self) -> None:
        """Write the footer; nothing may be written after it."""
        if self._open is not None:
            raise ValueError(f"section {self._open!r} is still open")
        self._file.pad(ALIGNMENT)
        table = b"".join(
            _ENTRY.pack(section.name.encode("ascii"), section.offset, section.length, section.checksum)
            for section in self._sections.values()
        )
        self._file.write(table)
        length = self._file.position + _TRAILER.size
        self._file.write(_TRAILER.pack(len(self._sections), crc32(table), length, END_MAGIC))


class Container:
    """A container in memory, read in place. Opening costs time in proportion to the number of sections, not their size.

    view: all bytes of the file, read only. path: its name, for messages. kind: what the file must be.
    index_id, segment_id: the 16 bytes of each.

    Raises `FormatTooNew`, and `CorruptIndex` where header or footer are not as they were written. The sections' own
    checksums are for `verify`.
    """

    def __init__(self, view: memoryview, path: str, kind: int = SEGMENT) -> None:
        self.path = path
        self._view = view.toreadonly().cast("B")
        self.index_id, self.segment_id = self._read_header(kind)
        self._sections = {section.name: section for section in self._read_footer()}

    def __contains__(self, name: str) -> bool:
        return name in self._sections

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the sections, in file order."""
        return tuple(self._sections)

    def section(self, name: str) -> memoryview:
        """The bytes of a section, in place; `CorruptIndex` where there is none of that name."""
        section = self._section(name)
        return self._view[section.offset : section.end]

    def typed(self, name: str, format: str, count: int | None = None) -> memoryview:
        """A section as an array, in place.

        format: "B", "H", "I", "Q" (unsigned, 1 to 8 bytes), "q" (signed) or "d" (float), as in `struct`.
        count: how many items it must have, where that is known. Raises `CorruptIndex` where the length does not fit.
        """
        if format not in _FORMATS:
            raise ValueError(f"format {format!r} is none of {', '.join(_FORMATS)}")
        view = self.section(name)
        items, rest = divmod(len(view), _size(format))
        if rest or (count is not None and count != items):
            expected = "a whole number of" if count is None else str(count)
            raise self.corrupt(f"section {name!r} has {len(view)} bytes, not {expected} items of {_size(format)}")
        # A view without bytes cannot be cast: it has to come from elsewhere.
        filled: Any = view if items else memoryview(bytes(8))
        typed: memoryview = filled.cast(format)
        return typed[:items]

    def verify(self, *, forget: bool = False) -> list[str]:
        """What is damaged, a sentence each; reads the whole file. An empty list where all is well.

        forget: lets the system have back the memory of what was read, piece by piece.
        """
        problems = []
        position = _HEADER.size + _CHECKSUM.size
        for section in self._sections.values():
            if any(self._view[position : section.offset]):
                problems.append(f"the padding before section {section.name!r} is not zero")
            if self._checksum_of(section, forget) != section.checksum:
                problems.append(f"the checksum of section {section.name!r} does not match")
            position = section.end
        if any(self._view[position : _aligned(position)]):
            problems.append("the padding before the footer is not zero")
        return problems

    def prove(self, *names: str) -> None:
        """Compares the checksums of some sections; raises `CorruptIndex` for the first that is damaged."""
        for name in names:
            section = self._section(name)
            if self._checksum_of(section) != section.checksum:
                raise self.corrupt(f"the checksum of section {name!r} does not match")

    def forget(self, name: str) -> None:
        """Lets the system have back the memory that holds what was read of a section, until it is read again."""
        section = self._sections.get(name)
        if section is not None:
            release(self._view, section.offset, section.end)

    def forget_all(self) -> None:
        """The same of the whole file."""
        release(self._view, 0, len(self._view))

    def corrupt(self, reason: str) -> CorruptIndex:
        """The error, to be raised, for damage in this file."""
        return CorruptIndex(self.path, reason)

    def _section(self, name: str) -> _Section:
        section = self._sections.get(name)
        if section is None:
            raise self.corrupt(f"section {name!r} is missing")
        return section

    def _checksum_of(self, section: _Section, forget: bool = False) -> int:
        """The CRC-32, in pieces: a file larger than memory must not be asked for at once."""
        checksum = 0
        for start in range(section.offset, section.end, _PIECE):
            stop = min(start + _PIECE, section.end)
            checksum = crc32(self._view[start:stop], checksum)
            if forget:
                release(self._view, start, stop)
        return checksum

    def _read_header(self, kind: int) -> tuple[bytes, bytes]:
        size = _HEADER.size + _CHECKSUM.size
        if len(self._view) < size:
            raise self.corrupt(f"{len(self._view)} bytes are too few for a header")
        magic, version, found_kind, index_id, segment_id = _HEADER.unpack_from(self._view)
        if magic != MAGIC:
            raise self.corrupt("does not start like a file of searchkit")
        if _CHECKSUM.unpack_from(self._view, _HEADER.size)[0] != crc32(self._view[: _HEADER.size]):
            raise self.corrupt("the checksum of the header does not match")
        if version > FORMAT_VERSION:
            raise FormatTooNew(self.path, version, FORMAT_VERSION)
        if version != FORMAT_VERSION or found_kind != kind:
            raise self.corrupt(f"format version {version}, kind {found_kind}: not a file of kind {kind}")
        return index_id, segment_id

    def _read_footer(self) -> Iterable[_Section]:
        end = len(self._view) - _TRAILER.size
        if end < _HEADER.size + _CHECKSUM.size:
            raise self.corrupt(f"{len(self._view)} bytes are too few for a footer")
        count, checksum, length, magic = _TRAILER.unpack_from(self._view, end)
        if magic != END_MAGIC:
            raise self.corrupt("does not end like a file of searchkit: truncated, or written over")
        if length != len(self._view):
            raise self.corrupt(f"{len(self._view)} bytes long, its footer says {length}")
        start = end - count * _ENTRY.size
        if start < _HEADER.size + _CHECKSUM.size:
            raise self.corrupt(f"{count} sections do not fit into {length} bytes")
        table = self._view[start:end]
        if crc32(table) != checksum:
            raise self.corrupt("the checksum of the section table does not match")
        return self._check_sections([self._read_entry(*entry) for entry in _ENTRY.iter_unpack(table)], start)

    def _read_entry(self, name: bytes, offset: int, length: int, checksum: int) -> _Section:
        text = name.rstrip(b"\0").decode("ascii", "replace")
        if not text.isascii() or not text.isprintable() or not text:
            raise self.corrupt(f"section name {name!r} is not printable ASCII")
        return _Section(text, offset, length, checksum)

    def _check_sections(self, sections: list[_Section], table: int) -> list[_Section]:
        """Sections must lie back to back but for the alignment, from the header up to the table."""
        position = _HEADER.size + _CHECKSUM.size
        for section in sections:
            if section.offset != _aligned(position) or section.end > table:
                raise self.corrupt(f"section {section.name!r} does not lie where it must")
            position = section.end
        if table != _aligned(position):
            raise self.corrupt("the section table does not lie where it must")
        if len({section.name for section in sections}) != len(sections):
            raise self.corrupt("a section comes twice")
        return sections


def _aligned(position: int) -> int:
    return position + -position % ALIGNMENT


def _size(format: str) -> int:
    return {"B": 1, "H": 2, "I": 4}.get(format, 8)
