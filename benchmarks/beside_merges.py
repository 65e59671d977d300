"""Asks an index while its segments are merged into one, by another process and by a thread of the same one, and without
a merge: whether readers wait for merges.

As a program: `python benchmarks/beside_merges.py --documents 100000` prints a table, with `--json` figures as JSON.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Thread

import searchkit
from corpora import GENERATED, documents
from drawing import questions_for
from peers import PEERS
from tables import table

__all__ = ["WAYS", "Waits", "beside_merges", "in_a_process", "waits_table"]

WAYS = {"alone": "no merge", "process": "merged by another process", "thread": "merged by a thread of the same"}
_COMMITS, _QUESTIONS, _ALONE, _HITS = 20, 1000, 2.0, 10
_MERGING = "import sys, searchkit\nwith searchkit.open(sys.argv[1]) as index:\n    index.merge()"


@dataclass(frozen=True)
class Waits:
    """Of so many searches in so many seconds: the median, the 99th of a hundred and the slowest, in seconds."""

    searches: int
    seconds: float
    median: float
    slow: float
    slowest: float


def beside_merges(corpus: str, limit: int | None) -> dict[str, Waits]:
    """By the ways of `WAYS`: how long searches for any of several words, asked one after the other, take.

    The documents come in twenty commits; each way merges a copy of what these made into one segment.
    """
    questions = questions_for(corpus, limit, _QUESTIONS, dated=False)["union"]
    typed = [PEERS["searchkit"]().typed(question) for question in questions]
    with tempfile.TemporaryDirectory(prefix="searchkit-benchmark-") as name:
        folder = Path(name)
        texts = list(documents(corpus, limit))
        with searchkit.open(folder / "made") as index:
            for part in range(_COMMITS):
                index.add(texts[part::_COMMITS])
        del texts
        return {way: _ask_while(way, shutil.copytree(folder / "made", folder / way), typed) for way in WAYS}


def _ask_while(way: str, folder: Path, typed: Sequence[str]) -> Waits:
    with searchkit.open(folder) as index:
        for text in typed:
            _found(index, text)
        if way == "alone":
            end = time.perf_counter() + _ALONE
            return _ask(index, typed, lambda: time.perf_counter() < end)
        if way == "thread":
            thread = Thread(target=index.merge)
            thread.start()
            waits = _ask(index, typed, thread.is_alive)
            thread.join()
        else:
            with subprocess.Popen([sys.executable, "-c", _MERGING, str(folder)]) as process:
                waits = _ask(index, typed, lambda: process.poll() is None)
        if (segments := len(index.info()["segments"])) != 1:
            raise RuntimeError(f"merged into {segments} segments")
        return waits


def _ask(index: searchkit.Index, typed: Sequence[str], goes_on: Callable[[], bool]) -> Waits:
    """Asks all texts, again and again."""
    taken: list[float] = []
    started = time.perf_counter()
    while not taken or goes_on():
        before = time.perf_counter()
        _found(index, typed[len(taken) % len(typed)])
        taken.append(time.perf_counter() - before)
    passed = time.perf_counter() - started
    taken.sort()
    return Waits(len(taken), passed, taken[len(taken) // 2], taken[len(taken) * 99 // 100], taken[-1])


def _found(index: searchkit.Index, text: str) -> list[tuple[str, str]]:
    return [(hit.id, hit["title"]) for hit in index.search(text, limit=_HITS, match="any")]


def in_a_process(corpus: str, limit: int | None) -> dict[str, Waits]:
    """The same in a fresh process."""
    command = [sys.executable, __file__, "--corpus", corpus, "--json"]
    command += [] if limit is None else ["--documents", str(limit)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return {way: Waits(**one) for way, one in json.loads(done.stdout).items()}


def waits_table(waits: dict[str, Waits]) -> str:
    """A row for each way, times in ms."""
    rows = [
        [
            WAYS[way],
            f"{one.seconds:.1f}",
            f"{one.searches:,}",
            *(f"{value * 1e3:.3f}" for value in (one.median, one.slow, one.slowest)),
        ]
        for way, one in waits.items()
    ]
    return table(["", "s", "searches", "median, ms", "99 of 100", "slowest"], rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", default=GENERATED, help=f"a folder's name, or {GENERATED} (default)")
    parser.add_argument("--documents", type=int, help="the first so many (default: all, or 20,000 generated ones)")
    parser.add_argument("--json", action="store_true", help="print figures as JSON")
    options = parser.parse_args()
    limit = options.documents or (20_000 if options.corpus == GENERATED else None)
    waits = beside_merges(options.corpus, limit)
    print(json.dumps({way: asdict(one) for way, one in waits.items()}) if options.json else waits_table(waits))


if __name__ == "__main__":
    main()
