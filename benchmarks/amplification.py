"""How often each byte of an index is written while it grows: the write amplification of the merge policy.

Adds generated articles in so many commits of the same size, one after the other, and prints for each size the bytes
that were written to files in the folder (by commits and their merges, manifests too) for each byte of one commit of all
the articles; the segments in the end; and the median and the slowest commit. For example:
python benchmarks/amplification.py --documents 20000
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path
from statistics import median

import searchkit
from building import bytes_written
from generator import generate
from peers import Document
from tables import table

_COMMITS = (1, 10, 100, 1000)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=20_000, help="in all (default: 20,000)")
    parser.add_argument("--commits", help="numbers of commits, with commas (default: 1, 10, 100, 1000 and one each)")
    options = parser.parse_args()
    documents = list(generate(options.documents))
    wanted = options.commits.split(",") if options.commits else [*_COMMITS, options.documents]
    once, rows = 0, []
    for commits in sorted({min(int(number), options.documents) for number in wanted} | {1}):
        grown, seconds, segments = _grow(documents, commits)
        once = once or grown
        rows.append(
            [
                f"{commits:,}",
                f"{len(documents) // commits:,}",
                f"{grown / once:.1f}",
                str(segments),
                f"{median(seconds) * 1e3:.1f}",
                f"{max(seconds) * 1e3:.0f}",
            ]
        )
    print(table(["commits", "documents each", "written", "segments", "commit, ms", "slowest, ms"], rows))


def _grow(documents: list[Document], commits: int) -> tuple[int, list[float], int]:
    """The bytes that were written, the seconds of each commit, and the segments in the end."""
    size, seconds, before = len(documents) // commits, [], bytes_written()
    with tempfile.TemporaryDirectory(prefix="searchkit-benchmark-") as folder:
        with searchkit.open(Path(folder) / "index") as index:
            for first in range(0, size * commits, size):
                started = time.perf_counter()
                index.add(documents[first : first + size])
                seconds.append(time.perf_counter() - started)
            segments = len(index.info()["segments"])
        return bytes_written() - before, seconds, segments


if __name__ == "__main__":
    main()
