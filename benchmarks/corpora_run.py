"""Indexes every corpus whole, through the public interface and with the default schema, and prints what it took.

`python corpora_run.py` runs all of them, `python corpora_run.py time cran` those named; each in a process of its own,
into a temporary index. Of each, some documents are asked for again: by id, and by a phrase of each of their texts. Ends
with exit code 1 where a document was rejected, `Index.check` found something, or a document was not found as it was
given. (`--child NAME FOLDER` runs one corpus in this process and prints its figures as JSON.)
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import searchkit
from corpora import MissingCorpusError, names, records
from searchkit import Index, Phrase, Term
from tables import table

_CHILD = "--child"
_TEXTS = ("title", "body")
_SAMPLE = 40
_PHRASE = 60
"""How many characters of a document are looked for as a phrase, at most."""
_RSS_UNIT = 1 if sys.platform == "darwin" else 1024
_HEADS = ["corpus", "documents", "rejected", "text MB", "s", "MB/s", "size / text", "peak MB", "findings", "found"]


@dataclass
class Run:
    """What came of one corpus.

    text: bytes of title and body as UTF-8; seconds: of `index.add` without the time that reading the corpus took;
    size: bytes of the index; memory: the most that the process held, in bytes. findings: of `Index.check`. sample:
    documents looked for; lost: what was not found, or not as it was given, in words.
    """

    corpus: str
    documents: int
    rejected: list[str]
    text: int
    seconds: float
    size: int
    memory: int
    findings: list[str]
    sample: int
    lost: list[str]

    @property
    def well(self) -> bool:
        """Whether all went in and all was found."""
        return not (self.rejected or self.findings or self.lost)

    def row(self) -> list[str]:
        """The cells of the table."""
        speed = f"{self.text / self.seconds / 1e6:.1f}"
        size, memory = f"{self.size / self.text:.2f}", f"{self.memory / 1e6:.0f}"
        counted = [f"{self.documents:,}", str(len(self.rejected)), f"{self.text / 1e6:.1f}", f"{self.seconds:.2f}"]
        found = f"{self.sample - len(self.lost)}/{self.sample}"
        return [self.corpus, *counted, speed, size, memory, str(len(self.findings)), found]


class Source:
    """The articles of a corpus on their way into the index: measures their text and the time of reading them."""

    def __init__(self, corpus: str) -> None:
        self._records = records(corpus)
        self.text = self.documents = 0
        self.seconds = 0.0

    def __iter__(self) -> Iterator[dict[str, Any]]:
        while True:
            started = time.perf_counter()
            article = next(self._records, None)
            if article is not None:
                self.text += sum(len((article[field] or "").encode()) for field in _TEXTS)
                self.documents += 1
            self.seconds += time.perf_counter() - started
            if article is None:
                return
            yield article


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", nargs="*", help="corpora by name (default: all)")
    try:
        asked = parser.parse_args().corpora or names()
        runs = [_in_process_of_its_own(corpus) for corpus in asked]
    except MissingCorpusError as error:
        print(f"corpora_run: {error}", file=sys.stderr)
        return 1
    print(table(_HEADS, [run.row() for run in runs]))
    for run in runs:
        for fault in [*run.rejected, *run.findings, *run.lost]:
            print(f"{run.corpus}: {fault}")
    return 0 if all(run.well for run in runs) else 1


def measure(corpus: str, folder: Path) -> Run:
    """Index a corpus in this process, check it, and look for some of its documents."""
    source = Source(corpus)
    with searchkit.open(folder) as index:
        started = time.perf_counter()
        report = index.add(source)
        seconds = time.perf_counter() - started - source.seconds
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _RSS_UNIT
        lost = [] if len(index) == source.documents else [f"{len(index)} of {source.documents} documents are there"]
        sample = list(_sample(corpus, source.documents))
        lost += [fault for article in sample for fault in _missing(index, article)]
        return Run(
            corpus=corpus,
            documents=source.documents,
            rejected=[str(error) for error in report.rejected],
            text=source.text,
            seconds=seconds,
            size=sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()),
            memory=memory,
            findings=[str(finding) for finding in index.check()],
            sample=len(sample),
            lost=lost,
        )


def _in_process_of_its_own(corpus: str) -> Run:
    with tempfile.TemporaryDirectory(prefix="searchkit-corpora-") as folder:
        command = [sys.executable, __file__, _CHILD, corpus, str(Path(folder) / "index")]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True)
        if done.returncode:
            sys.exit(f"corpora_run: {corpus}: the process ended with {done.returncode}")
        print(f"corpora_run: {corpus} done", file=sys.stderr, flush=True)
        return Run(**json.loads(done.stdout))


def _sample(corpus: str, documents: int) -> Iterable[dict[str, Any]]:
    step = max(1, documents // _SAMPLE)
    return (article for number, article in enumerate(records(corpus)) if number % step == 0)


def _missing(index: Index, article: dict[str, Any]) -> Iterator[str]:
    """What is wrong with how an article can be had back: by its id, and by a phrase from each of its texts."""
    id = article["id"]
    kept = index.get(id) or {}
    for field in _TEXTS:
        text = article[field] or ""
        if (kept.get(field) or "") != text:
            yield f"{id}: the {field} is another than was given"
        phrase = Phrase(_beginning(text), field)
        if any(map(str.isalnum, phrase.text)) and index.count(phrase & Term("id", id)) != 1:
            yield f"{id}: {phrase} does not find it"
        for hit in index.search(phrase, limit=3):
            if any(map(str.isalnum, phrase.text)) and not hit.snippet(field).text:
                yield f"{hit.id}: no snippet of its {field} for {phrase}"


def _beginning(text: str) -> str:
    """The first words of a text, not cut inside a word."""
    head, _, _ = text.strip()[:_PHRASE].rpartition(" ") if len(text.strip()) > _PHRASE else (text.strip(), "", "")
    return head


if __name__ == "__main__":
    if sys.argv[1:2] == [_CHILD]:
        print(json.dumps(asdict(measure(sys.argv[2], Path(sys.argv[3])))))
    else:
        raise SystemExit(main())
