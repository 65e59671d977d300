"""Builds the index of one peer and measures it, in a process of its own, so that one peer's memory isn't another's.

As a program: `python building.py ORDER`, where the file ORDER is an `Order` as JSON, prints its figures as JSON.
"""

from __future__ import annotations

import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from corpora import documents, text_size
from peers import PEERS, Document

__all__ = ["Built", "Order", "build", "bytes_written", "peak_memory"]

_RSS_UNIT = 1 if sys.platform == "darwin" else 1024


@dataclass(frozen=True)
class Order:
    """What to build: the peer, of the first `limit` documents of a corpus (None: all), in which folder.

    commits: in so many commits of the same size. streamed: documents are read while the index is built, and the time
    of reading is taken off; else they are in memory before the clock starts.
    """

    peer: str
    folder: str
    corpus: str
    limit: int | None
    dated: bool = False
    commits: int = 1
    streamed: bool = False


@dataclass(frozen=True)
class Built:
    """What it took to build an index.

    `seconds` from the first document to everything durable; `text` and `size` in bytes; `memory`, the peak in bytes
    beyond what the process held before (with all documents loaded, unless they are streamed); `written`, the bytes that
    the process wrote to files, 0 where the system doesn't tell.
    """

    peer: str
    version: str
    corpus: str
    documents: int
    text: int
    seconds: float
    size: int
    memory: int
    written: int
    commits: int

    @property
    def speed(self) -> float:
        """Megabytes (10⁶) of text a second."""
        return self.text / self.seconds / 1e6


class Source:
    """Documents on their way into an index: counts them, and the time that reading them takes."""

    def __init__(self, texts: Iterable[Document]) -> None:
        self._texts = iter(texts)
        self.documents = self.text = 0
        self.seconds = 0.0

    def __iter__(self) -> Iterator[Document]:
        while True:
            started = time.perf_counter()
            document = next(self._texts, None)
            if document is not None:
                self.documents += 1
                self.text += text_size(document)
            self.seconds += time.perf_counter() - started
            if document is None:
                return
            yield document


def build(order: Order, reuse: bool = False) -> Built:
    """Build in a fresh process.

    With `reuse`, an index that the same order made before is kept, with the figures of that time.
    """
    kept = Path(order.folder).with_suffix(".json")
    if reuse and kept.is_file() and Path(order.folder).is_dir():
        before = json.loads(kept.read_text())
        if before["order"] == asdict(order):
            return Built(**before["built"])
    with tempfile.TemporaryDirectory(prefix="searchkit-benchmark-") as folder:
        file = Path(folder) / "order.json"
        file.write_text(json.dumps(asdict(order)))
        done = subprocess.run([sys.executable, __file__, str(file)], check=True, stdout=subprocess.PIPE, text=True)
    figures = json.loads(done.stdout)
    kept.write_text(json.dumps({"order": asdict(order), "built": figures}))
    return Built(**figures)


def measure(order: Order) -> Built:
    """Build in this process."""
    folder = Path(order.folder)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    kind = PEERS[order.peer]
    engine = kind(order.dated)
    most = min((number for number in (order.limit, kind.most_documents) if number is not None), default=None)
    texts = documents(order.corpus, most, order.dated)
    source = Source(texts)
    given = source if order.streamed else list(source)
    commits = [(most or source.documents) // order.commits] * (order.commits - 1)
    reading = source.seconds
    before, written = _resident_memory(), bytes_written()
    started = time.perf_counter()
    engine.build(folder, given, commits)
    seconds = time.perf_counter() - started - (source.seconds - reading)
    return Built(
        peer=order.peer,
        version=engine.version(),
        corpus=order.corpus,
        documents=source.documents,
        text=source.text,
        seconds=seconds,
        size=sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()),
        memory=peak_memory() - before,
        written=bytes_written() - written,
        commits=order.commits,
    )


def _resident_memory() -> int:
    """The memory held now, in bytes; peaks up to here are forgotten. Without Linux's /proc: the peak up to here."""
    try:
        Path("/proc/self/clear_refs").write_text("5")
        return peak_memory()
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _RSS_UNIT


def peak_memory() -> int:
    """The most memory held at once, in bytes."""
    status = Path("/proc/self/status")
    if not status.is_file():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _RSS_UNIT
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) * 1024


def bytes_written() -> int:
    """Bytes that this process has written by system calls; 0 without Linux's /proc."""
    counters = Path("/proc/self/io")
    if not counters.is_file():
        return 0
    return int(next(line for line in counters.read_text().splitlines() if line.startswith("wchar:")).split()[1])


if __name__ == "__main__":
    # What an engine prints goes elsewhere.
    answer, sys.stdout = sys.stdout, sys.stderr
    figures = measure(Order(**json.loads(Path(sys.argv[1]).read_text())))
    print(json.dumps(asdict(figures)), file=answer)
