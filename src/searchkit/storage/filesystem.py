"""The operating system as storage sees it: every call that touches a disk goes through one `FileSystem`.

Tests put another one in its place: one that fails on the k-th call, or one that forgets what was never synced.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from mmap import ACCESS_READ, mmap
from typing import TYPE_CHECKING

from searchkit.kernels.presence import is_there

try:
    import fcntl
except ImportError:  # pragma: no cover - Windows: reading works, taking the writer's lock does not
    fcntl = None  # type: ignore[assignment]

if TYPE_CHECKING:
    from typing_extensions import Buffer

__all__ = ["FileSystem", "write_all"]

# On Windows some of these do not exist, and none of them is needed.
_CLOSE_ON_EXEC = getattr(os, "O_CLOEXEC", 0)
_BINARY = getattr(os, "O_BINARY", 0)
# Opening a pipe that somebody named like a segment must not wait for ever.
_READ = os.O_RDONLY | _CLOSE_ON_EXEC | _BINARY | getattr(os, "O_NONBLOCK", 0)
_CREATE = os.O_RDWR | os.O_CREAT | os.O_EXCL | _CLOSE_ON_EXEC | _BINARY
_LOCK = os.O_RDWR | os.O_CREAT | _CLOSE_ON_EXEC | _BINARY
_FOLDER = os.O_RDONLY | _CLOSE_ON_EXEC | getattr(os, "O_DIRECTORY", 0)
# macOS: only this reaches the disk; fsync stops at the drive's cache.
_FULL_SYNC: int | None = getattr(fcntl, "F_FULLFSYNC", None)


class FileSystem:
    """The real one. Each method is one step that can fail with `OSError`; none of them retries."""

    def create_exclusive(self, path: str) -> int:
        """A descriptor that writes to a new file, and reads it; `FileExistsError` where there is one."""
        return os.open(path, _CREATE, 0o666)

    def write(self, descriptor: int, data: Buffer) -> int:
        """Write from the start of `data`; returns the number of bytes that were taken, maybe fewer than given."""
        return os.write(descriptor, data)

    def sync(self, descriptor: int) -> None:
        """Return once everything written through `descriptor` is on the disk."""
        if _FULL_SYNC is None:
            os.fsync(descriptor)
        else:
            fcntl.fcntl(descriptor, _FULL_SYNC)

    def close(self, descriptor: int) -> None:
        """Close a descriptor that this object opened."""
        os.close(descriptor)

    def rename(self, source: str, target: str) -> None:
        """Give a file another name in the same folder, atomically."""
        os.rename(source, target)

    def unlink(self, path: str) -> None:
        """Remove a name; who has the file open or mapped keeps it."""
        os.unlink(path)

    def list(self, folder: str) -> list[str]:
        """The names in a folder, in no order."""
        return os.listdir(folder)

    def make_directory(self, folder: str) -> None:
        """Create one folder, whose parent exists."""
        os.mkdir(folder)

    def sync_directory(self, folder: str) -> None:
        """Return once the names in `folder` (created, renamed, removed) are on the disk."""
        descriptor = os.open(folder, _FOLDER)
        try:
            self.sync(descriptor)
        finally:
            os.close(descriptor)

    def exists(self, path: str | bytes) -> bool:
        """Whether the name can be seen, False rather than an error; below a microsecond where it is given as bytes."""
        return is_there(path if type(path) is bytes else os.fsencode(path))

    def open(self, path: str) -> int:
        """A descriptor that reads a regular file."""
        descriptor = os.open(path, _READ)
        try:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise OSError(None, "not a regular file", path)
        except BaseException:
            os.close(descriptor)
            raise
        return descriptor

    def size(self, descriptor: int) -> int:
        """The length in bytes of an open file."""
        return os.fstat(descriptor).st_size

    def read(self, descriptor: int, size: int) -> bytes:
        """The next bytes, at most `size`; none at the end."""
        return os.read(descriptor, size)

    def read_at(self, descriptor: int, size: int, start: int) -> bytes:
        """The bytes from a place on, at most `size`; none at the end."""
        return os.pread(descriptor, size, start)

    def map(self, descriptor: int, size: int) -> mmap:
        """An open file of `size` bytes (at least one) in memory, read only; the descriptor may be closed after."""
        if sys.version_info >= (3, 13):
            return mmap(descriptor, size, access=ACCESS_READ, trackfd=False)
        return mmap(descriptor, size, access=ACCESS_READ)

    def open_lock(self, path: str) -> int:
        """A descriptor of the lock file, created where it does not exist."""
        return os.open(path, _LOCK, 0o666)

    def try_lock(self, descriptor: int) -> bool:
        """Take the lock of the open file, without waiting; False where another holds it.

        `flock`, not POSIX locks: with those a second handle in one process gets the lock too, and closing it frees
        the first.
        """
        if fcntl is None:
            raise OSError(None, "writing needs a POSIX system (flock)")
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def unlock(self, descriptor: int) -> None:
        """Free the lock, whoever else has inherited the descriptor."""
        fcntl.flock(descriptor, fcntl.LOCK_UN)

    def same_file(self, descriptor: int, path: str) -> bool:
        """Whether `path` still names the open file."""
        try:
            return os.path.samestat(os.fstat(descriptor), os.stat(path))
        except FileNotFoundError:
            return False

    def read_label(self, path: str, size: int) -> bytes:
        """The first bytes of the lock file."""
        descriptor = self.open(path)
        try:
            return os.pread(descriptor, size, 0)
        finally:
            os.close(descriptor)

    def write_label(self, descriptor: int, data: bytes) -> None:
        """Overwrite the first bytes of the lock file."""
        os.pwrite(descriptor, data, 0)


def write_all(system: FileSystem, descriptor: int, data: memoryview) -> None:
    """Write bytes, in as many calls as it takes; `OSError` where the system takes none."""
    while data:
        taken = system.write(descriptor, data)
        if not taken:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        data = data[taken:]
