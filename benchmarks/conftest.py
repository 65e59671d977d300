"""Indexes and queries that the suites share: built once a session, in a temporary folder."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from corpora import GENERATED, MissingCorpusError, documents
from peers import PEERS, Peer
from queries import Query, queries_for

_CORPUS = os.environ.get("SEARCHKIT_BENCHMARK_CORPUS", GENERATED)
_DOCUMENTS = int(os.environ.get("SEARCHKIT_BENCHMARK_DOCUMENTS", "5000"))
_QUERIES = 50


@pytest.fixture(scope="session")
def texts() -> list[dict[str, str]]:
    """The documents; `SEARCHKIT_BENCHMARK_CORPUS` and `SEARCHKIT_BENCHMARK_DOCUMENTS` say which and how many."""
    try:
        return list(documents(_CORPUS, _DOCUMENTS))
    except MissingCorpusError as error:
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def classes(texts: list[dict[str, str]]) -> dict[str, list[Query]]:
    """The queries by class."""
    try:
        return queries_for(_CORPUS, _DOCUMENTS, _QUERIES)
    except MissingCorpusError as error:
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def opened(texts: list[dict[str, str]], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Peer]]:
    """A function from a peer's name to the peer, its index built and open; skips where the peer is not installed."""
    folders: dict[str, Path] = {}
    peers: dict[str, Peer] = {}

    def open_peer(name: str) -> Peer:
        if name in peers:
            return peers[name]
        peer = available(name)
        owner = peer.index or name
        if owner not in folders:
            folders[owner] = tmp_path_factory.mktemp(owner)
            PEERS[owner]().build(folders[owner], texts[: peer.most_documents])
        peer.open(folders[owner])
        return peers.setdefault(name, peer)

    yield open_peer
    for peer in peers.values():
        peer.close()


def available(name: str) -> Peer:
    """The peer of that name; skips the test where it cannot run here."""
    if reason := PEERS[name].missing():
        pytest.skip(reason)
    return PEERS[name]()
