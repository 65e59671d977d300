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
    if not file_system.exists(folder):
        parent = os.path.dirname(folder)
        if not file_system.exists(parent):
            make_folder(file_system, parent)
        _make_one(file_system, folder)
    _sync_parent(file_system, folder)


def _make_one(file_system: FileSystem, folder: str) -> None:
    try:
        file_system.make_directory(folder)
    except FileExistsError:
        pass
    except OSError as error:
        raise WriteFailed(folder, error.strerror or str(error)) from error


def _sync_parent(file_system: FileSystem, folder: str) -> None:
    """Even for a folder that was there: another process may have made it and died before it synced."""
    parent = os.path.dirname(folder)
    try:
        file_system.sync_directory(parent)
    except PermissionError:
        # Who may not read the parent did not make the folder; it is as durable as whoever did has made it.
        pass
    except OSError as error:
        raise WriteFailed(parent, error.strerror or str(error)) from error


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
