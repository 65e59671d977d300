"""Removing what no generation needs any more, and what crashed writers left."""

from __future__ import annotations

from searchkit.errors import CorruptIndex, FormatTooNew
from searchkit.storage.generations import generations, list_folder, load
from searchkit.storage.names import is_data_name, join, manifest_name
from searchkit.storage.session import WriteSession, sync_folder
from searchkit.storage.snapshot import pinned

__all__ = ["collect"]

_KEPT = 2


def collect(session: WriteSession, *, synced: bool) -> list[str]:
    """Remove what neither the last two generations nor an open snapshot of this process nor the session's work needs.

    Only under the lock. synced: whether the folder was synced after the newest manifest came; otherwise it is done
    first, so that a power cut cannot keep the removals and lose the manifest. Returns the names removed; a file that
    cannot be removed is left for the next time. Files that are not the index's are never touched.
    """
    names = list_folder(session.file_system, session.folder)
    found = generations(names)
    needed = _needed(session, found[:_KEPT])
    if needed is None:
        return []
    # Old manifests go first and in ascending order: readers take a missing one as the sign of a newer generation.
    old_manifests = [manifest_name(generation) for generation in reversed(found[_KEPT:])]
    old_files = [name for name in names if is_data_name(name) and name not in needed]
    if not old_manifests and not old_files:
        return []
    if not synced:
        sync_folder(session)
    return _remove_all(session, old_manifests) + _remove_each(session, old_files)


def _needed(session: WriteSession, kept: list[int]) -> set[str] | None:
    """The names to keep, or None where that cannot be told: a manifest that is kept does not say what it needs."""
    needed = pinned(session.folder) | session.uncommitted()
    try:
        for generation in kept:
            needed.update(entry.name for entry in load(session.file_system, session.folder, generation).files())
    except (CorruptIndex, FormatTooNew, FileNotFoundError):
        return None
    return needed


def _remove_all(session: WriteSession, names: list[str]) -> list[str]:
    """Remove in order and stop at the first that stays, so that no gap arises."""
    removed: list[str] = []
    for name in names:
        if not _remove(session, name):
            break
        removed.append(name)
    return removed


def _remove_each(session: WriteSession, names: list[str]) -> list[str]:
    return [name for name in names if _remove(session, name)]


def _remove(session: WriteSession, name: str) -> bool:
    try:
        session.file_system.unlink(join(session.folder, name))
    except OSError:
        return False
    return True
