"""Going back to an older generation, where the newest is damaged and somebody asks for it."""

from __future__ import annotations

from searchkit.dataclasses import replace
from searchkit.errors import CorruptIndex, FormatTooNew, IndexNotFound
from searchkit.storage.commit import publish
from searchkit.storage.filesystem import FileSystem
from searchkit.storage.generations import generations, list_folder, load
from searchkit.storage.manifest import Manifest
from searchkit.storage.session import WriteSession
from searchkit.storage.verify import check_file

__all__ = ["recover"]


def recover(session: WriteSession) -> Manifest:
    """The newest generation that is whole, to the last checksum; committed anew where it is not the newest one.

    Nothing is removed: damaged files stay until later commits have left them behind. Raises `CorruptIndex` where no
    generation is whole, `FormatTooNew` where a later searchkit wrote the index, which is no damage.
    """
    found = generations(list_folder(session.file_system, session.folder))
    if not found:
        raise IndexNotFound(f"{session.folder}: not an index (no manifest in it)")
    for generation in found:
        manifest = _whole(session.file_system, session.folder, generation)
        if manifest is not None:
            break
    else:
        raise CorruptIndex(session.folder, f"none of its {len(found)} generations is whole")
    if generation == found[0]:
        return manifest
    restored = replace(manifest, generation=found[0] + 1)
    publish(session, restored)
    return restored


def _whole(file_system: FileSystem, folder: str, generation: int) -> Manifest | None:
    try:
        manifest = load(file_system, folder, generation)
    except FormatTooNew:
        raise
    except (CorruptIndex, FileNotFoundError):
        return None
    damaged = any(check_file(file_system, folder, entry) is not None for entry in manifest.files())
    return None if damaged else manifest
