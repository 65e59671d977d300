"""The texts that are measured: real corpora where a folder of them is at hand, else text made by a seeded generator."""

from __future__ import annotations

import gzip
import json
import lzma
import os
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, TextIO

from generator import generate

__all__ = [
    "GENERATED",
    "QUERY_SET",
    "MissingCorpusError",
    "corpora_folder",
    "documents",
    "names",
    "records",
    "text_size",
]

GENERATED = "generated"
QUERY_SET = "queries/search-benchmark-game.tsv"
_OPENERS: dict[str, Callable[..., TextIO]] = {".xz": lzma.open, ".gz": gzip.open}
_FIELDS, _MORE = ("id", "title", "body"), ("date", "source")


class MissingCorpusError(Exception):
    """A corpus is not on this machine; says where it was looked for."""


def corpora_folder() -> Path:
    """The folder of corpora: `$SEARCHKIT_CORPORA`, else `shared/corpora` beside the checkout.

    Raises `MissingCorpusError` where there is none.
    """
    named = os.environ.get("SEARCHKIT_CORPORA")
    folder = Path(named) if named else Path(__file__).resolve().parents[2] / "shared" / "corpora"
    if not folder.is_dir():
        raise MissingCorpusError(f"no folder of corpora at {folder} (set SEARCHKIT_CORPORA to another)")
    return folder


def documents(corpus: str, limit: int | None = None, dated: bool = False) -> Iterator[dict[str, str]]:
    """The first `limit` documents of a corpus (all by default), with the keys id, title and body.

    `corpus` is a folder's name, or "generated" (where `limit` is needed). dated: with the keys date (ISO 8601) and
    source too, empty where unknown. Raises `MissingCorpusError`.
    """
    fields = (*_FIELDS, *_MORE) if dated else _FIELDS
    if corpus == GENERATED:
        if limit is None:
            raise ValueError("say how many documents to generate")
        return ({field: article[field] for field in fields} for article in generate(limit))
    return islice((_whole(record, fields) for record in records(corpus)), limit)


def names() -> list[str]:
    """The corpora in the folder that have documents. Raises `MissingCorpusError` where there is no folder."""
    return sorted(file.parent.name for file in corpora_folder().glob("*/docs.jsonl.*"))


def records(corpus: str) -> Iterator[dict[str, Any]]:
    """The documents of a corpus as they are kept: all fields, None where unknown. Raises `MissingCorpusError`."""
    file = _file(corpus)
    with _OPENERS[file.suffix](file, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def text_size(document: dict[str, str]) -> int:
    """The bytes of a document's text, as UTF-8: what MB/s are counted in."""
    return len(document["title"].encode()) + len(document["body"].encode())


def _file(corpus: str) -> Path:
    found = sorted((corpora_folder() / corpus).glob("docs.jsonl.*"))
    if not found:
        raise MissingCorpusError(f"no corpus {corpus!r} in {corpora_folder()}")
    return found[0]


def _whole(record: dict[str, Any], fields: tuple[str, ...]) -> dict[str, str]:
    whole = {field: record[field] or "" for field in fields}
    if "source" in whole:
        # Reuters' sources are datelines, "Reuters WASHINGTON, April 9": without the day they are some hundreds.
        whole["source"] = whole["source"].partition(",")[0]
    return whole
