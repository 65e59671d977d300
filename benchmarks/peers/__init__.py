"""The engines that are measured side by side, one file each."""

from __future__ import annotations

from peers.bm25s import Bm25s
from peers.fts5 import Fts5
from peers.protocol import KINDS, Document, Hit, Peer, query_text
from peers.searchkit import Searchkit
from peers.tantivy import Tantivy, TantivyBody, TantivyCount, TantivyThreads
from peers.whoosh3 import Whoosh3

__all__ = ["KINDS", "PEERS", "Document", "Hit", "Peer", "query_text"]

PEERS: dict[str, type[Peer]] = {
    peer.name: peer for peer in (Searchkit, Tantivy, TantivyThreads, TantivyCount, TantivyBody, Fts5, Bm25s, Whoosh3)
}
