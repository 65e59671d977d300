"""How long it takes until documents are durable in a new index; size and memory beside. One group, a line a peer."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from conftest import available
from corpora import text_size
from peers import PEERS, Document

_BUILDERS = [name for name, peer in PEERS.items() if peer.index is None]
_COMMITS = 20


@pytest.mark.parametrize("commits", [1, _COMMITS])
@pytest.mark.parametrize("name", _BUILDERS)
def test_index_documents(
    name: str, commits: int, texts: dict[bool, list[Document]], tmp_path: Path, benchmark: BenchmarkFixture
) -> None:
    """In one commit, and in twenty, merges finished."""
    peer = available(name)
    if commits > 1 and not peer.updates:
        pytest.skip(f"{name} has one commit only")
    chosen = texts[False][: peer.most_documents]
    folder = tmp_path / "index"
    sizes = [len(chosen) // commits] * (commits - 1)

    def empty_folder() -> None:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()

    benchmark.group = f"indexing, {commits} commit(s)"
    benchmark.pedantic(  # type: ignore[no-untyped-call]
        lambda: peer.build(folder, chosen, sizes), setup=empty_folder, rounds=3 if peer.most_documents is None else 1
    )
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    text = sum(map(text_size, chosen))
    benchmark.extra_info |= {"documents": len(chosen), "text_bytes": text, "index_bytes": size}
    assert size > text // 4
