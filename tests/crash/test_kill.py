"""A writer killed at any moment (SIGKILL): the last acknowledged commit stands, whole, and the next writer gets on."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from searchkit.storage import Store
from tests.storage.support import commit, names, new_store

WRITER = Path(__file__).with_name("writer.py")


def kill_after(folder: Path, seconds: float) -> int:
    """Kill a writer so many seconds after its first commit; returns the last generation that it promised."""
    with subprocess.Popen([sys.executable, WRITER, folder], stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        first = writer.stdout.readline()
        time.sleep(seconds)
        writer.kill()
        # A killed process may have died within a line.
        rest = [line for line in writer.stdout if line.endswith("\n")]
    return int((rest or [first])[-1])


def check(folder: Path, promised: int) -> None:
    """The index is at the promised generation or the next one; every segment holds what its generation wrote."""
    store = Store.open(folder)
    generation = store.current().generation
    assert generation in (promised, promised + 1)
    assert list(store.verify()) == []
    with store.snapshot() as snapshot:
        views = [bytes(snapshot.file(segment.file.name).view) for segment in snapshot.manifest.segments]
    assert all(view == view[:8] * (len(view) // 8) for view in views)
    assert int(views[-1][:8]) == generation


def kill_often(folder: Path, times: int) -> None:
    chance = random.Random()
    new_store(folder)
    for _ in range(times):
        check(folder, kill_after(folder, chance.random() * 0.1))
    # What the dead left goes with the first writer after them.
    store = Store.open(folder)
    with store.writer_lock(timeout=0):
        pass
    for _ in range(2):
        commit(store, b"after")
    assert len(names(folder)) == 5


def test_ten_kills(tmp_path: Path) -> None:
    kill_often(tmp_path, 10)


@pytest.mark.slow
def test_three_hundred_kills(tmp_path: Path) -> None:
    kill_often(tmp_path, 300)
