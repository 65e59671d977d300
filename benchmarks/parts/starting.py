"""Opening an index, the first answer of a fresh process, and two threads beside one."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from typing import Any

from asking import ask_in_threads
from kinds import KINDS
from opening import open_often
from parts.sessions import plain, plain_peers
from peers import PEERS
from scale import Scale
from session import Session, available, say

_SCRIPT = Path(__file__).parents[1] / "first_query.py"
# As programs run: what is imported was compiled before.
_ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
_OPENINGS = 20
_THREADED = ("word", "union", "frequent", "phrase-3", "limit-100")


def opening(scale: Scale, folder: Path) -> Any:
    """For each peer: ms of opening, and of a fresh process that opens, asks and prints; "python": of an empty one."""
    session, peers = plain(scale, folder), [name for name in plain_peers(scale) if name != "tantivy-count"]
    session.build(peers, reuse=True)
    return starts(session, peers, scale.first, scale.questions)


def starts(session: Session, peers: list[str], rounds: int, questions: int) -> dict[str, dict[str, float]]:
    """The same for any session."""
    asked = session.questions(questions)["union"]
    passed: dict[str, list[float]] = {name: [] for name in ("python", *peers)}
    chance, order = random.Random(len(peers)), ["python", *peers]
    for turn in range(rounds + 1):
        chance.shuffle(order)
        for name in order:
            command = [sys.executable, "-c", "pass"]
            if name != "python":
                typed = PEERS[name]().typed(asked[turn % len(asked)])
                command = [sys.executable, str(_SCRIPT), name, str(session.index(name)), json.dumps(typed)]
            started = time.perf_counter()
            subprocess.run(command, stdout=subprocess.DEVNULL, check=True, env=_ENVIRONMENT)
            seconds = time.perf_counter() - started
            # The first turn compiles what is imported, and brings it into the system's cache.
            if turn:
                passed[name].append(seconds)
    opened = {name: median(open_often(name, session.index(name), _OPENINGS)) * 1e3 for name in peers}
    say("opened the indexes, and asked in fresh processes")
    first = {name: {"first": median(seconds) * 1e3} for name, seconds in passed.items()}
    return {name: one | ({"opening": opened[name]} if name in opened else {}) for name, one in first.items()}


def threads(scale: Scale, folder: Path) -> Any:
    """How many times as many queries a second two threads answer as one."""
    session, peers = plain(scale, folder), available(["searchkit", "tantivy"])
    session.build(peers, reuse=True)
    file, sets = session.questions_file(scale.questions), session.questions(scale.questions)
    times: dict[str, dict[str, float]] = {}
    for name in _THREADED:
        kind = KINDS[name]
        count = len(sets.get(kind.asks, []))
        if not count:
            continue
        times[name] = {
            peer: ask_in_threads(kind, peer, session.index(peer), file, count, 2, 4 * scale.rounds) for peer in peers
        }
        say(f"two threads: {kind.title}")
    return times
