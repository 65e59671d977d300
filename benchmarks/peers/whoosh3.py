"""whoosh3: pure Python, so on few documents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from peers.protocol import Document, Hit, Peer, query_text, sync_folder


class Whoosh3(Peer):
    """English stemming without stop words, an unbounded cache of stems, a large buffer, one segment at the end."""

    name = "whoosh3"
    module = "whoosh"
    package = "whoosh3"
    most_documents = 10_000

    def build(self, path: Path, documents: Iterable[Document]) -> None:
        from whoosh.index import create_in

        writer = create_in(path, _schema()).writer(limitmb=256)
        for document in documents:
            writer.add_document(**document)
        writer.commit(optimize=True)
        sync_folder(path)

    def open(self, path: Path) -> None:
        from whoosh.index import open_dir
        from whoosh.qparser import AndGroup, MultifieldParser, OrGroup

        index = open_dir(path, readonly=True)
        self._searcher = index.searcher()
        fields = ["title", "body"]
        self._any = MultifieldParser(fields, index.schema, group=OrGroup)
        self._all = MultifieldParser(fields, index.schema, group=AndGroup)

    def search(self, kind: str, words: Sequence[str], limit: int) -> list[Hit]:
        return [(hit["id"], hit["title"]) for hit in self._searcher.search(self._parse(kind, words), limit=limit)]

    def count(self, kind: str, words: Sequence[str]) -> int:
        return sum(1 for _ in self._searcher.docs_for_query(self._parse(kind, words)))

    def close(self) -> None:
        self._searcher.close()

    def _parse(self, kind: str, words: Sequence[str]) -> Any:
        if kind == "intersection":
            return self._all.parse(" ".join(words))
        return self._any.parse(query_text(kind, words))


def _schema() -> Any:
    from whoosh.analysis import StemmingAnalyzer
    from whoosh.fields import ID, TEXT, Schema

    text = TEXT(analyzer=StemmingAnalyzer(stoplist=None, minsize=1, cachesize=-1), stored=True)
    return Schema(id=ID(stored=True, unique=True), title=text, body=text)
