"""Reading a file of the index: mapped into memory, never copied."""

from __future__ import annotations

import errno
from zlib import crc32

from searchkit.errors import CorruptIndex, ReadFailed
from searchkit.storage.filesystem import FileSystem
from searchkit.storage.manifest import FileEntry

__all__ = ["MappedFile", "map_file", "read_failed"]

_PIECE = 1 << 20


class MappedFile:
    """A file in memory, read only, for as long as this object or a view of it lives, even once it is unlinked.

    path: where it was. entry: what the manifest says of it. view: its bytes.
    """

    __slots__ = ("__weakref__", "entry", "path", "view")

    def __init__(self, path: str, entry: FileEntry, view: memoryview) -> None:
        self.path = path
        self.entry = entry
        self.view = view

    def verify(self) -> None:
        """Raise `CorruptIndex` unless the checksum of the whole file is the manifest's; reads all of it."""
        checksum = 0
        for start in range(0, len(self.view), _PIECE):
            checksum = crc32(self.view[start : start + _PIECE], checksum)
        if checksum != self.entry.crc32:
            raise CorruptIndex(self.path, "the checksum does not match")


def map_file(path: str, entry: FileEntry, file_system: FileSystem | None = None) -> MappedFile:
    """Map the file at `path`, whose size must be the manifest's.

    Raises `FileNotFoundError` where it is gone (look for a newer generation), `CorruptIndex` for another size,
    `ReadFailed`.
    """
    system = file_system or FileSystem()
    try:
        descriptor = system.open(path)
        try:
            size = system.size(descriptor)
            if size != entry.size:
                raise CorruptIndex(path, f"{size} bytes long, the manifest says {entry.size}")
            view = memoryview(system.map(descriptor, size) if size else b"")
        finally:
            system.close(descriptor)
    except FileNotFoundError:
        raise
    except ValueError:
        raise CorruptIndex(path, "became shorter while it was opened") from None
    except OSError as error:
        raise read_failed(path, error) from error
    return MappedFile(path, entry, view)


def read_failed(path: str, error: OSError) -> CorruptIndex | ReadFailed:
    """The typed error for what the operating system says of a path that should be a file of the index."""
    if error.errno in (None, errno.EISDIR, errno.ELOOP, errno.ENXIO):
        return CorruptIndex(path, "not a regular file")
    return ReadFailed(path, error.strerror or str(error))
