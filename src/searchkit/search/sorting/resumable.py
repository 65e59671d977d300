"""What is made once and kept, in steps: a search that runs out of time leaves it where it is, for the next to go on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from threading import Lock
from typing import Generic, TypeVar

from searchkit.deadlines import check, left, overdue

__all__ = ["Resumable"]

T = TypeVar("T")


class Resumable(Generic[T]):
    """begin: makes an iterator that gives None after each step, and what is made at last. May be shared by threads."""

    def __init__(self, begin: Callable[[], Iterator[T | None]]) -> None:
        self._begin, self._lock = begin, Lock()
        self._steps: Iterator[T | None] | None = None
        self._made: T | None = None

    def finish(self) -> T:
        """What is made. Raises `SearchTimeout` where the deadline passes meanwhile, after one step more at least."""
        made = self._made
        return self._finish() if made is None else made

    def _finish(self) -> T:
        until = left()
        if not self._lock.acquire(timeout=until / 1e9 if until else -1):
            raise overdue()
        try:
            while self._made is None:
                self._step()
            return self._made
        finally:
            self._lock.release()

    def _step(self) -> None:
        if self._steps is None:
            self._steps = self._begin()
        try:
            self._made = next(self._steps)
        except BaseException:
            self._steps = None  # an iterator that raised gives nothing more
            raise
        if self._made is None:
            check()
        else:
            self._steps = None
