"""searchkit through its public API."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, ClassVar

from kinds import Act
from peers.protocol import Counts, Document, Hit, Peer, in_commits
from questions import Question


class Searchkit(Peer):
    """The defaults, but for indexing in one thread: the ARTICLE schema, English, one atomic commit, the default search
    over all text fields.
    """

    name = "searchkit"
    module = "searchkit"
    package = "searchkit"
    workers: ClassVar[int] = 1
    _index: Any

    def build(self, path: Path, documents: Iterable[Document], commits: Sequence[int] = ()) -> None:
        import searchkit

        with searchkit.open(path) as index:
            for group in in_commits(documents, commits):
                index.add(group, workers=self.workers)

    def open(self, path: Path) -> None:
        import searchkit

        self._index = searchkit.open(path, mode="r")

    def typed(self, question: Question) -> str:
        text = question.typed()
        if question.field:
            text = f"{question.field}:({text})"
        return f"{text} date:{question.since}..{question.until}" if question.since else text

    def search(self, typed: str, limit: int) -> list[Hit]:
        results = self._index.search(typed, limit=limit, match="any")
        return [(hit.id, hit["title"]) for hit in results]

    def count(self, typed: str) -> int:
        return int(self._index.count(typed, match="any"))

    def search_with_total(self, typed: str, limit: int) -> tuple[list[Hit], int]:
        results = self._index.search(typed, limit=limit, match="any")
        return [(hit.id, hit["title"]) for hit in results], int(results.total)

    def newest(self, typed: str, limit: int) -> list[Hit]:
        results = self._index.search(typed, limit=limit, match="any", sort="-date")
        return [(hit.id, hit["title"]) for hit in results]

    def facets(self, typed: str, limit: int) -> Counts:
        from searchkit import TermFacet

        counted = self._index.facets(typed, TermFacet("source", top=limit), match="any")
        return [(entry.value, entry.count) for entry in counted["source"]]

    def begin_updates(self, path: Path) -> None:
        import searchkit

        self._index = searchkit.open(path)

    def update(self, documents: Sequence[Document]) -> None:
        self._index.add(documents)

    def close(self) -> None:
        self._index.close()

    def can(self, act: Act, question: Question) -> bool:
        if act == "facets" and not hasattr(self._index, "facets"):
            return False
        # What it does not know, it answers as best it can, and says so: such an answer is not to be compared.
        return super().can(act, question) and not self._index.search(self.typed(question), limit=0).problems

    @classmethod
    def lacks(cls, module: object) -> str | None:
        return None if hasattr(module, "open") else "searchkit is not installed (no searchkit.open)"


class SearchkitWorkers(Searchkit):
    """Indexing on two cores."""

    name = "searchkit-workers"
    workers = 2
