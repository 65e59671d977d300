"""The fixed work whose instructions `guard.py` counts: `python guard_work.py WORK FOLDER`; imports little.

The folder has articles.json and texts.json, texts of queries. "index": indexes the articles in four commits and merges
them; "search": asks the index "asked" all texts, and counts what matches.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import searchkit

_COMMITS = 4
_MANY = 1_000


def index(folder: Path) -> None:
    articles = json.loads((folder / "articles.json").read_text())
    with searchkit.open(folder / "indexed") as made:
        for part in range(_COMMITS):
            made.add(articles[part::_COMMITS])
        made.merge()


def search(folder: Path) -> None:
    with searchkit.open(folder / "asked", mode="r") as asked:
        for text in json.loads((folder / "texts.json").read_text()):
            for _ in asked.search(text, match="any"):
                pass
            asked.search(text, limit=_MANY, match="any")
            asked.count(text, match="any")


if __name__ == "__main__":
    {"index": index, "search": search}[sys.argv[1]](Path(sys.argv[2]))
