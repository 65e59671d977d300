"""SQLite FTS5 from Python's own sqlite3, ranked by its bm25."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path

from peers.protocol import Document, Hit, Peer

_CREATE = "CREATE VIRTUAL TABLE articles USING fts5(id UNINDEXED, title, body, tokenize='porter unicode61')"
_INSERT = "INSERT INTO articles (id, title, body) VALUES (:id, :title, :body)"
_OPTIMIZE = "INSERT INTO articles (articles) VALUES ('optimize')"
_SEARCH = "SELECT id, title FROM articles WHERE articles MATCH ? ORDER BY rank LIMIT ?"
_COUNT = "SELECT count(*) FROM articles WHERE articles MATCH ?"


class Fts5(Peer):
    """One transaction, SQLite's default durability, one b-tree at the end."""

    name = "fts5"
    module = "sqlite3"

    def build(self, path: Path, documents: Iterable[Document]) -> None:
        connection = sqlite3.connect(path / "articles.db")
        try:
            with connection:
                connection.execute(_CREATE)
                connection.executemany(_INSERT, documents)
            with connection:
                connection.execute(_OPTIMIZE)
        finally:
            connection.close()

    def open(self, path: Path) -> None:
        self._connection = sqlite3.connect(f"file:{path / 'articles.db'}?mode=ro", uri=True)

    def search(self, kind: str, words: Sequence[str], limit: int) -> list[Hit]:
        return self._connection.execute(_SEARCH, (_match(kind, words), limit)).fetchall()

    def count(self, kind: str, words: Sequence[str]) -> int:
        total: int = self._connection.execute(_COUNT, (_match(kind, words),)).fetchone()[0]
        return total

    def close(self) -> None:
        self._connection.close()

    @classmethod
    def version(cls) -> str:
        return f"SQLite {sqlite3.sqlite_version}"

    @classmethod
    def lacks(cls, module: object) -> str | None:
        with sqlite3.connect(":memory:") as connection:
            options = {row[0] for row in connection.execute("PRAGMA compile_options")}
        connection.close()
        return None if "ENABLE_FTS5" in options else "this Python's SQLite was built without FTS5"


def _match(kind: str, words: Sequence[str]) -> str:
    if kind == "phrase":
        return f'"{" ".join(words)}"'
    joint = " AND " if kind == "intersection" else " OR "
    return joint.join(f'"{word}"' for word in words)
