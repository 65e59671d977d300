"""Judged collections: documents, topics and judgments, from the folder of corpora that benchmarks use."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from searchkit.evaluation import Judgments, read_judgments, read_topics

CORPORA = Path(os.environ.get("SEARCHKIT_CORPORA") or Path(__file__).parents[3] / "shared" / "corpora")
NAMES = ("cran", "cisi", "med", "npl", "time", "cacm", "scifact")


def folder_of(name: str) -> Path:
    """Where a collection is, if it is there."""
    return CORPORA / name


def documents(name: str) -> Iterator[dict[str, Any]]:
    """The documents of a collection, as articles."""
    with gzip.open(folder_of(name) / "docs.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            yield {key: value for key, value in json.loads(line).items() if value is not None}


def topics_of(name: str) -> dict[str, str]:
    """The topics of a collection; where it names those that papers report, only they."""
    topics = read_topics(folder_of(name) / "queries.tsv")
    chosen = folder_of(name) / "queries.dev.ids"
    if not chosen.is_file():
        return topics
    return {id: topics[id] for id in chosen.read_text(encoding="utf-8").split()}


def judgments_of(name: str) -> Judgments:
    """The judgments of a collection."""
    return read_judgments(folder_of(name) / "qrels.tsv")
