"""Indexes and questions that the suites share: built once a session, in a temporary folder."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from corpora import GENERATED, MissingCorpusError, documents
from drawing import questions_for
from peers import PEERS, Document, Peer
from questions import Question

_CORPUS = os.environ.get("SEARCHKIT_BENCHMARK_CORPUS", GENERATED)
_DOCUMENTS = int(os.environ.get("SEARCHKIT_BENCHMARK_DOCUMENTS", "5000"))
_QUERIES = 50

Opened = Callable[[str, bool], Peer]


@pytest.fixture(scope="session")
def texts() -> dict[bool, list[Document]]:
    """The documents, without (False) and with (True) dates and sources.

    `SEARCHKIT_BENCHMARK_CORPUS` and `SEARCHKIT_BENCHMARK_DOCUMENTS` say which and how many.
    """
    try:
        return {dated: list(documents(_CORPUS, _DOCUMENTS, dated)) for dated in (False, True)}
    except MissingCorpusError as error:
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def sets(texts: dict[bool, list[Document]]) -> dict[bool, dict[str, list[Question]]]:
    """The sets of questions, without and with dates."""
    try:
        return {dated: questions_for(_CORPUS, _DOCUMENTS, _QUERIES, dated) for dated in texts}
    except MissingCorpusError as error:
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def indexed(texts: dict[bool, list[Document]], tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, bool], Path]:
    """A function from a peer's name and whether with dates to the folder of its index; skips where it can't run."""
    folders: dict[tuple[str, bool], Path] = {}

    def build(name: str, dated: bool) -> Path:
        peer = available(name, dated)
        owner = peer.index or name
        if (owner, dated) not in folders:
            folder = tmp_path_factory.mktemp(owner)
            PEERS[owner](dated).build(folder, texts[dated][: peer.most_documents])
            folders[owner, dated] = folder
        return folders[owner, dated]

    return build


@pytest.fixture(scope="session")
def opened(indexed: Callable[[str, bool], Path]) -> Iterator[Opened]:
    """A function from a peer's name and whether with dates to the peer, its index built and open."""
    peers: dict[tuple[str, bool], Peer] = {}

    def open_peer(name: str, dated: bool) -> Peer:
        if (name, dated) not in peers:
            folder = indexed(name, dated)
            peers[name, dated] = available(name, dated)
            peers[name, dated].open(folder)
        return peers[name, dated]

    yield open_peer
    for peer in peers.values():
        peer.close()


def available(name: str, dated: bool = False) -> Peer:
    """The peer of that name; skips the test where it cannot run here."""
    if reason := PEERS[name].missing():
        pytest.skip(reason)
    return PEERS[name](dated)
