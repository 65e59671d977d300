"""The only user of the operating system: files, lock, manifest, commit, snapshot, garbage."""

from searchkit.storage.filesystem import FileSystem
from searchkit.storage.lock import WriterLock
from searchkit.storage.manifest import FileEntry, Manifest, SegmentEntry
from searchkit.storage.mapped_file import MappedFile, map_file
from searchkit.storage.new_file import NewFile
from searchkit.storage.session import WriteSession
from searchkit.storage.snapshot import StoreSnapshot
from searchkit.storage.store import Store
from searchkit.storage.verify import Finding

__all__ = [
    "FileEntry",
    "FileSystem",
    "Finding",
    "Manifest",
    "MappedFile",
    "NewFile",
    "SegmentEntry",
    "Store",
    "StoreSnapshot",
    "WriteSession",
    "WriterLock",
    "map_file",
]
