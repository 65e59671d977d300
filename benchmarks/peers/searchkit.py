"""searchkit through its public API."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from peers.protocol import Document, Hit, Peer, query_text


class Searchkit(Peer):
    """The defaults: the ARTICLE schema, English, one atomic commit, the default search over all text fields."""

    name = "searchkit"
    module = "searchkit"
    package = "searchkit"

    def build(self, path: Path, documents: Iterable[Document]) -> None:
        import searchkit

        with searchkit.open(path) as index:
            index.add(documents)

    def open(self, path: Path) -> None:
        import searchkit

        self._index = searchkit.open(path, mode="r")

    def search(self, kind: str, words: Sequence[str], limit: int) -> list[Hit]:
        results = self._index.search(query_text(kind, words), limit=limit, match="any")
        return [(hit.id, hit["title"]) for hit in results]

    def count(self, kind: str, words: Sequence[str]) -> int:
        return int(self._index.search(query_text(kind, words), limit=1, match="any").total)

    def close(self) -> None:
        self._index.close()

    @classmethod
    def lacks(cls, module: object) -> str | None:
        return None if hasattr(module, "open") else "searchkit is not installed (no searchkit.open)"
