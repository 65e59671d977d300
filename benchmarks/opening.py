"""Opens the index of one peer again and again, in a process of its own.

As a program: `python opening.py PEER INDEX TIMES` prints the seconds of each opening as JSON. The first, in which an
engine may import what it needs, is not among them: `first_query.py` has it.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

from peers import PEERS

__all__ = ["open_often"]


def open_often(peer: str, index: Path, times: int) -> list[float]:
    """Seconds of each opening, in a fresh process."""
    command = [sys.executable, __file__, peer, str(index), str(times)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    seconds: list[float] = json.loads(done.stdout)
    return seconds


def measure(name: str, index: Path, times: int) -> list[float]:
    """The same in this process."""
    passed = []
    for _ in range(times + 1):
        peer = PEERS[name]()
        started = time.perf_counter()
        peer.open(index)
        passed.append(time.perf_counter() - started)
        peer.close()
    return passed[1:]


if __name__ == "__main__":
    # What an engine prints goes elsewhere.
    answer, sys.stdout = sys.stdout, sys.stderr
    print(json.dumps(measure(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))), file=answer)
