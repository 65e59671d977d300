"""Builds the index of one peer and measures it, in a process of its own, so that one peer's memory isn't another's.

As a program: `python building.py PEER FOLDER CORPUS DOCUMENTS` prints its figures as JSON.
"""

from __future__ import annotations

import json
import resource
import shutil
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from corpora import documents, text_size
from peers import PEERS

__all__ = ["Built", "build"]

_REPORT = "built.json"
_RSS_UNIT = 1 if sys.platform == "darwin" else 1024


@dataclass(frozen=True)
class Built:
    """What it took to build an index.

    `seconds` from the first document to everything durable; `text` and `size` in bytes; `memory`, the peak in bytes
    beyond what the process held with all documents loaded.
    """

    peer: str
    version: str
    corpus: str
    documents: int
    text: int
    seconds: float
    size: int
    memory: int

    @property
    def speed(self) -> float:
        """Megabytes (10⁶) of text a second."""
        return self.text / self.seconds / 1e6


def build(peer: str, folder: Path, corpus: str, limit: int, reuse: bool = False) -> Built:
    """Build the index of `peer` in `folder`/`peer` in a fresh process.

    With `reuse`, an index that was made of the same documents before is kept, with the figures of that time.
    """
    report = folder / f"{peer}.{_REPORT}"
    asked = min(limit, PEERS[peer].most_documents or limit)
    if reuse and report.is_file():
        before = Built(**json.loads(report.read_text()))
        if (before.corpus, before.documents) == (corpus, asked):
            return before
    command = [sys.executable, __file__, peer, str(folder / peer), corpus, str(asked)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    line = done.stdout.splitlines()[-1]
    report.write_text(line)
    return Built(**json.loads(line))


def measure(peer: str, folder: Path, corpus: str, limit: int) -> Built:
    """Build in this process. The documents are in memory before the clock starts."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    engine = PEERS[peer]()
    texts = list(documents(corpus, limit))
    before = _resident_memory()
    started = time.perf_counter()
    engine.build(folder, texts)
    seconds = time.perf_counter() - started
    return Built(
        peer=peer,
        version=engine.version(),
        corpus=corpus,
        documents=len(texts),
        text=sum(map(text_size, texts)),
        seconds=seconds,
        size=sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()),
        memory=_peak_memory() - before,
    )


def _resident_memory() -> int:
    """The memory held now, in bytes; peaks up to here are forgotten. Without Linux's /proc: the peak up to here."""
    try:
        Path("/proc/self/clear_refs").write_text("5")
        return _peak_memory()
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _RSS_UNIT


def _peak_memory() -> int:
    """The most memory held at once, in bytes."""
    status = Path("/proc/self/status")
    if not status.is_file():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _RSS_UNIT
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) * 1024


if __name__ == "__main__":
    name, path, corpus_name, count = sys.argv[1:]
    print(json.dumps(asdict(measure(name, Path(path), corpus_name, int(count)))))
