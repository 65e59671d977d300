"""Measures searchkit and its peers on one corpus and prints tables of figures and ratios.

For a look at a change; `all.py` measures everything and writes the report. For example:
python benchmarks/compare.py --documents 100000 --peers searchkit,tantivy,fts5,bm25s --rounds 5
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

from corpora import MissingCorpusError
from kinds import DATED, KINDS, PLAIN, Kind
from session import Session, available
from tables import building_table, matches_table, querying_table

_DEFAULT_PEERS = "searchkit,tantivy,tantivy-threads,tantivy-count,fts5,bm25s"


def main() -> int:
    options = _options()
    names = available(options.peers.split(","))
    with ExitStack() as stack:
        folder = options.folder or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="searchkit-benchmark-")))
        session = Session(folder, options.corpus, options.documents, options.dated)
        try:
            built = session.build(names, options.builds, options.reuse)
            kinds = _kinds(options) if options.queries else []
            asked = {kind.title: session.ask(names, kind, options.queries, options.rounds) for kind in kinds}
        except MissingCorpusError as error:
            print(f"compare: {error}; --corpus generated needs no folder", file=sys.stderr)
            return 1
    timings = {title: by_peer for title, by_peer in asked.items() if by_peer}
    print(f"{options.corpus}, {built[0].documents if built else 0:,} documents; Python {platform.python_version()}\n")
    print(building_table(built, options.reference))
    if timings:
        print(f"\n{querying_table(timings, options.reference)}\n\n{matches_table(timings)}")
    if options.json:
        queries = {title: {name: asdict(one) for name, one in by.items()} for title, by in timings.items()}
        options.json.write_text(json.dumps({"indexing": [asdict(one) for one in built], "queries": queries}, indent=1))
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", default="wiki-en-2014", help='a corpus by name, or "generated"')
    parser.add_argument("--dated", action="store_true", help="with dates and sources, and the classes about them")
    parser.add_argument("--documents", type=int, default=100_000, help="its first so many documents")
    parser.add_argument("--peers", default=_DEFAULT_PEERS, help="names as in peers/, with commas")
    parser.add_argument("--reference", default="tantivy", help="the peer that ratios refer to")
    parser.add_argument("--kinds", help=f"classes of queries: {', '.join(KINDS)} (default: all that fit)")
    parser.add_argument("--queries", type=int, default=100, help="at most so many queries a class; 0: only index")
    parser.add_argument("--rounds", type=int, default=5, help="how often each query is timed")
    parser.add_argument("--builds", type=int, default=1, help="how often each index is built")
    parser.add_argument("--folder", type=Path, help="where the indexes go (default: a temporary folder)")
    parser.add_argument("--reuse", action="store_true", help="keep the indexes that --folder already has")
    parser.add_argument("--json", type=Path, help="write all figures to this file too")
    return parser.parse_args()


def _kinds(options: argparse.Namespace) -> list[Kind]:
    fitting = DATED if options.dated else PLAIN
    if not options.kinds:
        return list(fitting)
    names = options.kinds.split(",")
    if unknown := [name for name in names if KINDS.get(name) not in fitting]:
        sys.exit(
            f"compare: no such class here: {', '.join(unknown)}; {'' if options.dated else 'un'}dated ones are "
            f"{', '.join(kind.name for kind in fitting)}"
        )
    return [KINDS[name] for name in names]


if __name__ == "__main__":
    raise SystemExit(main())
