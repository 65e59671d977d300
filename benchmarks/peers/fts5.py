"""SQLite FTS5 from Python's own sqlite3, ranked by its bm25."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any, ClassVar

from peers.protocol import ALL_ABILITIES, Counts, Document, Hit, Peer, in_commits
from questions import Clause, Question

_CREATE = """
CREATE TABLE stored (number INTEGER PRIMARY KEY, id TEXT UNIQUE, title TEXT, body TEXT{more});
CREATE VIRTUAL TABLE articles USING fts5(title, body, content='stored', content_rowid='number',
    tokenize='porter unicode61');
CREATE TRIGGER added AFTER INSERT ON stored BEGIN
  INSERT INTO articles (rowid, title, body) VALUES (new.number, new.title, new.body);
END;
CREATE TRIGGER removed AFTER DELETE ON stored BEGIN
  INSERT INTO articles (articles, rowid, title, body) VALUES ('delete', old.number, old.title, old.body);
END;
"""
_DATES = "CREATE INDEX dates ON stored (date);"
_OPTIMIZE = "INSERT INTO articles (articles) VALUES ('optimize')"
_JOINED = "FROM articles JOIN stored ON stored.number = articles.rowid WHERE articles MATCH ?"

Typed = tuple[str, tuple[str, ...]]


class Fts5(Peer):
    """One transaction, SQLite's default durability, one b-tree at the end.

    Documents are rows of an ordinary table, kept in step by triggers (an external content table), with an index of ids
    and one of dates.
    """

    name = "fts5"
    module = "sqlite3"
    abilities: ClassVar[frozenset[str]] = ALL_ABILITIES - {"mixed", "wildcard", "fuzzy"}

    def build(self, path: Path, documents: Iterable[Document], commits: Sequence[int] = ()) -> None:
        connection = self._connect(path, "rwc")
        try:
            connection.executescript(_CREATE.format(more=", date TEXT, source TEXT" if self.dated else ""))
            if self.dated:
                connection.execute(_DATES)
            for group in in_commits(documents, commits):
                with connection:
                    connection.executemany(self._insert(), group)
            with connection:
                connection.execute(_OPTIMIZE)
        finally:
            connection.close()

    def open(self, path: Path) -> None:
        self._connection = self._connect(path, "ro")
        # A connection reads nothing before its first statement: here, the schema and FTS5's settings.
        self._connection.execute("SELECT rowid FROM articles LIMIT 0").fetchall()

    def typed(self, question: Question) -> Typed:
        """The text for MATCH, and from which day on before which day."""
        if question.since is None or question.until is None:
            return _match(question), ()
        return _match(question), (question.since, str(date.fromisoformat(question.until) + timedelta(days=1)))

    def search(self, typed: Typed, limit: int) -> list[Hit]:
        asked = f"SELECT stored.id, stored.title {_JOINED}{_between(typed)} ORDER BY rank LIMIT ?"
        return self._connection.execute(asked, (typed[0], *typed[1], limit)).fetchall()

    def count(self, typed: Typed) -> int:
        table = _JOINED if typed[1] else "FROM articles WHERE articles MATCH ?"
        asked = f"SELECT count(*) {table}{_between(typed)}"
        total: int = self._connection.execute(asked, (typed[0], *typed[1])).fetchone()[0]
        return total

    def newest(self, typed: Typed, limit: int) -> list[Hit]:
        asked = f"SELECT stored.id, stored.title {_JOINED}{_between(typed)} ORDER BY stored.date DESC LIMIT ?"
        return self._connection.execute(asked, (typed[0], *typed[1], limit)).fetchall()

    def facets(self, typed: Typed, limit: int) -> Counts:
        asked = f"SELECT source, count(*) {_JOINED}{_between(typed)} GROUP BY source ORDER BY 2 DESC, 1 LIMIT ?"
        return self._connection.execute(asked, (typed[0], *typed[1], limit)).fetchall()

    def begin_updates(self, path: Path) -> None:
        self._connection = self._connect(path, "rw")

    def update(self, documents: Sequence[Document]) -> None:
        with self._connection:
            keys = [(document["id"],) for document in documents]
            self._connection.executemany("DELETE FROM stored WHERE id = ?", keys)
            self._connection.executemany(self._insert(), documents)

    def close(self) -> None:
        self._connection.close()

    def _connect(self, path: Path, mode: str) -> sqlite3.Connection:
        # A search may come from another thread than opened it; each thread that searches beside others opens its own.
        return sqlite3.connect(f"file:{path / 'articles.db'}?mode={mode}", uri=True, check_same_thread=False)

    def _insert(self) -> str:
        names = ["id", "title", "body", *(["date", "source"] if self.dated else [])]
        return f"INSERT INTO stored ({', '.join(names)}) VALUES (:{', :'.join(names)})"

    @classmethod
    def version(cls) -> str:
        return f"SQLite {sqlite3.sqlite_version}"

    @classmethod
    def lacks(cls, module: object) -> str | None:
        with sqlite3.connect(":memory:") as connection:
            options = {row[0] for row in connection.execute("PRAGMA compile_options")}
        connection.close()
        return None if "ENABLE_FTS5" in options else "this Python's SQLite was built without FTS5"


def _between(typed: Typed) -> str:
    return " AND stored.date >= ? AND stored.date < ?" if typed[1] else ""


def _match(question: Question) -> str:
    """The question in FTS5's syntax: every text in quotes, operators between."""
    wanted = [one for one in question.clauses if one.sign != "-"]
    joint = " AND " if any(one.sign == "+" for one in wanted) else " OR "
    text = joint.join(map(_quoted, wanted))
    unwanted = [_quoted(one) for one in question.clauses if one.sign == "-"]
    text = f"({text}) NOT ({' OR '.join(unwanted)})" if unwanted else text
    return f"{question.field} : ({text})" if question.field else text


def _quoted(clause: Clause) -> Any:
    return f'"{" ".join(clause.words)}"' + ("*" if clause.shape == "prefix" else "")
