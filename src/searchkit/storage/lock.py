"""The writer's lock: one writer an index, across processes (`flock`) and inside this one (a registry)."""

from __future__ import annotations

import os
import threading
import time
from datetime import UTC, datetime
from types import TracebackType

from searchkit.errors import LockTimeout, WriteFailed
from searchkit.storage.filesystem import FileSystem
from searchkit.storage.names import LOCK, join, resolve

__all__ = ["WriterLock"]

_LABEL_SIZE = 256
_FIRST_PAUSE, _LONGEST_PAUSE = 0.001, 0.1

# Path of the lock file -> who holds it or waits for the other processes in this one. The registry is asked before the
# file is opened: on network file systems that emulate flock, closing a second descriptor would free the first one.
_claimed: dict[str, WriterLock] = {}
_claims = threading.Lock()


class WriterLock:
    """The lock of the index in `folder`, from creation to `release`, the end of `with` or of the process.

    timeout: seconds to wait for another writer; 0 tries once. Raises `LockTimeout`, which names the holder's process,
    and `WriteFailed` where the lock file cannot be opened or locked.
    """

    def __init__(self, folder: str, timeout: float = 10.0, file_system: FileSystem | None = None) -> None:
        self.path = join(resolve(folder), LOCK)
        self._file_system = file_system or FileSystem()
        self._descriptor: int | None = None
        self._process, self._thread = os.getpid(), threading.get_ident()
        try:
            self._acquire(timeout)
        except BaseException:
            self.release()
            # Also where it was interrupted before it was held.
            self._unclaim()
            raise

    @property
    def held(self) -> bool:
        """Whether this process holds the lock; False in a child that was forked while its parent held it."""
        return self._descriptor is not None and self._process == os.getpid()

    @property
    def intact(self) -> bool:
        """Whether it is held and the lock file is still the one that was locked: nobody deleted or replaced it."""
        descriptor = self._descriptor
        return self.held and descriptor is not None and self._file_system.same_file(descriptor, self.path)

    def release(self) -> None:
        """Free the lock; nothing happens the second time."""
        if not self.held:
            return
        descriptor, self._descriptor = self._descriptor, None
        assert descriptor is not None
        try:
            self._label(descriptor, "")
            self._let_go(descriptor)
        finally:
            self._unclaim()

    def __enter__(self) -> WriterLock:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()

    def _acquire(self, timeout: float) -> None:
        deadline = time.monotonic() + timeout
        pause = _FIRST_PAUSE
        while not self._try():
            if self._holds_it_itself():
                raise LockTimeout(self.path, f"{self._holder()}, which this very thread has open", 0)
            left = deadline - time.monotonic()
            if left <= 0:
                raise LockTimeout(self.path, self._holder(), timeout)
            time.sleep(min(pause, left))
            pause = min(2 * pause, _LONGEST_PAUSE)

    def _holds_it_itself(self) -> bool:
        """Whether this thread waits for itself, and so for ever."""
        with _claims:
            holder = _claimed.get(self.path)
            return holder is not None and holder.held and holder._thread == self._thread

    def _try(self) -> bool:
        with _claims:
            if _claimed.setdefault(self.path, self) is not self:
                return False
        try:
            self._descriptor = self._open_locked()
        except OSError as error:
            raise WriteFailed(self.path, f"the lock cannot be taken: {error.strerror or error}") from error
        finally:
            if self._descriptor is None:
                self._unclaim()
        return self._descriptor is not None

    def _open_locked(self) -> int | None:
        descriptor = self._file_system.open_lock(self.path)
        locked = False
        try:
            # A lock file that was deleted or replaced between the two calls locks nobody out.
            locked = self._file_system.try_lock(descriptor) and self._file_system.same_file(descriptor, self.path)
            if locked:
                since = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
                self._label(descriptor, f"process {os.getpid()} on {_host()} since {since}")
        finally:
            if not locked:
                self._file_system.close(descriptor)
        return descriptor if locked else None

    def _label(self, descriptor: int, text: str) -> None:
        """Write who holds the lock; a courtesy to those who wait, so a full disk is no reason to fail."""
        try:
            self._file_system.write_label(descriptor, text.encode()[: _LABEL_SIZE - 1].ljust(_LABEL_SIZE - 1) + b"\n")
        except OSError:
            pass

    def _holder(self) -> str:
        with _claims:
            if self.path in _claimed:
                return f"another writer in this process ({os.getpid()})"
        try:
            label = self._file_system.read_label(self.path, _LABEL_SIZE).decode("utf-8", "replace").strip()
        except OSError:
            label = ""
        return label if label.isprintable() and label else "a process that did not leave its name"

    def _let_go(self, descriptor: int) -> None:
        # Closing is not enough where a child was forked without telling Python: it has the same open file. Whatever
        # fails, the descriptor is gone afterwards, and no error here may hide what the writer has to say of its commit.
        for step in (self._file_system.unlock, self._file_system.close):
            try:
                step(descriptor)
            except OSError:
                pass

    def _unclaim(self) -> None:
        with _claims:
            if _claimed.get(self.path) is self:
                del _claimed[self.path]

    def _forget(self) -> None:
        """In a forked child: drop the inherited descriptor without unlocking; the lock stays the parent's."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


def _host() -> str:
    import platform  # for writers only, and slow to import

    return platform.node() or "this host"


def _after_fork() -> None:
    global _claims
    _claims = threading.Lock()
    for lock in _claimed.values():
        lock._forget()
    _claimed.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
