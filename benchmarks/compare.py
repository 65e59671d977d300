"""Measures searchkit and its peers side by side and prints tables of figures and ratios.

For example: python benchmarks/compare.py --documents 100000 --peers searchkit,tantivy,fts5,bm25s --rounds 5
"""

from __future__ import annotations

import argparse
import json
import platform
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from typing import Any

from building import Built, build
from corpora import MissingCorpusError
from peers import KINDS, PEERS, Peer
from queries import Query, queries_for
from querying import Timing, count_matches, time_queries
from tables import building_table, matches_table, querying_table

_DEFAULT_PEERS = "searchkit,tantivy,tantivy-threads,tantivy-count,tantivy-body,fts5,bm25s"


def main() -> int:
    options = _options()
    names = _available(options.peers.split(","))
    with ExitStack() as stack:
        folder = options.folder or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="searchkit-benchmark-")))
        folder.mkdir(parents=True, exist_ok=True)
        try:
            built = _build_all(names, folder, options)
            classes = queries_for(options.corpus, options.documents, options.queries) if options.queries else {}
        except MissingCorpusError as error:
            print(f"compare: {error}; --corpus generated needs no folder", file=sys.stderr)
            return 1
        timings, matches = _query_all(names, folder, classes, options)
    _print(options, built, timings, matches)
    if options.json:
        options.json.write_text(json.dumps(_report(options, built, timings, matches), indent=1))
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", default="wiki-en-2014", help='a corpus by name, or "generated"')
    parser.add_argument("--documents", type=int, default=100_000, help="its first so many documents")
    parser.add_argument("--peers", default=_DEFAULT_PEERS, help=f"of {', '.join(PEERS)}")
    parser.add_argument("--reference", default="tantivy", help="the peer that ratios refer to")
    parser.add_argument("--kinds", default=",".join(KINDS), help="classes of queries")
    parser.add_argument("--queries", type=int, default=100, help="at most so many queries a class; 0: only index")
    parser.add_argument("--rounds", type=int, default=5, help="how often each query is timed")
    parser.add_argument("--builds", type=int, default=1, help="how often each index is built")
    parser.add_argument("--limit", type=int, default=10, help="hits asked for")
    parser.add_argument("--folder", type=Path, help="where the indexes go (default: a temporary folder)")
    parser.add_argument("--reuse", action="store_true", help="keep the indexes that --folder already has")
    parser.add_argument("--json", type=Path, help="write all figures to this file too")
    return parser.parse_args()


def _available(names: list[str]) -> list[str]:
    unknown = [name for name in names if name not in PEERS]
    if unknown:
        sys.exit(f"compare: no peer {', '.join(unknown)}; there are {', '.join(PEERS)}")
    for name in names:
        if reason := PEERS[name].missing():
            print(f"compare: left out: {reason}", file=sys.stderr)
    return [name for name in names if not PEERS[name].missing()]


def _build_all(names: list[str], folder: Path, options: argparse.Namespace) -> list[Built]:
    """Build every index `--builds` times, taking turns; of each peer, the build of median time counts."""
    builds: dict[str, list[Built]] = {PEERS[name].index or name: [] for name in names}
    for _ in range(options.builds):
        for name, done in builds.items():
            done.append(build(name, folder, options.corpus, options.documents, options.reuse))
            print(f"compare: indexed with {name}: {done[-1].speed:.1f} MB/s", file=sys.stderr, flush=True)
    return [sorted(done, key=lambda one: one.seconds)[len(done) // 2] for done in builds.values()]


def _query_all(
    names: list[str], folder: Path, classes: dict[str, list[Query]], options: argparse.Namespace
) -> tuple[dict[str, dict[str, Timing]], dict[str, dict[str, int]]]:
    opened = {name: PEERS[name]() for name in names}
    for name, peer in opened.items():
        peer.open(folder / (peer.index or name))
    timings, matches = {}, {}
    for kind in options.kinds.split(","):
        able: dict[str, Peer] = {name: peer for name, peer in opened.items() if kind in peer.kinds}
        if able and classes.get(kind):
            timings[kind] = time_queries(able, kind, classes[kind], options.rounds, options.limit)
            matches[kind] = count_matches(able, kind, classes[kind])
            print(f"compare: asked {len(classes[kind])} queries: {kind}", file=sys.stderr, flush=True)
    for peer in opened.values():
        peer.close()
    return timings, matches


def _print(
    options: argparse.Namespace,
    built: list[Built],
    timings: dict[str, dict[str, Timing]],
    matches: dict[str, dict[str, int]],
) -> None:
    print(f"{options.corpus}, {built[0].documents if built else 0:,} documents; Python {platform.python_version()}\n")
    print(building_table(built, options.reference))
    if timings:
        print(f"\n{querying_table(timings, options.reference)}\n\n{matches_table(matches)}")


def _report(
    options: argparse.Namespace,
    built: list[Built],
    timings: dict[str, dict[str, Timing]],
    matches: dict[str, dict[str, int]],
) -> dict[str, Any]:
    return {
        "corpus": options.corpus,
        "python": platform.python_version(),
        "machine": platform.platform(),
        "reference": options.reference,
        "rounds": options.rounds,
        "limit": options.limit,
        "indexing": [asdict(one) | {"mb_per_second": one.speed} for one in built],
        "queries": {kind: {name: asdict(timing) for name, timing in by.items()} for kind, by in timings.items()},
        "matches": matches,
    }


if __name__ == "__main__":
    raise SystemExit(main())
