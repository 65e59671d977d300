"""whoosh3: pure Python, so on few documents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from peers.protocol import Counts, Document, Hit, Peer, in_commits, sync_folder
from questions import Question

_TEXTS = ["title", "body"]


class Whoosh3(Peer):
    """English stemming without stop words, an unbounded cache of stems, a large buffer, one segment at the end."""

    name = "whoosh3"
    module = "whoosh"
    package = "whoosh3"
    most_documents = 10_000

    def build(self, path: Path, documents: Iterable[Document], commits: Sequence[int] = ()) -> None:
        from whoosh.index import create_in

        index = create_in(path, self._schema())
        for group in in_commits(documents, commits):
            writer = index.writer(limitmb=256)
            for document in group:
                writer.add_document(**self._values(document))
            writer.commit(optimize=not commits)
        sync_folder(path)

    def open(self, path: Path) -> None:
        from whoosh.index import open_dir

        self._path, self._index = path, open_dir(path, readonly=True)
        self._searcher = self._index.searcher()
        self._parsers = {field: self._parser([field] if field else _TEXTS) for field in (None, "body")}

    def typed(self, question: Question) -> tuple[str, Any, Any]:
        """The text, its parser, and the interval of dates as a query or None."""
        dates = None
        if question.since and question.until:
            from whoosh.query import DateRange

            end = datetime.fromisoformat(question.until) + timedelta(days=1)
            dates = DateRange("date", datetime.fromisoformat(question.since), end, endexcl=True)
        return question.typed(), self._parsers[question.field], dates

    def search(self, typed: tuple[str, Any, Any], limit: int) -> list[Hit]:
        text, parser, dates = typed
        found = self._searcher.search(parser.parse(text), limit=limit, filter=dates)
        return [(hit["id"], hit["title"]) for hit in found]

    def count(self, typed: tuple[str, Any, Any]) -> int:
        from whoosh.query import And

        text, parser, dates = typed
        query = parser.parse(text)
        return sum(1 for _ in self._searcher.docs_for_query(And([query, dates]) if dates else query))

    def newest(self, typed: tuple[str, Any, Any], limit: int) -> list[Hit]:
        text, parser, dates = typed
        query = parser.parse(text)
        found = self._searcher.search(query, limit=limit, filter=dates, sortedby="date", reverse=True)
        return [(hit["id"], hit["title"]) for hit in found]

    def facets(self, typed: tuple[str, Any, Any], limit: int) -> Counts:
        text, parser, dates = typed
        found = self._searcher.search(parser.parse(text), limit=None, filter=dates, groupedby="source", scored=False)
        counts = [(source, len(documents)) for source, documents in found.groups("source").items()]
        return sorted(counts, key=lambda one: -one[1])[:limit]

    def begin_updates(self, path: Path) -> None:
        from whoosh.index import open_dir

        self.open(path)
        self._changing = open_dir(path)

    def update(self, documents: Sequence[Document]) -> None:
        writer = self._changing.writer(limitmb=256)
        for document in documents:
            writer.update_document(**self._values(document))
        writer.commit()
        sync_folder(self._path)
        self._searcher = self._searcher.refresh()

    def close(self) -> None:
        self._searcher.close()

    def _parser(self, fields: list[str]) -> Any:
        from whoosh.qparser import FuzzyTermPlugin, MultifieldParser, OrGroup, PlusMinusPlugin

        parser = MultifieldParser(fields, self._index.schema, group=OrGroup)
        parser.add_plugins([PlusMinusPlugin(), FuzzyTermPlugin()])
        return parser

    def _values(self, document: Document) -> dict[str, Any]:
        if not self.dated:
            return dict(document)
        moment = datetime.fromisoformat(document["date"]) if document["date"] else None
        return {**document, "date": moment}

    def _schema(self) -> Any:
        from whoosh.analysis import StemmingAnalyzer
        from whoosh.fields import DATETIME, ID, TEXT, Schema

        text = TEXT(analyzer=StemmingAnalyzer(stoplist=None, minsize=1, cachesize=-1), stored=True)
        fields = {"id": ID(stored=True, unique=True), "title": text, "body": text}
        if self.dated:
            fields |= {"date": DATETIME(stored=True, sortable=True), "source": ID(stored=True, sortable=True)}
        return Schema(**fields)
