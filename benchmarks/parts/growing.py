"""What things cost as the number of documents grows: the same questions at all sizes."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import Any

from asking import ask
from building import Order, build
from corpora import GENERATED
from drawing import questions_for
from kinds import KINDS
from parts.starting import starts
from questions import write_questions
from scale import Scale
from session import Session, available, say

_PEERS = ["searchkit", "tantivy"]
_ASKED = ("word", "union", "frequent", "intersection", "phrase-2", "count-union")
_QUESTIONS, _ROUNDS, _STARTS = 50, 3, 5
_DOCUMENT = 4096
"""Bytes of memory that a document takes, about."""


def growth(scale: Scale, folder: Path) -> Any:
    """Of each corpus and size: the index, the queries, opening. The questions are of the smallest size's documents."""
    real = scale.plain_corpus()
    sizes = [(GENERATED, size) for size in scale.sizes]
    if real != GENERATED:
        sizes += [(real, size) for size in scale.sizes if size < scale.plain] + [(real, scale.plain)]
    return [_size(scale, folder / "growth", corpus, size) for corpus, size in sizes]


def _size(scale: Scale, folder: Path, corpus: str, size: int) -> Any:
    peers = available(_PEERS)
    session = Session(folder / f"{corpus}-{size}", corpus, size)
    streamed = not _fit(size)
    orders = [Order(name, str(session.index(name)), corpus, size, streamed=streamed) for name in peers]
    built = [build(order, reuse=True) for order in orders]
    questions = min(scale.questions, _QUESTIONS)
    file = _questions(folder, corpus, min(scale.sizes), questions)
    session.folder.joinpath(f"questions-{corpus}-{size}-{questions}.json").write_text(file.read_text())
    sets = session.questions(questions)
    indexes = {name: session.index(name) for name in peers}
    asked = {
        name: ask(KINDS[name], indexes, file, len(sets[KINDS[name].asks]), min(scale.rounds, _ROUNDS))
        for name in _ASKED
        if sets.get(KINDS[name].asks)
    }
    say(f"{corpus}: {size:,} documents")
    return {
        "corpus": corpus,
        "documents": size,
        "built": [asdict(one) for one in built],
        "queries": {name: {peer: asdict(one) for peer, one in by.items()} for name, by in asked.items()},
        "opening": starts(session, peers, min(scale.first, _STARTS), questions),
    }


def _fit(documents: int) -> bool:
    """Whether so many documents take less than half of the machine's memory. Else they are read while they are indexed,
    and a peer's own threads go on while the clock stands still.
    """
    if not hasattr(os, "sysconf"):
        return False
    return documents * _DOCUMENT < os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2


def _questions(folder: Path, corpus: str, size: int, most: int) -> Path:
    file = folder / f"questions-{corpus}-{size}-{most}.json"
    if not file.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(write_questions(questions_for(corpus, size, most, dated=False))))
    return file
