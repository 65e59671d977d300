"""Changes an index with one peer and measures it, in a process of its own.

As a program: `python updating.py CHANGE`, where the file CHANGE is a `Change` as JSON, prints its figures as JSON.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from corpora import documents
from peers import PEERS, Document, Peer
from questions import any_of

__all__ = ["Change", "Changed", "change"]


@dataclass(frozen=True)
class Change:
    """Of the index of a peer, made of the first `limit` documents of a corpus: a copy is changed, not the index itself.

    single: so many commits of one new document each; share: then this share of the documents replaced in one commit.
    """

    peer: str
    index: str
    corpus: str
    limit: int | None
    dated: bool = False
    single: int = 20
    share: float = 0.01


@dataclass(frozen=True)
class Changed:
    """single: seconds of each small commit, from `update` until a search has found the new document.

    many: seconds until the replaced documents are on disk and found; documents: how many these were.
    """

    single: list[float]
    many: float
    documents: int


def change(order: Change) -> Changed:
    """Change in a fresh process."""
    with tempfile.TemporaryDirectory(prefix="searchkit-benchmark-") as folder:
        file = Path(folder) / "change.json"
        file.write_text(json.dumps(asdict(order)))
        done = subprocess.run([sys.executable, __file__, str(file)], check=True, stdout=subprocess.PIPE, text=True)
    return Changed(**json.loads(done.stdout))


def measure(order: Change) -> Changed:
    """Change in this process."""
    # Beside the index, so that both are on one file system: what a sync costs depends on it.
    with tempfile.TemporaryDirectory(prefix="changed-", dir=Path(order.index).parent) as folder:
        copy = Path(folder) / "index"
        shutil.copytree(order.index, copy)
        texts = list(documents(order.corpus, order.limit, order.dated))
        step = round(1 / order.share)
        replaced = [text | {"body": f"{text['body']} remarkable{number}"} for number, text in enumerate(texts[::step])]
        peer = PEERS[order.peer](order.dated)
        peer.begin_updates(copy)
        _update(peer, [_new(texts[0], "first")], "remarkablefirst")
        single = [
            _update(peer, [_new(texts[number % len(texts)], f"new{number}")], f"remarkablenew{number}")
            for number in range(order.single)
        ]
        many = _update(peer, replaced, f"remarkable{len(replaced) - 1}")
        peer.close()
    return Changed(single, many, len(replaced))


def _new(text: Document, name: str) -> Document:
    return text | {"id": name, "body": f"{text['body']} remarkable{name}"}


def _update(peer: Peer, texts: Sequence[Document], word: str) -> float:
    """Seconds until the texts are on disk, and a search for a word of the last has found it."""
    typed = peer.typed(any_of(word))
    started = time.perf_counter()
    peer.update(texts)
    found = peer.search(typed, 10)
    passed = time.perf_counter() - started
    if [id for id, _ in found] != [texts[-1]["id"]]:
        raise RuntimeError(f"{peer.name} does not see its own update: {word} finds {found}")
    return passed


if __name__ == "__main__":
    # What an engine prints goes elsewhere.
    answer, sys.stdout = sys.stdout, sys.stderr
    print(json.dumps(asdict(measure(Change(**json.loads(Path(sys.argv[1]).read_text()))))), file=answer)
