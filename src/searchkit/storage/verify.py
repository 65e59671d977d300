"""Reading every byte of an index to see whether it is what was written."""

from __future__ import annotations

from collections.abc import Iterator
from zlib import crc32

from searchkit.dataclasses import dataclass
from searchkit.storage.filesystem import FileSystem
from searchkit.storage.generations import load_newest
from searchkit.storage.manifest import FileEntry
from searchkit.storage.mapped_file import read_failed
from searchkit.storage.names import join

__all__ = ["Finding", "check_file", "verify"]

_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong with a file: its path and what is wrong."""

    path: str
    reason: str


def verify(file_system: FileSystem, folder: str) -> Iterator[Finding]:
    """Yield what is wrong with the files of the newest generation, full checksums compared; nothing where all is well.

    Where a writer goes on meanwhile and removes a file, the check goes on with the generation that is the newest then.
    Raises what `load_newest` raises where there is no manifest to go by.
    """
    manifest = load_newest(file_system, folder)
    pending, done = list(manifest.files()), set()
    while pending:
        entry = pending.pop()
        done.add(entry.name)
        finding = check_file(file_system, folder, entry)
        if finding is None:
            continue
        newest = load_newest(file_system, folder)
        if newest.generation == manifest.generation:
            yield finding
        else:
            done.discard(entry.name)
            manifest, pending = newest, [entry for entry in newest.files() if entry.name not in done]


def check_file(file_system: FileSystem, folder: str, entry: FileEntry) -> Finding | None:
    """What is wrong with one file: missing, unreadable, of another length, or of another checksum."""
    path = join(folder, entry.name)
    try:
        size, checksum = _measure(file_system, path)
    except FileNotFoundError:
        return Finding(path, "missing")
    except OSError as error:
        problem = read_failed(path, error)
        return Finding(path, problem.reason)
    if size != entry.size:
        return Finding(path, f"{size} bytes long, the manifest says {entry.size}")
    return None if checksum == entry.crc32 else Finding(path, "the checksum does not match")


def _measure(file_system: FileSystem, path: str) -> tuple[int, int]:
    # Read rather than mapped: a bad sector is an error to report here, and kills the process in a map.
    size = checksum = 0
    descriptor = file_system.open(path)
    try:
        while piece := file_system.read(descriptor, _PIECE):
            size += len(piece)
            checksum = crc32(piece, checksum)
    finally:
        file_system.close(descriptor)
    return size, checksum
