"""Merges a copy of an index into one segment, and shows how long that takes and how much memory:
python benchmarks/merging.py INDEX

INDEX is the folder of an index of searchkit that has several segments, as `all.py` leaves behind; it stays as it is.
The merge is made by a fresh process, whose peak of memory is shown, files that it maps and Python itself among it; in
10⁶ bytes.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import searchkit
from building import peak_memory
from tables import table

_HEADS = ["documents", "segments", "MB", "s", "peak MB", "before MB"]


def main() -> int:
    parser = argparse.ArgumentParser(description="Time and memory of a merge.")
    parser.add_argument("index", type=Path, help="an index of searchkit, of several segments")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.here:
        print(json.dumps(merged(options.index)))
        return 0
    with tempfile.TemporaryDirectory(prefix="searchkit-benchmark-", dir=options.index.parent) as name:
        folder = shutil.copytree(options.index, Path(name) / "index")
        size = sum(file.stat().st_size for file in folder.iterdir())
        done = subprocess.check_output([sys.executable, __file__, "--here", str(folder)], text=True)
    figures = json.loads(done)
    seconds, peak, before = figures["seconds"], figures["peak"] / 1e6, figures["before"] / 1e6
    row = [f"{figures['documents']:,}", str(figures["segments"]), f"{size / 1e6:.0f}"]
    print(table(_HEADS, [[*row, f"{seconds:.1f}", f"{peak:.0f}", f"{before:.0f}"]]))
    return 0


def merged(folder: Path) -> dict[str, float]:
    """Merges the index in this process: how many documents and segments it had, how long it took, and the peaks of
    memory before and in the end, in bytes.
    """
    with searchkit.open(folder) as index:
        segments = len(index.info()["segments"])
        before = peak_memory()
        started = time.perf_counter()
        index.merge()
        seconds = time.perf_counter() - started
        return {
            "documents": len(index),
            "segments": segments,
            "seconds": seconds,
            "before": before,
            "peak": peak_memory(),
        }


if __name__ == "__main__":
    sys.exit(main())
