"""Measures everything and writes the report: `python benchmarks/all.py`. It takes three quarters of an hour; `--middle`
a third of that, on fewer documents; `--quick` a few minutes, for a look.

The figures of each part are kept as JSON (`--figures`), the indexes in a folder of their own (`--work`). Started again,
it goes on with the parts that have no figures yet; `--again PART` runs a part anew, `--report-only` none. The quick
form writes a page beside its figures, the others docs/benchmarks.md and the figures in README.md.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path

from machine import describe
from parts import PARTS
from report import write_report
from scale import FULL, MIDDLE, QUICK
from session import say

_PROJECT = Path(__file__).resolve().parents[1]


def main() -> int:
    options = _options()
    scale = QUICK if options.quick else MIDDLE if options.middle else FULL
    figures = options.figures or _PROJECT / ("build/benchmarks/quick" if options.quick else "benchmarks/figures")
    page = options.page or (figures / "benchmarks.md" if options.quick else _PROJECT / "docs" / "benchmarks.md")
    work = options.work or _PROJECT / "build" / "benchmarks" / f"indexes-{scale.name}"
    figures.mkdir(parents=True, exist_ok=True)
    for name in () if options.report_only else options.parts.split(","):
        file = figures / f"{name}.json"
        if file.is_file() and name not in options.again.split(","):
            say(f"{name}: has figures")
            continue
        started = time.monotonic()
        measured = PARTS[name](scale, work)
        file.write_text(json.dumps({"machine": describe(scale), "figures": measured}, indent=1) + "\n")
        say(f"{name}: done in {time.monotonic() - started:.0f} s")
    write_report(figures, page, None if options.quick or options.page else _PROJECT / "README.md")
    say(f"wrote {page}")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    less = parser.add_mutually_exclusive_group()
    less.add_argument("--quick", action="store_true", help="few documents, one round")
    less.add_argument("--middle", action="store_true", help="100,000 documents")
    parser.add_argument("--parts", default=",".join(PARTS), help="which, with commas (default: all)")
    parser.add_argument(
        "--again", default="", metavar="PART", help="parts to run though they have figures, with commas"
    )
    parser.add_argument(
        "--report-only", action="store_true", help="only write the report of the figures that are there"
    )
    parser.add_argument("--figures", type=Path, help="where figures are kept")
    parser.add_argument("--work", type=Path, help="where indexes are kept; may be deleted afterwards")
    parser.add_argument("--page", type=Path, help="the report")
    options = parser.parse_args()
    if unknown := [name for name in f"{options.parts},{options.again}".split(",") if name and name not in PARTS]:
        sys.exit(f"all: no part {', '.join(unknown)}; there are {', '.join(PARTS)}")
    return options


if __name__ == "__main__":
    raise SystemExit(main())
