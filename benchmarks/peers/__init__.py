"""The engines that are measured side by side, one file each."""

from __future__ import annotations

from peers.bm25s import Bm25s
from peers.fts5 import Fts5
from peers.protocol import Document, Hit, Peer
from peers.searchkit import Searchkit, SearchkitWorkers
from peers.tantivy import Tantivy, TantivyCount, TantivyThreads
from peers.whoosh3 import Whoosh3

__all__ = ["PEERS", "Document", "Hit", "Peer"]

PEERS: dict[str, type[Peer]] = {
    peer.name: peer
    for peer in (Searchkit, SearchkitWorkers, Tantivy, TantivyThreads, TantivyCount, Fts5, Bm25s, Whoosh3)
}
