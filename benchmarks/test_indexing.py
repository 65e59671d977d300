"""How long it takes until documents are durable in a new index. One group, a line a peer."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from conftest import available
from corpora import text_size
from peers import PEERS

_BUILDERS = [name for name, peer in PEERS.items() if peer.index is None]


@pytest.mark.benchmark(group="indexing")
@pytest.mark.parametrize("name", _BUILDERS)
def test_index_documents(name: str, texts: list[dict[str, str]], tmp_path: Path, benchmark: BenchmarkFixture) -> None:
    peer = available(name)
    chosen = texts[: peer.most_documents]
    folder = tmp_path / "index"

    def empty_folder() -> None:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()

    benchmark.pedantic(  # type: ignore[no-untyped-call]
        lambda: peer.build(folder, chosen), setup=empty_folder, rounds=3
    )
    benchmark.extra_info["documents"] = len(chosen)
    benchmark.extra_info["text_bytes"] = sum(map(text_size, chosen))
    peer.open(folder)
    best = peer.search("word", (chosen[0]["title"].split()[0].lower(),), 10)
    peer.close()
    assert best
