"""What a snapshot holds goes with it at once, without the garbage collector: mapped files stay on disk as long."""

from __future__ import annotations

import gc
import weakref
from pathlib import Path

import pytest

import searchkit

QUERIES = [
    "oil",
    "oil -gas",
    '"oil price"',
    '"price oil"~3',
    "oil NEAR/2 price",
    "o*",
    "/o.l/",
    "oli~",
    "source:wire",
    "*",
]


@pytest.fixture
def collector() -> object:
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def test_the_parts_of_a_snapshot_go_with_it(tmp_path: Path, collector: object) -> None:
    article = {"title": "Oil price", "body": "The oil price rose.", "source": "wire", "date": "1979-11-04"}
    with searchkit.open(tmp_path / "index") as index:
        index.add([article | {"id": "a"}])
        for query in QUERIES:
            results = index.search(query, facets="source")
            assert [hit["title"] for hit in results] == ["Oil price"], query
            assert [hit.id for hit in index.search(query, sort="-date")] == ["a"], query
            assert index.count(query) == 1, query
        parts = [weakref.ref(part) for part in index._snapshot().parts]
        assert parts[0]() is not None
        del results
        index.add([article | {"id": "b"}])
        assert index.count("oil") == 2
        assert [part() for part in parts] == [None]


def test_as_many_hits_as_anybody_may_ask_for(tmp_path: Path) -> None:
    limits = searchkit.Limits(page=1 << 40)
    with searchkit.open(tmp_path / "index", limits=limits) as index:
        index.add([{"id": "a", "body": "oil", "date": "1979-11-04"}])
        for sort in (None, "-date", "date"):
            assert [hit.id for hit in index.search("oil", limit=1 << 33, sort=sort)] == ["a"]
