"""What a program would be that opens an index, asks one thing and prints the hits: for the time of a fresh process.

As a program: `python first_query.py PEER INDEX TEXT`, where TEXT is the text in the peer's syntax as JSON. Prints the
hits. It imports nothing else that takes time.
"""

import json
import sys


def searchkit_answers(path, text):  # type: ignore[no-untyped-def]
    import searchkit

    index = searchkit.open(path, mode="r")
    for hit in index.search(text, limit=10, match="any"):
        yield hit.id, hit["title"]


def tantivy_answers(path, typed):  # type: ignore[no-untyped-def]
    import tantivy

    index = tantivy.Index.open(path)
    searcher = index.searcher()
    for _, address in searcher.search(index.parse_query(typed[0], **typed[1]), 10, count=False).hits:
        document = searcher.doc(address)
        yield document.get_first("id"), document.get_first("title")


def fts5_answers(path, typed):  # type: ignore[no-untyped-def]
    import sqlite3

    connection = sqlite3.connect(f"file:{path}/articles.db?mode=ro", uri=True)
    yield from connection.execute(
        "SELECT stored.id, stored.title FROM articles JOIN stored ON stored.number = articles.rowid "
        "WHERE articles MATCH ? ORDER BY rank LIMIT 10",
        (typed[0],),
    )


def bm25s_answers(path, text):  # type: ignore[no-untyped-def]
    from pathlib import Path

    import bm25s  # noqa: F401

    from peers.bm25s import Bm25s

    engine = Bm25s()
    engine.open(Path(path))
    yield from engine.search(text, 10)


if __name__ == "__main__":
    _, name, index, text = sys.argv
    for id, title in globals()[f"{name}_answers"](index, json.loads(text)):
        print(id, title)
