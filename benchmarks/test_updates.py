"""How long a change takes until it is synced to disk and found: one new document; one in a hundred replaced."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from conftest import available
from peers import Document
from questions import any_of

_PEERS = ["searchkit", "tantivy", "fts5"]


@pytest.mark.parametrize("share", [0, 100], ids=["one", "one-in-a-hundred"])
@pytest.mark.parametrize("name", _PEERS)
def test_update(
    name: str,
    share: int,
    indexed: Callable[[str, bool], Path],
    texts: dict[bool, list[Document]],
    tmp_path: Path,
    benchmark: BenchmarkFixture,
) -> None:
    shutil.copytree(indexed(name, True), tmp_path / "index")
    peer, numbers = available(name, True), count()
    peer.begin_updates(tmp_path / "index")
    chosen = texts[True][::share] if share else [texts[True][0] | {"id": "new"}]

    def update() -> list[str]:
        word = f"remarkable{next(numbers)}"
        peer.update([text | {"body": f"{text['body']} {word}"} for text in chosen])
        return [id for id, _ in peer.search(peer.typed(any_of(word)), len(chosen))]

    benchmark.group = f"an update of {len(chosen)} documents"
    found = benchmark.pedantic(update, rounds=5, warmup_rounds=1)  # type: ignore[no-untyped-call]
    peer.close()
    assert sorted(found) == sorted(text["id"] for text in chosen)
