"""A snapshot: one generation with its files in memory, the same for ever."""

from __future__ import annotations

import os
import threading
from collections.abc import Mapping
from types import TracebackType
from weakref import WeakSet

from searchkit.storage.manifest import Manifest
from searchkit.storage.mapped_file import MappedFile

__all__ = ["StoreSnapshot", "pinned"]

# Folder of the index -> the snapshots of it that are open in this process, through whichever handle.
_open: dict[str, WeakSet[StoreSnapshot]] = {}
_registry = threading.Lock()


class StoreSnapshot:
    """What a reader holds: the manifest of one generation and its files, mapped.

    Its files are not removed while it is open in the process of the writer; where another process removes them, their
    bytes stay readable here. Views taken from it outlive it. Closed by `close`, by the end of `with`, or when nobody
    holds it.
    """

    def __init__(self, folder: str, manifest: Manifest, files: dict[str, MappedFile]) -> None:
        self.manifest = manifest
        self.files: Mapping[str, MappedFile] = files
        """The mapped files by name, those of `manifest.files()`."""
        self._folder = folder
        with _registry:
            _open.setdefault(folder, WeakSet()).add(self)

    def file(self, name: str) -> MappedFile:
        """One of its files, mapped; `KeyError` for a name that is not in the manifest."""
        return self.files[name]

    def close(self) -> None:
        """Let the files be removed once newer generations stop naming them; nothing happens the second time."""
        with _registry:
            snapshots = _open.get(self._folder)
            if snapshots is not None:
                snapshots.discard(self)
                if not snapshots:
                    del _open[self._folder]

    def __enter__(self) -> StoreSnapshot:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def pinned(folder: str) -> set[str]:
    """The names of the files that the open snapshots of this process need."""
    with _registry:
        snapshots = list(_open.get(folder, ()))
    return {name for snapshot in snapshots for name in snapshot.files}


def _after_fork() -> None:
    # Another thread may have held it at the fork, and does not exist here.
    global _registry
    _registry = threading.Lock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
