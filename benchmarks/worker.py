"""Asks one peer the questions of one class, in a process of its own, and prints what it took as JSON.

As a program: `python worker.py JOB`, where the file JOB is a `Job` as JSON. A fresh process each time, so that no
engine knows a text from before: it first answers a few other questions of the same set, then each question once, and
then all of them once again. Two times for each question come back: of a text that is new to the engine, and of one
that isn't.
"""

from __future__ import annotations

import gc
import json
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from kinds import KINDS
from peers import PEERS, Peer
from questions import read_questions

__all__ = ["REST", "Asked", "Job", "run"]

REST = 0.1
"""Seconds between warming up and the clock, for what engines do beside their first queries."""
_LEAST = 0.3
"""Seconds that one thread is measured at least, beside others."""


@dataclass(frozen=True)
class Job:
    """What to do: the peer, its index, the file with sets of questions, the class; warm: so many to warm up with.

    count: also tell how many documents match in all. threads: instead, ask all questions with one and with so many
    threads, in turns, `rounds` times.
    """

    peer: str
    index: str
    dated: bool
    questions: str
    kind: str
    warm: int
    count: bool = False
    threads: int = 0
    rounds: int = 1


@dataclass(frozen=True)
class Asked:
    """first, again: seconds of each question, in order; empty where the peer cannot answer them. matches: the sum.

    one, several: seconds for all questions with one thread, and for as many questions in each thread with several.
    """

    first: list[float] = field(default_factory=list)
    again: list[float] = field(default_factory=list)
    matches: int | None = None
    one: list[float] = field(default_factory=list)
    several: list[float] = field(default_factory=list)


def run(job: Job) -> Asked:
    """Do it in this process."""
    kind = KINDS[job.kind]
    questions = read_questions(json.loads(Path(job.questions).read_text()))[kind.asks]
    peer = PEERS[job.peer](job.dated)
    # Some engines take seconds to open an index.
    if not questions or not Peer.can(peer, kind.act, questions[0]):
        return Asked()
    peer.open(Path(job.index))
    if not peer.can(kind.act, questions[0]):
        return Asked()
    typed = [peer.typed(question) for question in questions]
    do = peer.doing(kind.act)
    for text in typed[: job.warm]:
        do(text, kind.limit)
    asked = typed[job.warm :]
    gc.collect()
    gc.freeze()
    time.sleep(REST)
    if job.threads:
        return _threads(peer, do, asked, kind.limit, job)
    first, again = (_each(do, asked, kind.limit) for _ in range(2))
    return Asked(first, again, sum(map(peer.count, asked)) if job.count else None)


def _each(do: Callable[[Any, int], Any], asked: Sequence[Any], limit: int) -> list[float]:
    clock, passed = time.perf_counter, []
    for text in asked:
        started = clock()
        do(text, limit)
        passed.append(clock() - started)
    return passed


def _threads(peer: Peer, do: Callable[[Any, int], Any], asked: Sequence[Any], limit: int, job: Job) -> Asked:
    one, several = [], []
    # So many times that starting threads doesn't count.
    asked = list(asked) * max(1, round(_LEAST / _in_threads(1, do, asked, limit)))
    for _ in range(job.rounds):
        one.append(_in_threads(1, do, asked, limit))
        several.append(_in_threads(job.threads, do, asked, limit))
    return Asked(one=one, several=several)


def _in_threads(count: int, do: Callable[[Any, int], Any], asked: Sequence[Any], limit: int) -> float:
    """Seconds until each of `count` threads has asked all questions, the threads in different orders."""
    step = len(asked) // count
    turned = [[*asked[place * step :], *asked[: place * step]] for place in range(count)]
    threads = [threading.Thread(target=_each, args=(do, texts, limit)) for texts in turned]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return time.perf_counter() - started


if __name__ == "__main__":
    # What an engine prints goes elsewhere.
    answer, sys.stdout = sys.stdout, sys.stderr
    print(json.dumps(asdict(run(Job(**json.loads(Path(sys.argv[1]).read_text()))))), file=answer)
