"""Finding and reading the manifests in an index's folder."""

from __future__ import annotations

from searchkit.errors import CorruptIndex, IndexNotFound, ReadFailed
from searchkit.storage.filesystem import FileSystem
from searchkit.storage.manifest import LARGEST, Manifest, decode
from searchkit.storage.mapped_file import read_failed
from searchkit.storage.names import TEMPORARY, generation_of, is_data_name, join, manifest_name

__all__ = ["generations", "is_index", "list_folder", "load", "load_newest"]

_PIECE = 1 << 16


def list_folder(file_system: FileSystem, folder: str) -> list[str]:
    """The names in the index's folder; raises `IndexNotFound` where there is no folder, `ReadFailed`."""
    try:
        return file_system.list(folder)
    except FileNotFoundError:
        raise IndexNotFound(f"{folder}: there is no such folder") from None
    except NotADirectoryError:
        raise IndexNotFound(f"{folder}: not a folder, so not an index") from None
    except OSError as error:
        raise ReadFailed(folder, error.strerror or str(error)) from error


def generations(names: list[str]) -> list[int]:
    """The generations whose manifests are among the names of a folder, newest first."""
    found = (generation_of(name) for name in names)
    return sorted((generation for generation in found if generation is not None), reverse=True)


def is_index(names: list[str]) -> bool:
    """Whether a folder with these names is an index, or what is left of one."""
    return bool(generations(names)) or _has_data(names)


def _has_data(names: list[str]) -> bool:
    return any(is_data_name(name) and not name.endswith(TEMPORARY) for name in names)


def load(file_system: FileSystem, folder: str, generation: int) -> Manifest:
    """The manifest of one generation.

    Raises `FileNotFoundError` where it is gone, `CorruptIndex`, `FormatTooNew`, `ReadFailed`.
    """
    path = join(folder, manifest_name(generation))
    return decode(_read(file_system, path), path, generation)


def load_newest(file_system: FileSystem, folder: str) -> Manifest:
    """The newest manifest. A crash cannot leave a broken one, so an older one is never taken in its place.

    Raises `IndexNotFound` where the folder is no index, `CorruptIndex`, `FormatTooNew`, `ReadFailed`.
    """
    vanished = 0
    while True:
        names = list_folder(file_system, folder)
        newest = next(iter(generations(names)), None)
        if newest is None:
            raise _no_index(folder, names)
        if newest <= vanished:
            raise CorruptIndex(join(folder, manifest_name(newest)), "listed in the folder, but it cannot be opened")
        try:
            return load(file_system, folder, newest)
        except FileNotFoundError:
            # A writer was faster: it has committed again and removed this one.
            vanished = newest


def _no_index(folder: str, names: list[str]) -> IndexNotFound | CorruptIndex:
    if _has_data(names):
        return CorruptIndex(folder, "holds files of an index but no manifest")
    return IndexNotFound(f"{folder}: not an index (no manifest in it)")


def _read(file_system: FileSystem, path: str) -> bytes:
    pieces = []
    try:
        descriptor = file_system.open(path)
        try:
            if file_system.size(descriptor) > LARGEST:
                raise CorruptIndex(path, f"larger than any manifest ({LARGEST} bytes)")
            while piece := file_system.read(descriptor, _PIECE):
                pieces.append(piece)
        finally:
            file_system.close(descriptor)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise read_failed(path, error) from error
    return b"".join(pieces)
