"""A disk that forgets at a power cut what was never synced.

`RecordingFileSystem` works on a real folder and keeps a log of what storage did there. `Disk` replays a part of the log
and says what may be left of it: of a file's bytes, what was synced, and any part of the rest; of the folder's names,
those that were synced, and any selection of the later changes.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from searchkit.storage import FileSystem

Event = tuple[Any, ...]


class RecordingFileSystem(FileSystem):
    """Keeps in `log` what changes the folder; `acknowledge` adds a generation that a commit has promised."""

    def __init__(self) -> None:
        self.log: list[Event] = []
        self._files: dict[int, int] = {}
        self._count = 0

    def acknowledge(self, generation: int) -> None:
        self.log.append(("acknowledge", generation))

    def create_exclusive(self, path: str) -> int:
        descriptor = super().create_exclusive(path)
        self._count += 1
        self._files[descriptor] = self._count
        self.log.append(("create", os.path.basename(path), self._count))
        return descriptor

    def write(self, descriptor: int, data: Any) -> int:
        self.log.append(("write", self._files[descriptor], bytes(data)))
        return super().write(descriptor, data)

    def sync(self, descriptor: int) -> None:
        super().sync(descriptor)
        if descriptor in self._files:
            self.log.append(("sync", self._files[descriptor]))

    def close(self, descriptor: int) -> None:
        self._files.pop(descriptor, None)
        super().close(descriptor)

    def rename(self, source: str, target: str) -> None:
        super().rename(source, target)
        self.log.append(("rename", os.path.basename(source), os.path.basename(target)))

    def unlink(self, path: str) -> None:
        super().unlink(path)
        self.log.append(("unlink", os.path.basename(path)))

    def sync_directory(self, folder: str) -> None:
        super().sync_directory(folder)
        self.log.append(("sync_directory",))


@dataclass
class File:
    """The bytes that are safe, and those that may be lost."""

    synced: bytes = b""
    unsynced: bytes = b""


@dataclass
class Disk:
    """The state of the disk after a part of a log.

    names: the names that are safe. changes: what happened to names since, as (removed name, added name, file).
    promised: the newest generation that a commit has acknowledged.
    """

    names: dict[str, File]
    changes: list[tuple[str | None, str | None, File | None]] = field(default_factory=list)
    files: dict[int, File] = field(default_factory=dict)
    promised: int = 0

    @classmethod
    def of(cls, folder: Path, promised: int = 0) -> Disk:
        """A disk on which everything in the folder is safe."""
        return cls({path.name: File(path.read_bytes()) for path in folder.iterdir()}, promised=promised)

    def replay(self, log: list[Event]) -> None:
        for kind, *details in log:
            getattr(self, "_" + kind)(*details)

    def _acknowledge(self, generation: int) -> None:
        self.promised = generation

    def _create(self, name: str, number: int) -> None:
        self.files[number] = File()
        self.changes.append((None, name, self.files[number]))

    def _write(self, number: int, data: bytes) -> None:
        self.files[number].unsynced += data

    def _sync(self, number: int) -> None:
        file = self.files[number]
        file.synced, file.unsynced = file.synced + file.unsynced, b""

    def _rename(self, source: str, target: str) -> None:
        self.changes.append((source, target, self._apply(self.changes)[source]))

    def _unlink(self, name: str) -> None:
        self.changes.append((name, None, None))

    def _sync_directory(self) -> None:
        self.names, self.changes = self._apply(self.changes), []

    def _apply(self, changes: list[tuple[str | None, str | None, File | None]]) -> dict[str, File]:
        names = dict(self.names)
        for removed, added, file in changes:
            if removed is not None:
                names.pop(removed, None)
            if added is not None and file is not None:
                names[added] = file
        return names

    def leftovers(self, chance: random.Random, more: int) -> Iterator[dict[str, bytes]]:
        """What a power cut may leave, as contents by name: the four extremes, and `more` drawn by chance."""
        for names in (self._apply([]), self._apply(self.changes)):
            yield {name: file.synced for name, file in names.items()}
            yield {name: file.synced + file.unsynced for name, file in names.items()}
        for _ in range(more):
            kept = [change for change in self.changes if chance.random() < 0.5]
            yield {name: file.synced + torn(file.unsynced, chance) for name, file in self._apply(kept).items()}


def torn(data: bytes, chance: random.Random) -> bytes:
    """Some sectors of what was written: cut anywhere, zeros or noise where a sector did not arrive."""
    data = data[: chance.randint(0, len(data))]
    pieces = [data[start : start + 64] for start in range(0, len(data), 64)]
    return b"".join(chance.choice([piece, piece, bytes(len(piece)), chance.randbytes(len(piece))]) for piece in pieces)


def lay_out(folder: Path, contents: dict[str, bytes]) -> None:
    folder.mkdir()
    for name, data in contents.items():
        (folder / name).write_bytes(data)
