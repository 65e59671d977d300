"""What one writer has under way, from taking the lock to giving it back: its new files, and whether it may write."""

from __future__ import annotations

from types import TracebackType
from typing import TYPE_CHECKING

from searchkit.errors import WriteFailed, WriterDead
from searchkit.storage.filesystem import FileSystem
from searchkit.storage.lock import WriterLock
from searchkit.storage.names import join

if TYPE_CHECKING:
    from searchkit.storage.manifest import FileEntry
    from searchkit.storage.new_file import NewFile

__all__ = ["WriteSession", "sync_folder"]


class WriteSession:
    """The right to write to the index in `folder`, from `Store.writer_lock()`; a context manager.

    Files that no commit has named when it ends are removed. After the first failure it can do no more (`WriterDead`): a
    sync that failed is never tried again, for a second one may succeed without the data being on the disk.
    """

    def __init__(self, folder: str, lock: WriterLock, file_system: FileSystem) -> None:
        self.folder = folder
        self.file_system = file_system
        self._lock = lock
        self._failure: str | None = None
        self._writing: dict[str, NewFile] = {}
        self._finished: dict[str, FileEntry] = {}

    @property
    def held(self) -> bool:
        """Whether this process still holds the lock."""
        return self._lock.held

    @property
    def alive(self) -> bool:
        """Whether it holds the lock and nothing has failed."""
        return self._failure is None and self._lock.held

    def check(self) -> None:
        """Raise `WriterDead` unless the session may write."""
        if self._failure is not None:
            raise WriterDead(f"{self.folder}: this writer failed before ({self._failure}): open a new one")
        if not self._lock.held:
            raise WriterDead(f"{self.folder}: this writer does not hold the lock (any more): open a new one")

    def check_lock_file(self) -> None:
        """Raise `WriterDead` where the lock file was deleted or replaced: there may be a second writer."""
        self.check()
        try:
            intact = self._lock.intact
        except OSError as error:
            raise self.failed(self._lock.path, error) from error
        if not intact:
            self.fail("its lock file was deleted or replaced")
            self.check()

    def began(self, file: NewFile) -> None:
        """A new file exists; it is this session's to remove until a commit names it."""
        self._writing[file.name] = file

    def finished(self, entry: FileEntry) -> None:
        """A new file is whole and on the disk."""
        del self._writing[entry.name]
        self._finished[entry.name] = entry

    def forget(self, name: str) -> None:
        """A new file is gone, or a commit names it now."""
        self._writing.pop(name, None)
        self._finished.pop(name, None)

    def entry(self, name: str) -> FileEntry | None:
        """A finished file that no commit has named yet."""
        return self._finished.get(name)

    def unfinished(self) -> set[str]:
        """The names of the files that are being written."""
        return set(self._writing)

    def uncommitted(self) -> set[str]:
        """The names of the new files, finished or not."""
        return {*self._writing, *self._finished}

    def fail(self, reason: str) -> None:
        """End the session's right to write."""
        self._failure = self._failure or reason

    def failed(self, path: str, error: OSError) -> WriteFailed:
        """End the session's right to write, remove its new files; returns the error to raise."""
        reason = error.strerror or str(error)
        self.fail(f"{path}: {reason}")
        self.discard()
        return WriteFailed(path, reason)

    def discard(self) -> None:
        """Remove every new file that no commit has named. What cannot be removed is left to the next writer."""
        if not self.held:
            return
        for file in list(self._writing.values()):
            file.abandon()
        for name in list(self._finished):
            self.forget(name)
            try:
                self.file_system.unlink(join(self.folder, name))
            except OSError:
                pass

    def release(self) -> None:
        """Remove what was not committed and free the lock; nothing happens the second time."""
        try:
            self.discard()
        finally:
            self._lock.release()

    def __enter__(self) -> WriteSession:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def sync_folder(session: WriteSession) -> None:
    """Bring the names in the folder to the disk; raises `WriteFailed`, which ends the session."""
    try:
        session.file_system.sync_directory(session.folder)
    except OSError as error:
        raise session.failed(session.folder, error) from error
