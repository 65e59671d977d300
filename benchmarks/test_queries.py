"""How long the queries of a class take: text in, ten hits with id and title out. One group a class, a line a peer."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from peers import KINDS, PEERS, Peer
from queries import Query

_CASES = [(kind, name) for kind in KINDS for name, peer in PEERS.items() if kind in peer.kinds]


@pytest.mark.parametrize(("kind", "name"), _CASES)
def test_top_ten(
    kind: str,
    name: str,
    classes: dict[str, list[Query]],
    opened: Callable[[str], Peer],
    benchmark: BenchmarkFixture,
) -> None:
    peer, queries = opened(name), classes[kind]
    benchmark.group = f"{kind}, {len(queries)} queries"
    hits = benchmark(lambda: [peer.search(kind, words, 10) for words in queries])
    assert all(len(found) <= 10 for found in hits)
    assert any(hits)
