"""Making a new index: its folder, and its first generation."""

from __future__ import annotations

import os
from typing import Any

from searchkit.errors import IndexExists, StorageError, WriteFailed
from searchkit.storage.commit import publish
from searchkit.storage.filesystem import FileSystem
from searchkit.storage.generations import generations, list_folder
from searchkit.storage.manifest import Manifest
from searchkit.storage.names import is_tolerated, new_identifier
from searchkit.storage.session import WriteSession

__all__ = ["check_vacant", "first_generation", "make_folder"]


def make_folder(file_system: FileSystem, folder: str) -> None:
    """Create the folder and its parents, as far as they are missing, durably."""
    missing = []
    while not file_system.exists(folder):
        missing.append(folder)
        folder = os.path.dirname(folder)
    for path in reversed(missing):
        try:
            file_system.make_directory(path)
            file_system.sync_directory(os.path.dirname(path))
        except FileExistsError:
            continue
        except OSError as error:
            raise WriteFailed(path, error.strerror or str(error)) from error


def check_vacant(file_system: FileSystem, folder: str) -> None:
    """Raise `IndexExists` where the folder holds an index, `StorageError` where it holds files of somebody else.

    Notes (`README…`), hidden files and what an interrupted creation left are no obstacle.
    """
    names = list_folder(file_system, folder)
    if generations(names):
        raise IndexExists(f"{folder}: there is an index already")
    foreign = sorted(name for name in names if not is_tolerated(name))
    if foreign:
        more = f" and {len(foreign) - 1} more" if len(foreign) > 1 else ""
        raise StorageError(f"{folder}: holds {foreign[0]!r}{more}, not an index: give an empty folder")


def first_generation(session: WriteSession, schema: dict[str, Any], settings: dict[str, Any]) -> None:
    """Commit the empty index, under a new identifier."""
    publish(session, Manifest(1, new_identifier(), schema, settings))
