"""A power cut after every step of a writer's work leaves the last acknowledged commit whole, or the one under way."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from searchkit.errors import SearchkitError
from searchkit.storage import FileSystem, Store
from tests.crash.forgetful import Disk, RecordingFileSystem, lay_out
from tests.storage.support import SCHEMA, commit, contents, names, new_segment, new_store, put

COMMITS = 3


def expected(generation: int) -> list[bytes]:
    """What the segments of a generation hold."""
    if generation == 1:
        return []
    return [(b"%d." % generation) * length for length in (5, 400)]


def work(folder: Path, system: RecordingFileSystem) -> None:
    """Commit some generations, with files that are given up and a snapshot that holds others."""
    store = Store.open(folder, file_system=system)
    with store.snapshot():
        for _ in range(COMMITS):
            with store.writer_lock():
                new_segment(store, b"finished and never named")
                given_up = store.new_file(".seg")
                given_up.write(b"y" * 300_000)
                given_up.abandon()
                system.acknowledge(put(store, *expected(store.current().generation + 1)).generation)


def problem(folder: Path, promised: int) -> str | None:
    """Why an index after a crash is not what was promised, or None."""
    try:
        store = Store.open(folder)
        generation = store.current().generation
        if generation not in (promised, promised + 1):
            return f"shows generation {generation}, {promised} was promised"
        if findings := list(store.verify()):
            return f"has damaged files: {findings}"
        if contents(store) != expected(generation):
            return "holds something else"
    except SearchkitError as error:
        return f"cannot be opened: {error!r}"
    return None


def cut_everywhere(folder: Path, start: Disk, system: RecordingFileSystem, check: Callable[[Path, int], None]) -> int:
    """Check what may be left after a power cut at every step of the log; how many states that were."""
    count = 0
    safe, promised = start.names, start.promised
    chance = random.Random(1979)
    for steps in range(len(system.log) + 1):
        disk = Disk(dict(safe), promised=promised)
        disk.replay(system.log[:steps])
        for left in disk.leftovers(chance, more=6):
            lay_out(folder, left)
            check(folder, disk.promised)
            shutil.rmtree(folder)
            count += 1
    return count


def test_commits_survive_a_power_cut_at_any_step(tmp_path: Path) -> None:
    index = tmp_path / "index"
    commit(new_store(index), *expected(2))
    start = Disk.of(index, promised=2)
    system = RecordingFileSystem()
    work(index, system)

    def check(folder: Path, promised: int) -> None:
        assert problem(folder, promised) is None
        store = Store.open(folder)
        for _ in range(2):
            commit(store, b"after")
        assert len(names(folder)) == 5

    assert cut_everywhere(tmp_path / "left", start, system, check) > 500


def test_a_creation_survives_or_never_happened(tmp_path: Path) -> None:
    system = RecordingFileSystem()
    Store.create(tmp_path / "index", schema=SCHEMA, file_system=system)
    system.acknowledge(1)

    def check(folder: Path, promised: int) -> None:
        if not Store.exists(folder):
            assert promised == 0
            new_store(folder)
        assert problem(folder, 1) is None

    assert cut_everywhere(tmp_path / "left", Disk({}), system, check) > 50


def rounds(tmp_path: Path, count: int) -> None:
    """Crash, go on from what is left, crash again."""
    chance = random.Random(count)
    index = tmp_path / "index"
    commit(new_store(index), *expected(2))
    promised = 2
    for _ in range(count):
        disk, system = Disk.of(index, promised), RecordingFileSystem()
        work(index, system)
        shutil.rmtree(index)
        disk.replay(system.log[: chance.randint(0, len(system.log))])
        lay_out(index, list(disk.leftovers(chance, more=2))[chance.randint(0, 5)])
        assert problem(index, disk.promised) is None
        promised = Store.open(index).current().generation


def test_crash_after_crash(tmp_path: Path) -> None:
    rounds(tmp_path, 25)


@pytest.mark.slow
def test_crash_after_crash_for_long(tmp_path: Path) -> None:
    rounds(tmp_path, 1000)


class NoFileSync(RecordingFileSystem):
    def sync(self, descriptor: int) -> None:
        pass


class NoDirectorySync(RecordingFileSystem):
    def sync_directory(self, folder: str) -> None:
        pass


class DirectorySyncOnlyBefore(RecordingFileSystem):
    """Syncs the folder before the rename and not after it."""

    renamed = False

    def rename(self, source: str, target: str) -> None:
        super().rename(source, target)
        self.renamed = True

    def sync_directory(self, folder: str) -> None:
        if not self.renamed:
            super().sync_directory(folder)
        self.renamed = False


class DirectorySyncOnlyAfter(RecordingFileSystem):
    """Syncs the folder after the rename and not before it."""

    renamed = False

    def rename(self, source: str, target: str) -> None:
        super().rename(source, target)
        self.renamed = True

    def sync_directory(self, folder: str) -> None:
        if self.renamed:
            super().sync_directory(folder)
        self.renamed = False


class WritesInPlace(RecordingFileSystem):
    """Copies the manifest to its name instead of renaming it."""

    def rename(self, source: str, target: str) -> None:
        descriptor = self.create_exclusive(target)
        FileSystem.write(self, descriptor, Path(source).read_bytes())
        self.log.append(("write", self._files[descriptor], Path(source).read_bytes()))
        self.close(descriptor)
        self.unlink(source)


@pytest.mark.parametrize(
    "kind", [NoFileSync, NoDirectorySync, DirectorySyncOnlyBefore, DirectorySyncOnlyAfter, WritesInPlace]
)
def test_the_simulation_notices_a_missing_step(tmp_path: Path, kind: type[RecordingFileSystem]) -> None:
    index = tmp_path / "index"
    commit(new_store(index), *expected(2))
    start, system = Disk.of(index, promised=2), kind()
    work(index, system)
    problems: list[str] = []

    def check(folder: Path, promised: int) -> None:
        if (found := problem(folder, promised)) is not None:
            problems.append(found)

    cut_everywhere(tmp_path / "left", start, system, check)
    assert problems
