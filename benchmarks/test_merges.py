"""How long it takes to make one segment of those of twenty commits, where an engine can be asked to."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

import searchkit
from peers import Document

_COMMITS = 20


@pytest.mark.benchmark(group=f"merging what {_COMMITS} commits made")
def test_merge(texts: dict[bool, list[Document]], tmp_path: Path, benchmark: BenchmarkFixture) -> None:
    with searchkit.open(tmp_path / "made") as index:
        for part in range(_COMMITS):
            index.add(texts[True][part::_COMMITS])

    def copied() -> None:
        shutil.rmtree(tmp_path / "merged", ignore_errors=True)
        shutil.copytree(tmp_path / "made", tmp_path / "merged")

    def merge() -> int:
        with searchkit.open(tmp_path / "merged") as index:
            index.merge()
            return len(index)

    merged = benchmark.pedantic(merge, setup=copied, rounds=3)  # type: ignore[no-untyped-call]
    assert merged == len(texts[True])
