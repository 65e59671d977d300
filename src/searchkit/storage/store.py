"""The store: an index's folder as the rest of searchkit sees it."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from contextlib import suppress
from types import TracebackType
from typing import TYPE_CHECKING, Any
from weakref import WeakValueDictionary

from searchkit.dataclasses import replace
from searchkit.errors import CorruptIndex, IndexNotFound, StorageError, WriterDead
from searchkit.storage.filesystem import FileSystem
from searchkit.storage.generations import is_index, list_folder, load_newest
from searchkit.storage.manifest import FileEntry, Manifest
from searchkit.storage.mapped_file import MappedFile, map_file
from searchkit.storage.names import join, manifest_name, resolve
from searchkit.storage.snapshot import StoreSnapshot

if TYPE_CHECKING:
    from searchkit.storage.new_file import NewFile
    from searchkit.storage.scratch_file import ScratchFile
    from searchkit.storage.session import WriteSession
    from searchkit.storage.verify import Finding

__all__ = ["Store"]

Path = str | os.PathLike[str]


class Store:
    """A handle of the index in one folder; made by `create`, `open` or `recover`. May be shared by threads.

    Reading needs no lock and changes nothing, not even in a folder that may not be written to. Writing:

        with store.writer_lock():
            file = store.new_file(".seg")
            file.write(b"...")
            entry = file.finish()
            store.commit(replace(store.current(), segments=...))
    """

    def __init__(self, folder: str, manifest: Manifest, file_system: FileSystem) -> None:
        self.path = folder
        """The absolute path of the folder."""
        self._file_system = file_system
        self._session: WriteSession | None = None
        self._mapped: WeakValueDictionary[str, MappedFile] = WeakValueDictionary()
        self._head = self._head_of(manifest)

    @classmethod
    def create(
        cls,
        path: Path,
        *,
        schema: dict[str, Any],
        settings: dict[str, Any] | None = None,
        timeout: float = 10.0,
        file_system: FileSystem | None = None,
    ) -> Store:
        """A new, empty index in the folder at `path`, which is made where it does not exist.

        schema, settings: JSON objects for the manifest. timeout: seconds to wait for another process that creates it
        too. Raises `IndexExists`, `StorageError` where the folder holds other files, `LockTimeout`, `WriteFailed`.
        """
        from searchkit.storage.create import check_vacant, first_generation, make_folder
        from searchkit.storage.lock import WriterLock
        from searchkit.storage.session import WriteSession

        system, folder = file_system or FileSystem(), resolve(path)
        make_folder(system, folder)
        check_vacant(system, folder)
        with WriteSession(folder, WriterLock(folder, timeout, system), system) as session:
            check_vacant(system, folder)
            first_generation(session, schema, settings or {})
        return cls.open(folder, file_system=system)

    @classmethod
    def open(cls, path: Path, *, file_system: FileSystem | None = None) -> Store:
        """The index in the folder at `path`, at its newest generation.

        Raises `IndexNotFound` where there is none, `CorruptIndex` where its newest manifest is damaged (`recover` goes
        back to an older one), `FormatTooNew`, `ReadFailed`.
        """
        system, folder = file_system or FileSystem(), resolve(path)
        return cls(folder, load_newest(system, folder), system)

    @classmethod
    def recover(cls, path: Path, *, timeout: float = 10.0, file_system: FileSystem | None = None) -> Store:
        """The index at `path` at the newest generation that is whole, which becomes the newest; later commits are lost.

        Reads every byte. Raises `CorruptIndex` where no generation is whole, and what opening and writing raise.
        """
        from searchkit.storage.lock import WriterLock
        from searchkit.storage.recover import recover
        from searchkit.storage.session import WriteSession

        system, folder = file_system or FileSystem(), resolve(path)
        if not cls.exists(folder, file_system=system):
            raise IndexNotFound(f"{folder}: not an index (no manifest in it)")
        with WriteSession(folder, WriterLock(folder, timeout, system), system) as session:
            return cls(folder, recover(session), system)

    @classmethod
    def exists(cls, path: Path, *, file_system: FileSystem | None = None) -> bool:
        """Whether there is an index in the folder at `path`, whole or damaged. Raises `ReadFailed`."""
        try:
            return is_index(list_folder(file_system or FileSystem(), resolve(path)))
        except IndexNotFound:
            return False

    def current(self) -> Manifest:
        """The newest generation; the same object while there is no newer one. Costs two probes of the folder, no more.

        Raises `IndexNotFound` where the index was removed or replaced by another, else as `open`.
        """
        manifest, own, following = self._head
        # Commits go up by one and old manifests are removed in order: a newer generation shows as the next one, or by
        # the removal of this one. (The folder's modification time would miss commits within one tick of its clock.)
        if not self._file_system.exists(following) and self._file_system.exists(own):
            return manifest
        return self._reload()

    def snapshot(self, *, leave_out: Collection[str] = ()) -> StoreSnapshot:
        """The newest generation with its files mapped; files that a living snapshot of this handle has are shared.

        leave_out: names of files that are not to be mapped, because they are known to be damaged.

        Raises `CorruptIndex` for a missing file or one of another size, else as `current`.
        """
        while True:
            manifest = self.current()
            try:
                files = {entry.name: self._map(entry) for entry in manifest.files() if entry.name not in leave_out}
            except FileNotFoundError as error:
                if self.current() is manifest:
                    raise CorruptIndex(str(error.filename), "missing") from None
                continue
            return StoreSnapshot(self.path, manifest, files)

    def writer_lock(self, timeout: float = 10.0) -> WriteSession:
        """Become the index's one writer, until the session's `release` or the end of `with`.

        timeout: seconds to wait for another writer, in any process. What crashed writers left is removed first. Raises
        `LockTimeout`, which names the other writer's process; `WriteFailed` where the folder cannot be written to.
        """
        from searchkit.storage.garbage import collect
        from searchkit.storage.lock import WriterLock
        from searchkit.storage.session import WriteSession

        lock = WriterLock(self.path, timeout, self._file_system)
        session = WriteSession(self.path, lock, self._file_system)
        try:
            # Read, not probed: an index that was put in this one's place may have the same generation.
            self._reload()
            collect(session, synced=False)
        except BaseException:
            session.release()
            raise
        self._session = session
        return session

    def new_file(self, suffix: str) -> NewFile:
        """A new file of the index, named by chance; `suffix` is a dot and lower-case letters. Needs the writer's lock.

        It becomes part of the index when a commit names it, and is removed with the lock's release if none does.
        """
        from searchkit.storage.new_file import NewFile

        return NewFile(self._writer(), suffix)

    def scratch_file(self) -> ScratchFile:
        """A file for what a writer makes before its place in a new file comes. Needs the writer's lock."""
        from searchkit.storage.scratch_file import ScratchFile

        return ScratchFile(self._writer())

    def commit(self, manifest: Manifest) -> Manifest:
        """Make `manifest`, derived from `current()`, the next generation; returns it as committed, with its number.

        Needs the writer's lock. Raises `ValueError` where the manifest is not derived from the newest generation or
        names a file that is not finished; `WriteFailed` where nothing was committed; `CommitUncertain`; `WriterDead`.
        """
        from searchkit.storage.commit import publish
        from searchkit.storage.garbage import collect

        session = self._writer()
        self._check_derived(session, manifest)
        committed = replace(manifest, generation=manifest.generation + 1)
        publish(session, committed)
        self._head = self._head_of(committed)
        # The commit stands; what cannot be removed now is removed another time.
        with suppress(StorageError):
            collect(session, synced=True)
        return committed

    def collect_garbage(self) -> list[str]:
        """Remove what neither the last two generations nor an open snapshot of this process needs; returns the names.

        Every commit does so. Needs the writer's lock.
        """
        from searchkit.storage.garbage import collect

        return collect(self._writer(), synced=False)

    def verify(self) -> Iterator[Finding]:
        """Read every byte of the newest generation; yield what is wrong, nothing where all is well."""
        from searchkit.storage.verify import verify

        return verify(self._file_system, self.path)

    def close(self) -> None:
        """Give back the writer's lock, if this handle has it. Snapshots stay usable."""
        session, self._session = self._session, None
        if session is not None:
            session.release()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _writer(self) -> WriteSession:
        session = self._session
        if session is None:
            raise WriterDead(f"{self.path}: writing needs the writer's lock: take it first")
        session.check()
        return session

    def _reload(self) -> Manifest:
        manifest = self._head[0]
        newest = load_newest(self._file_system, self.path)
        if newest.index_id != manifest.index_id:
            raise IndexNotFound(f"{self.path}: the index that was open was replaced by another: open it again")
        if newest.generation != manifest.generation:
            self._head = self._head_of(newest)
        return self._head[0]

    def _head_of(self, manifest: Manifest) -> tuple[Manifest, bytes, bytes]:
        paths = (join(self.path, manifest_name(manifest.generation + step)) for step in (0, 1))
        own, following = map(os.fsencode, paths)
        return manifest, own, following

    def _map(self, entry: FileEntry) -> MappedFile:
        mapped = self._mapped.get(entry.name)
        if mapped is None or mapped.entry != entry:
            mapped = self._mapped[entry.name] = map_file(join(self.path, entry.name), entry, self._file_system)
        return mapped

    def _check_derived(self, session: WriteSession, manifest: Manifest) -> None:
        newest = self.current()
        if (manifest.generation, manifest.index_id) != (newest.generation, newest.index_id):
            raise ValueError(f"derived from generation {manifest.generation}, the newest is {newest.generation}")
        known = {entry.name: entry for entry in newest.files()}
        for entry in manifest.files():
            if entry != (known.get(entry.name) or session.entry(entry.name)):
                raise ValueError(f"{entry.name} is neither a file of the newest generation nor finished by this writer")
