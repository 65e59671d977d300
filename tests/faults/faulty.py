"""A file system that fails at its k-th call, once or from then on."""

from __future__ import annotations

import os
from typing import Any

from searchkit.storage import FileSystem

_NEVER_FAIL = {"exists"}  # it answers False rather than failing


class FaultyFileSystem(FileSystem):
    """Counts the calls; the one numbered `fail_at` (from 0) raises `OSError(error)`; so do later ones if `persistent`.

    late: the failing call does its work first and reports failure all the same, as a network may; closing always does,
    as on Linux. only: the names of the calls that count, all by default.
    failed: whether a fault has happened; trace: the names of the calls so far.
    """

    def __init__(
        self,
        fail_at: int,
        error: int,
        *,
        persistent: bool = False,
        late: bool = False,
        only: frozenset[str] | None = None,
    ) -> None:
        self.fail_at, self.error, self.persistent, self.late, self.only = fail_at, error, persistent, late, only
        self.failed = False
        self.trace: list[str] = []

    def __getattribute__(self, name: str) -> Any:
        value = super().__getattribute__(name)
        if name.startswith("_") or name in _NEVER_FAIL or not hasattr(FileSystem, name):
            return value

        def call(*arguments: Any) -> Any:
            if not self._due(name):
                return value(*arguments)
            self.failed = True
            if self.late or name == "close":
                value(*arguments)
            raise OSError(self.error, os.strerror(self.error), f"call {len(self.trace)}: {name}")

        return call

    def _due(self, name: str) -> bool:
        if self.only is not None and name not in self.only:
            return False
        self.trace.append(name)
        number = len(self.trace) - 1
        return number == self.fail_at or (self.persistent and number > self.fail_at)


class ShortWrites(FileSystem):
    """Takes at most `most` bytes a write; after `room` bytes the disk is full (or, with 0 taken, says nothing)."""

    def __init__(self, most: int, room: int, *, silent: bool = False) -> None:
        self.most, self.room, self.silent = most, room, silent

    def write(self, descriptor: int, data: Any) -> int:
        size = min(self.most, self.room, len(data))
        if not size and data:
            if self.silent:
                return 0
            raise OSError(28, "No space left on device")
        self.room -= size
        return super().write(descriptor, data[:size])
