"""A file for what waits until its place in another file comes."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

from searchkit.storage.filesystem import write_all
from searchkit.storage.names import TEMPORARY, join, new_identifier
from searchkit.storage.session import WriteSession

if TYPE_CHECKING:
    from typing_extensions import Buffer

__all__ = ["ScratchFile"]


class ScratchFile:
    """A file beside those of the index, made when something is first written to it, and without a name from then on:
    nothing is left of it, whatever happens to the process.

    Whoever made it closes it. Every failure raises `WriteFailed`, which names the file, and ends the writer that it
    belongs to.
    """

    def __init__(self, session: WriteSession) -> None:
        session.check()
        self._session = session
        self._file_system = session.file_system
        self._path = join(session.folder, new_identifier() + TEMPORARY)
        self._descriptor: int | None = None
        self._size = 0

    def write(self, data: Buffer) -> int:
        """Append the bytes of any contiguous buffer; returns where they start."""
        self._session.check()
        start = self._size
        view = memoryview(data).cast("B")
        try:
            write_all(self._file_system, self._open(), view)
        except OSError as error:
            raise self._failed(error) from error
        self._size += len(view)
        return start

    def read(self, start: int, size: int) -> bytes:
        """So many bytes, which were written before."""
        self._session.check()
        if self._descriptor is None or start + size > self._size:
            raise ValueError(f"bytes {start} to {start + size} were not written")
        parts = []
        try:
            while size:
                part = self._file_system.read_at(self._descriptor, size, start)
                if not part:
                    raise OSError(errno.EIO, os.strerror(errno.EIO))
                parts.append(part)
                start += len(part)
                size -= len(part)
        except OSError as error:
            raise self._failed(error) from error
        return b"".join(parts)

    def damaged(self) -> Exception:
        """The error, to be raised, for bytes that are not what was written."""
        return self._failed(OSError(errno.EIO, "what was read back is not what was written"))

    def close(self) -> None:
        """Give the room back; never raises."""
        descriptor, self._descriptor = self._descriptor, None
        try:
            if descriptor is not None:
                self._file_system.close(descriptor)
        except OSError:
            pass

    def _open(self) -> int:
        if self._descriptor is None:
            self._descriptor = self._file_system.create_exclusive(self._path)
            self._file_system.unlink(self._path)
        return self._descriptor

    def _failed(self, error: OSError) -> Exception:
        self.close()
        return self._session.failed(self._path, error)
