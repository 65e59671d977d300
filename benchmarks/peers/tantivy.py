"""tantivy-py, with one indexing thread or its default number; hits counted or not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar

from peers.protocol import Counts, Document, Hit, Peer, in_commits
from questions import Clause, Question

_TEXTS = ["title", "body"]
_PREFIX = dict.fromkeys(_TEXTS, (True, 0, True))
_FUZZY = dict.fromkeys(_TEXTS, (False, 1, True))


class Tantivy(Peer):
    """One indexing thread; the parser's default fields are title and body; hits are not counted."""

    name = "tantivy"
    module = "tantivy"
    package = "tantivy"
    threads: ClassVar[int] = 1
    counting: ClassVar[bool] = False

    def build(self, path: Path, documents: Iterable[Document], commits: Sequence[int] = ()) -> None:
        import tantivy

        writer = tantivy.Index(self._schema(), path=str(path)).writer(num_threads=self.threads)
        for group in in_commits(documents, commits):
            for document in group:
                writer.add_document(self._document(document))
            writer.commit()
        writer.wait_merging_threads()

    def open(self, path: Path) -> None:
        import tantivy

        self._index = tantivy.Index.open(str(path))
        self._searcher = self._index.searcher()

    def typed(self, question: Question) -> tuple[str, dict[str, Any]]:
        """The text, and the arguments of `parse_query` that go with it."""
        options: dict[str, Any] = {"default_field_names": [question.field] if question.field else _TEXTS}
        text, shape = question.typed(), question.clauses[0].shape
        if shape == "prefix":
            text, options["fuzzy_fields"] = question.words()[0], _PREFIX
        elif shape == "fuzzy":
            text, options["fuzzy_fields"] = question.words()[0], _FUZZY
        elif shape == "wildcard":
            text, options["allow_regexes"] = _regular_expressions(question.clauses[0]), True
        if question.since and question.until:
            end = datetime.fromisoformat(question.until) + timedelta(days=1)
            text = f"+({text}) +date:[{question.since}T00:00:00Z TO {end:%Y-%m-%d}T00:00:00Z}}"
        return text, options

    def search(self, typed: tuple[str, dict[str, Any]], limit: int) -> list[Hit]:
        text, options = typed
        query = self._index.parse_query(text, **options)
        return self._hits(self._searcher.search(query, limit, count=self.counting).hits)

    def count(self, typed: tuple[str, dict[str, Any]]) -> int:
        text, options = typed
        total: int = self._searcher.search(self._index.parse_query(text, **options), 1, count=True).count
        return total

    def search_with_total(self, typed: tuple[str, dict[str, Any]], limit: int) -> tuple[list[Hit], int]:
        text, options = typed
        found = self._searcher.search(self._index.parse_query(text, **options), limit, count=True)
        return self._hits(found.hits), found.count

    def newest(self, typed: tuple[str, dict[str, Any]], limit: int) -> list[Hit]:
        text, options = typed
        query = self._index.parse_query(text, **options)
        return self._hits(self._searcher.search(query, limit, count=self.counting, order_by_field="date").hits)

    def facets(self, typed: tuple[str, dict[str, Any]], limit: int) -> Counts:
        text, options = typed
        wanted = {"sources": {"terms": {"field": "source", "size": limit}}}
        found = self._searcher.aggregate(self._index.parse_query(text, **options), wanted)
        return [(bucket["key"], bucket["doc_count"]) for bucket in found["sources"]["buckets"]]

    def begin_updates(self, path: Path) -> None:
        self.open(path)
        self._writer = self._index.writer(num_threads=self.threads)

    def update(self, documents: Sequence[Document]) -> None:
        for document in documents:
            self._writer.delete_documents_by_term("id", document["id"])
            self._writer.add_document(self._document(document))
        self._writer.commit()
        self._index.reload()
        self._searcher = self._index.searcher()

    def close(self) -> None:
        del self._searcher, self._index
        if hasattr(self, "_writer"):
            self._writer.wait_merging_threads()
            del self._writer

    def _hits(self, found: list[Any]) -> list[Hit]:
        fetch, hits = self._searcher.doc, []
        for _, address in found:
            document = fetch(address)
            hits.append((document.get_first("id"), document.get_first("title")))
        return hits

    def _document(self, document: Document) -> Any:
        import tantivy

        if not self.dated:
            return tantivy.Document(**document)
        made = tantivy.Document(**{field: document[field] for field in ("id", "title", "body", "source")})
        if document["date"]:
            made.add_date("date", datetime.fromisoformat(document["date"]).replace(tzinfo=UTC))
        return made

    def _schema(self) -> Any:
        import tantivy

        builder = tantivy.SchemaBuilder()
        builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
        builder.add_text_field("title", stored=True, tokenizer_name="en_stem", index_option="position")
        builder.add_text_field("body", stored=True, tokenizer_name="en_stem", index_option="position")
        if self.dated:
            builder.add_date_field("date", stored=True, indexed=True, fast=True)
            builder.add_text_field("source", stored=True, fast=True, tokenizer_name="raw", index_option="basic")
        return builder.build()

    @classmethod
    def lacks(cls, module: Any) -> str | None:
        # An older one, where a name of its interface was another.
        if not hasattr(module.IndexWriter, "delete_documents_by_term"):
            return f"{cls.name}: tantivy-py is too old (no delete_documents_by_term)"
        return None


class TantivyThreads(Tantivy):
    """As many indexing threads as tantivy chooses."""

    name = "tantivy-threads"
    threads = 0


class TantivyCount(Tantivy):
    """`count` left at its default: every search counts all matches too."""

    name = "tantivy-count"
    index = "tantivy"
    counting = True


def _regular_expressions(clause: Clause) -> str:
    """A wildcard as the parser takes it: a regular expression for each field."""
    pattern = clause.words[0].replace("?", ".").replace("*", ".*")
    return " ".join(f"{field}:/{pattern}/" for field in _TEXTS)
