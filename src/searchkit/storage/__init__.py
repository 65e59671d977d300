"""The only user of the operating system: files, lock, manifest, commit, snapshot, garbage.

What only writers need is in modules that are loaded when something is written: so reading starts sooner.
"""

from searchkit.storage.filesystem import FileSystem
from searchkit.storage.manifest import FileEntry, Manifest, SegmentEntry
from searchkit.storage.mapped_file import MappedFile, map_file
from searchkit.storage.snapshot import StoreSnapshot
from searchkit.storage.store import Store

__all__ = [
    "FileEntry",
    "FileSystem",
    "Manifest",
    "MappedFile",
    "SegmentEntry",
    "Store",
    "StoreSnapshot",
    "map_file",
]
