"""Pages of an index that is searched often are mapped ahead, beside the searches."""

from __future__ import annotations

import os
from pathlib import Path
from threading import enumerate as threads

import pytest

import searchkit
from searchkit import Index
from searchkit.engines.native import preloading
from searchkit.engines.native.preloading import OFTEN, begin_preloading
from searchkit.kernels import COMPILED
from searchkit.kernels.preloading import preload


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Index:
    monkeypatch.setattr(preloading, "_LEAST", 1)
    index = searchkit.open(tmp_path / "index")
    index.add({"id": str(number), "body": f"walrus {number} " * 50} for number in range(2000))
    return index


def _are_preloaded(index: Index) -> list[bool]:
    return [part.segment.is_preloaded for part in index._snapshot().parts]


def _wait() -> None:
    for thread in threads():
        if thread.name == "searchkit-preload":
            thread.join()


def test_after_some_searches_and_not_before(index: Index) -> None:
    for _ in range(OFTEN - 1):
        index.search("walrus")
    assert _are_preloaded(index) == [False]
    index.count("walrus")
    _wait()
    assert _are_preloaded(index) == [True]
    assert index.search("walrus").total == 2000


def test_only_what_is_new_after_a_commit(index: Index) -> None:
    first = begin_preloading(index._snapshot())
    assert first is not None
    first.join()
    assert begin_preloading(index._snapshot()) is None
    index.add([{"id": "new", "body": "walrus"}])
    assert sorted(_are_preloaded(index)) == [False, True]
    second = begin_preloading(index._snapshot())
    assert second is not None
    second.join()
    assert _are_preloaded(index) == [True, True]


def test_of_a_large_index_what_is_in_memory(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preloading, "_READ", 1000)
    thread = begin_preloading(index._snapshot())
    assert thread is not None
    thread.join()
    assert _are_preloaded(index) == [True]


def test_what_may_not_fit_into_memory_is_left_alone(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preloading, "_MOST", 1000)
    assert begin_preloading(index._snapshot()) is None
    assert _are_preloaded(index) == [False]


def test_small_segments_need_no_thread(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preloading, "_LEAST", 1 << 30)
    assert begin_preloading(index._snapshot()) is None


@pytest.mark.parametrize("reading", [True, False])
def test_the_pages_are_in_the_tables_of_the_process(index: Index, reading: bool) -> None:
    release = tuple(int(part) for part in os.uname().release.split(".")[:2]) if hasattr(os, "uname") else (0, 0)
    if not COMPILED or os.uname().sysname != "Linux" or release < (5, 14):
        pytest.skip("needs compiled kernels, and Linux 5.14")
    (part,) = index._snapshot().parts
    assert preload(part.segment.container.section("positions"), reading)
    resource = pytest.importorskip("resource")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    section = part.segment.container.section("positions")
    assert sum(section[at] for at in range(0, len(section), 4096)) >= 0
    assert resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before < len(section) / 4096 / 16 + 2


def test_nothing_to_map_is_no_error() -> None:
    assert not preload(memoryview(b""))
