"""Writing a file of the index: once, from start to end, and onto the disk."""

from __future__ import annotations

from types import TracebackType
from typing import TYPE_CHECKING
from zlib import crc32

from searchkit.storage.filesystem import write_all
from searchkit.storage.manifest import FileEntry
from searchkit.storage.names import is_data_name, join, new_identifier
from searchkit.storage.session import WriteSession

if TYPE_CHECKING:
    from typing_extensions import Buffer

__all__ = ["NewFile"]

_BUFFER = 1 << 18
_LARGE = 1 << 16


class NewFile:
    """A new file under a random name; `write`, then `finish`, or `abandon`.

    As a context manager it abandons what was not finished.

    id: the random 128 bits of its name, in hexadecimal. name: the id and the suffix. Every failure raises
    `WriteFailed`, which names the file, and ends the writer that the file belongs to.
    """

    def __init__(self, session: WriteSession, suffix: str) -> None:
        session.check()
        self.id = new_identifier()
        self.name = self.id + suffix
        if not is_data_name(self.name):
            raise ValueError(f"{suffix!r} is not a dot and 1 to 16 lower-case letters")
        self._session = session
        self._file_system = session.file_system
        self._path = join(session.folder, self.name)
        self._buffer = bytearray()
        self._written = 0
        self._checksum = 0
        try:
            self._descriptor: int | None = self._file_system.create_exclusive(self._path)
        except OSError as error:
            raise session.failed(self._path, error) from error
        session.began(self)

    @property
    def position(self) -> int:
        """The number of bytes written so far: the offset of the next one."""
        return self._written + len(self._buffer)

    def write(self, data: Buffer) -> None:
        """Append the bytes of any contiguous buffer. Small ones are gathered; large ones are written without a copy."""
        view = memoryview(data)
        if view.nbytes < _LARGE:
            self._buffer += view
            if len(self._buffer) >= _BUFFER:
                self._flush()
        else:
            self._flush()
            self._put(view.cast("B"))

    def pad(self, alignment: int) -> int:
        """Append zeros up to the next multiple of `alignment` bytes; returns the position then."""
        self._buffer += bytes(-self.position % alignment)
        return self.position

    def finish(self) -> FileEntry:
        """Write what is left, sync, close; returns what a manifest says of the file."""
        self._flush()
        descriptor = self._open_descriptor()
        try:
            self._file_system.sync(descriptor)
            self._descriptor = None
            self._file_system.close(descriptor)
        except OSError as error:
            raise self._session.failed(self._path, error) from error
        entry = FileEntry(self.name, self._written, self._checksum)
        self._session.finished(entry)
        return entry

    def abandon(self) -> None:
        """Close and remove the file, unless it is finished; never raises for what cannot be closed or removed."""
        if self.name not in self._session.unfinished() or not self._session.held:
            return
        self._session.forget(self.name)
        descriptor, self._descriptor = self._descriptor, None
        try:
            if descriptor is not None:
                self._file_system.close(descriptor)
        except OSError:
            pass
        try:
            self._file_system.unlink(self._path)
        except OSError:
            pass

    def __enter__(self) -> NewFile:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.abandon()

    def _open_descriptor(self) -> int:
        self._session.check()
        if self._descriptor is None:
            raise ValueError(f"{self.name} is finished or abandoned")
        return self._descriptor

    def _flush(self) -> None:
        self._put(memoryview(self._buffer))
        self._buffer = bytearray()

    def _put(self, view: memoryview) -> None:
        descriptor = self._open_descriptor()
        size = len(view)
        self._checksum = crc32(view, self._checksum)
        try:
            write_all(self._file_system, descriptor, view)
        except OSError as error:
            raise self._session.failed(self._path, error) from error
        self._written += size
