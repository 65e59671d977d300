"""Asks the same questions of several peers, taking turns, so that a noisy machine disturbs all alike."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

from drawing import WARM
from kinds import Kind
from worker import Asked, Job

__all__ = ["Timing", "ask", "ask_in_threads", "warm"]

_WORKER = Path(__file__).with_name("worker.py")


@dataclass(frozen=True)
class Timing:
    """What one peer took for the questions of one class, in milliseconds.

    Each question's time is its median over the rounds; `median` and `sum` are over the questions. `again_…`: the same
    texts asked a second time in the same process. matches: how many documents match, summed over the questions.
    """

    questions: int
    median: float
    sum: float
    again_median: float
    again_sum: float
    matches: int


def warm(questions: int) -> int:
    """How many of a set's questions are for warming up."""
    return min(WARM, questions // 4)


def ask(
    kind: Kind,
    indexes: Mapping[str, Path],
    questions: Path,
    count: int,
    rounds: int,
    run: Callable[[Job], Asked] | None = None,
) -> dict[str, Timing]:
    """Time one class on each peer that can answer it: `rounds` turns, each in a fresh process, in changing order.

    indexes: of each peer by name; questions: the file of sets; count: how many questions the set has.
    """
    run = run or in_process
    names, chance = list(indexes), random.Random(kind.name)
    asked: dict[str, list[Asked]] = {name: [] for name in names}
    for turn in range(rounds):
        chance.shuffle(names)
        for name in list(names):
            job = Job(name, str(indexes[name]), kind.dated, str(questions), kind.name, warm(count), count=turn == 0)
            done = run(job)
            if not done.first:
                names.remove(name)
            asked[name] += [done] if done.first else []
    return {name: _timing(asked[name]) for name in indexes if asked[name]}


def ask_in_threads(kind: Kind, name: str, index: Path, questions: Path, count: int, threads: int, rounds: int) -> float:
    """How many times as many questions a second several threads answer as one: the median over the rounds."""
    job = Job(name, str(index), kind.dated, str(questions), kind.name, warm(count), threads=threads, rounds=rounds)
    done = in_process(job)
    return median(threads * one / several for one, several in zip(done.one, done.several, strict=True))


def in_process(job: Job) -> Asked:
    """Do a job in a fresh process."""
    with tempfile.TemporaryDirectory(prefix="searchkit-benchmark-") as folder:
        file = Path(folder) / "job.json"
        file.write_text(json.dumps(asdict(job)))
        done = subprocess.run([sys.executable, str(_WORKER), str(file)], stdout=subprocess.PIPE, text=True)
    if done.returncode:
        raise RuntimeError(f"{job.peer} ended with {done.returncode} at {job.kind}")
    return Asked(**json.loads(done.stdout))


def _timing(rounds: Sequence[Asked]) -> Timing:
    first = _medians([asked.first for asked in rounds])
    again = _medians([asked.again for asked in rounds])
    matches = rounds[0].matches or 0
    return Timing(len(first), median(first), sum(first), median(again), sum(again), matches)


def _medians(rounds: Sequence[Sequence[float]]) -> list[float]:
    """Each question's median over the rounds, in milliseconds."""
    return [median(times) * 1e3 for times in zip(*rounds, strict=True)]
