"""Shows where the time of a query goes: python benchmarks/stages.py INDEX QUESTIONS

INDEX and QUESTIONS are what `all.py`, or `compare.py --reuse`, left behind: the folder of an index of searchkit, and
the file with the sets of questions that belongs to it. Each class is asked in fresh processes, each text once in each,
as `compare.py` does; the functions between the stages are timed from outside, which costs some microseconds itself.
Means over the questions, of the best of the rounds, in microseconds:

- understand: the text becomes a tree; plan: its words become terms with weights; run: postings are read and scored;
- hits: ids and titles are read; other: everything else, which is Python between these;
- postings: of all terms of a query; ns: what the run takes for each, as if all were scored.
"""

from __future__ import annotations

import argparse
import gc
import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import mean, median
from typing import Any

import searchkit
from asking import warm
from kinds import KINDS
from peers import PEERS
from questions import read_questions
from searchkit.engines.native.understanding import Understanding
from searchkit.query import parse
from searchkit.search import searcher, totals
from searchkit.search.plan import BooleanPlan, PhrasePlan, TermPlan
from searchkit.search.planner import make_plan
from worker import REST

_CLASSES = (
    "word,union,frequent,intersection,prohibited,mixed,mixed-phrase,phrase-2,phrase-3,phrase-5,phrase-stop,limit-100,"
    "count-union,count-intersection"
)
_DATED = "day,month,year,newest,newest-frequent"
_STAGES = ("understand", "plan", "run", "hits")


class _Clock:
    """How long the calls of wrapped functions took since it was read last, in microseconds, by stage."""

    def __init__(self) -> None:
        self.took: dict[str, float] = {}

    def wrap(self, holder: Any, name: str, stage: str) -> None:
        """Put a timed function in the place of one."""
        function: Callable[..., Any] = getattr(holder, name)

        def timed(*arguments: Any, **options: Any) -> Any:
            started = time.perf_counter()
            try:
                return function(*arguments, **options)
            finally:
                self.took[stage] = self.took.get(stage, 0.0) + 1e6 * (time.perf_counter() - started)

        setattr(holder, name, timed)

    def read(self) -> dict[str, float]:
        """What was added up, which begins anew."""
        took, self.took = self.took, {}
        return took


def main() -> int:
    options = _options()
    if options.one:
        print(json.dumps(_measured(options.index, options.questions, options.one)))
        return 0
    wanted = options.classes or (_DATED if options.dated else _CLASSES)
    print(f"{options.index}; means in µs; a word that nothing has, again and again: {_nothing(options.index):.1f}")
    print(f"| class | {' | '.join((*_STAGES, 'other', 'all'))} | postings | ns |")
    print("|---" * (len(_STAGES) + 5) + "|")
    for name in wanted.split(","):
        command = [sys.executable, __file__, str(options.index), str(options.questions), "--one", name]
        runs = [json.loads(subprocess.check_output(command, text=True)) for _ in range(options.rounds)]
        best = [{stage: min(row[stage] for row in rows) for stage in rows[0]} for rows in zip(*runs, strict=True)]
        took = {stage: mean(row[stage] for row in best) for stage in best[0]}
        took["other"] = took["all"] - sum(took[stage] for stage in _STAGES)
        stages = " | ".join(f"{took[stage]:.1f}" for stage in (*_STAGES, "other", "all"))
        each = 1e3 * took["run"] / max(1, took["postings"])
        print(f"| {KINDS[name].title} | {stages} | {took['postings']:,.0f} | {each:.1f} |", flush=True)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("index", type=Path)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--classes", help="which, with commas (see kinds.py)")
    parser.add_argument("--dated", action="store_true", help="by default the classes with dates")
    parser.add_argument("--rounds", type=int, default=5, help="processes for each class")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    return parser.parse_args()


def _measured(path: Path, file: Path, name: str) -> list[dict[str, float]]:
    """What each question of a class takes in this process."""
    kind = KINDS[name]
    index = searchkit.open(path, mode="r")
    questions = read_questions(json.loads(file.read_text()))[kind.asks]
    clock = _Clock()
    clock.wrap(Understanding, "understand", "understand")
    for module in (searcher, totals):
        clock.wrap(module, "make_plan", "plan")
    for run in ("best_of", "first_by_date", "count"):
        clock.wrap(searcher, run, "run")
    clock.wrap(totals, "count", "run")
    texts = [PEERS["searchkit"](kind.dated).typed(question) for question in questions]
    few = warm(len(texts))
    for text in texts[:few]:
        _ask(index, text, kind.act, kind.limit)
    gc.collect()
    gc.freeze()
    time.sleep(REST)
    clock.read()
    rows = []
    for text in texts[few:]:
        started = time.perf_counter()
        reading = _ask(index, text, kind.act, kind.limit)
        whole = 1e6 * (time.perf_counter() - started)
        took = clock.read()
        row = {stage: took.get(stage, 0.0) for stage in _STAGES} | {"hits": reading, "all": whole}
        rows.append(row | {"postings": _postings(index, text)})
    return rows


def _nothing(path: Path) -> float:
    """What Python around a search takes, in microseconds: the median of searches that find nothing."""
    index = searchkit.open(path, mode="r")
    passed = []
    for _ in range(2_000):
        started = time.perf_counter()
        index.search("zzyzxq", match="any")
        passed.append(1e6 * (time.perf_counter() - started))
    return median(passed)


def _ask(index: Any, text: str, act: str, limit: int) -> float:
    """Ask, and return how many microseconds it took to read the hits."""
    if act == "count":
        index.count(text, match="any")
        return 0.0
    results = index.search(text, limit=limit, match="any", sort="-date" if act == "newest" else None)
    started = time.perf_counter()
    for hit in results:
        _ = hit.id, hit["title"]
    return 1e6 * (time.perf_counter() - started)


def _postings(index: Any, text: str) -> int:
    """How many postings all terms of a query have."""
    snapshot = index._snapshot()
    node = parse(text, schema=index.schema).node
    root = make_plan(snapshot, node, index.limits, any_of_bag=True).root
    waiting, total = [root], 0
    while waiting:
        plan = waiting.pop()
        if isinstance(plan, TermPlan):
            total += snapshot.frequency(plan.key)
        elif isinstance(plan, PhrasePlan):
            total += sum(map(snapshot.frequency, set(plan.keys)))
        elif isinstance(plan, BooleanPlan):
            waiting += [*plan.must, *plan.should, *plan.must_not]
    return total


if __name__ == "__main__":
    raise SystemExit(main())
