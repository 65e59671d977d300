"""The fixed work whose instructions `guard.py` counts: `python guard_work.py WORK FOLDER`; imports little.

The folder has articles.json, accented.json (articles whose words have accents), and texts.json, texts of queries.
"index": indexes the articles in four commits and merges them, and then those with accents; "search": asks the index
"asked" all texts, and counts what matches; asks some for the newest and the oldest, and in the order of sources; and
counts the sources of some, alone and beside years; and asks some in the body only, and with a bare year.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import searchkit

_COMMITS = 4
_MANY = 1_000
_SOME = 3
_YEAR = 2010


def index(folder: Path) -> None:
    articles = json.loads((folder / "articles.json").read_text())
    with searchkit.open(folder / "indexed") as made:
        for part in range(_COMMITS):
            made.add(articles[part::_COMMITS])
        made.merge()
    with searchkit.open(folder / "accented") as made:
        made.add(json.loads((folder / "accented.json").read_text()))


def search(folder: Path) -> None:
    texts = json.loads((folder / "texts.json").read_text())
    with searchkit.open(folder / "asked", mode="r") as asked:
        for text in texts:
            for _ in asked.search(text, match="any"):
                pass
            asked.search(text, limit=_MANY, match="any")
            asked.count(text, match="any")
        for text in texts[::_SOME]:
            asked.search(f"body:({text})", match="any")
            asked.search(f"{text} {_YEAR}", match="any")
            for sort in ("-date", "date", "source"):
                asked.search(text, match="any", sort=sort)
            asked.facets(text, "source", match="any")
            asked.facets(text, ["source", searchkit.DateFacet(unit="year")], match="any")


if __name__ == "__main__":
    {"index": index, "search": search}[sys.argv[1]](Path(sys.argv[2]))
