"""How long it takes to open an index, and until a fresh process has printed its first hits. A line a peer."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from conftest import available
from questions import Question

_PEERS = ["searchkit", "tantivy", "fts5", "bm25s"]
_SCRIPT = Path(__file__).with_name("first_query.py")


@pytest.mark.benchmark(group="opening, in a process that did so before")
@pytest.mark.parametrize("name", _PEERS)
def test_open(name: str, indexed: Callable[[str, bool], Path], benchmark: BenchmarkFixture) -> None:
    folder = indexed(name, False)

    def open_and_close() -> None:
        peer = available(name)
        peer.open(folder)
        peer.close()

    benchmark.pedantic(open_and_close, rounds=20, warmup_rounds=1)  # type: ignore[no-untyped-call]


@pytest.mark.benchmark(group="a fresh process: import, open, ask, print")
@pytest.mark.parametrize("name", _PEERS)
def test_first_query(
    name: str,
    indexed: Callable[[str, bool], Path],
    sets: dict[bool, dict[str, list[Question]]],
    benchmark: BenchmarkFixture,
) -> None:
    typed = json.dumps(available(name).typed(sets[False]["union"][0]))
    command = [sys.executable, str(_SCRIPT), name, str(indexed(name, False)), typed]
    done = benchmark.pedantic(  # type: ignore[no-untyped-call]
        lambda: subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True), rounds=3, warmup_rounds=1
    )
    assert done.stdout.strip()
