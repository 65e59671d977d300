"""tantivy-py, with one indexing thread or its default number, over title and body or the body alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, ClassVar

from peers.protocol import Document, Hit, Peer, query_text


class Tantivy(Peer):
    """One indexing thread; the parser's default fields are title and body; hits are not counted."""

    name = "tantivy"
    module = "tantivy"
    package = "tantivy"
    threads: ClassVar[int] = 1
    fields: ClassVar[list[str]] = ["title", "body"]
    counting: ClassVar[bool] = False

    def build(self, path: Path, documents: Iterable[Document]) -> None:
        import tantivy

        writer = tantivy.Index(_schema(), path=str(path)).writer(num_threads=self.threads)
        for document in documents:
            writer.add_document(tantivy.Document(**document))
        writer.commit()
        writer.wait_merging_threads()

    def open(self, path: Path) -> None:
        import tantivy

        self._index = tantivy.Index.open(str(path))
        self._searcher = self._index.searcher()

    def search(self, kind: str, words: Sequence[str], limit: int) -> list[Hit]:
        searcher = self._searcher
        query = self._index.parse_query(query_text(kind, words), self.fields)
        hits = []
        for _, address in searcher.search(query, limit, count=self.counting).hits:
            document = searcher.doc(address)
            hits.append((document.get_first("id"), document.get_first("title")))
        return hits

    def count(self, kind: str, words: Sequence[str]) -> int:
        query = self._index.parse_query(query_text(kind, words), self.fields)
        total: int = self._searcher.search(query, 1, count=True).count
        return total

    def close(self) -> None:
        del self._searcher, self._index


class TantivyThreads(Tantivy):
    """As many indexing threads as tantivy chooses."""

    name = "tantivy-threads"
    threads = 0


class TantivyCount(Tantivy):
    """`count` left at its default: every search counts all matches too."""

    name = "tantivy-count"
    index = "tantivy"
    counting = True


class TantivyBody(Tantivy):
    """The parser's default field is the body alone: half the postings lists, and titles cannot match."""

    name = "tantivy-body"
    index = "tantivy"
    fields: ClassVar[list[str]] = ["body"]


def _schema() -> Any:
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("title", stored=True, tokenizer_name="en_stem", index_option="position")
    builder.add_text_field("body", stored=True, tokenizer_name="en_stem", index_option="position")
    return builder.build()
