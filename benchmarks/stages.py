"""Shows where the time of a query goes: python benchmarks/stages.py INDEX QUESTIONS

INDEX and QUESTIONS are what `all.py`, or `compare.py --reuse`, left behind: the folder of an index of searchkit, and
the file with the sets of questions that belongs to it. Each class is asked in fresh processes, each text once in each,
as `compare.py` does: in some as programs ask, in others one stage after the other. Means over the questions, of the
best of the rounds, in microseconds:

- plan: the text becomes terms with weights; run: postings are read and scored;
- hits: ids and titles are read; other: everything else, which is Python around these;
- postings: of all terms of a query; ns: what the run takes for each, as if all were scored.
"""

from __future__ import annotations

import argparse
import gc
import json
import subprocess
import sys
import time
from pathlib import Path
from statistics import mean, median
from time import perf_counter as clock
from typing import Any

import searchkit
from asking import warm
from kinds import KINDS
from peers import PEERS
from questions import read_questions
from searchkit.kernels.execution import all_by_date, best_of
from searchkit.query import parse
from searchkit.search.ages import age
from searchkit.search.plan import BooleanPlan, PhrasePlan, TermPlan
from searchkit.search.planner import make_plan
from searchkit.search.searcher import count
from worker import REST

_CLASSES = (
    "word,union,frequent,intersection,prohibited,mixed,mixed-phrase,phrase-2,phrase-3,phrase-5,phrase-stop,limit-100,"
    "count-union,count-intersection"
)
_MEASURED = ("plan", "run", "hits", "all", "postings")
_DATED = "day,month,year,newest,newest-frequent"
_STAGES = ("plan", "run", "hits")


def main() -> int:
    options = _options()
    if options.one:
        print(json.dumps(_measured(options.index, options.questions, options.one, options.staged)))
        return 0
    wanted = options.classes or (_DATED if options.dated else _CLASSES)
    print(f"{options.index}; means in µs; a word that nothing has, again and again: {_nothing(options.index):.1f}")
    print(f"| class | {' | '.join((*_STAGES, 'other', 'all'))} | postings | ns |")
    print("|---" * (len(_STAGES) + 5) + "|")
    for name in wanted.split(","):
        command = [sys.executable, __file__, str(options.index), str(options.questions), "--one", name]
        runs = [
            json.loads(subprocess.check_output([*command, *staged], text=True))
            for _ in range(options.rounds)
            for staged in ((), ("--staged",))
        ]
        rows_of_each = zip(*runs, strict=True)
        best = [{name: min(row[name] for row in rows if name in row) for name in _MEASURED} for rows in rows_of_each]
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
    parser.add_argument("--staged", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


def _measured(path: Path, file: Path, name: str, staged: bool) -> list[dict[str, float]]:
    """What each question of a class takes in this process, in all or by stages."""
    kind = KINDS[name]
    index = searchkit.open(path, mode="r")
    questions = read_questions(json.loads(file.read_text()))[kind.asks]
    texts = [PEERS["searchkit"](kind.dated).typed(question) for question in questions]
    few = warm(len(texts))
    for text in texts[:few]:
        _ask(index, text, kind.act, kind.limit)
    gc.collect()
    gc.freeze()
    time.sleep(REST)
    if staged:
        return [_staged(index, text, kind.act, kind.limit) for text in texts[few:]]
    return [_ask(index, text, kind.act, kind.limit) | {"postings": _postings(index, text)} for text in texts[few:]]


def _nothing(path: Path) -> float:
    """What Python around a search takes, in microseconds: the median of searches that find nothing."""
    index = searchkit.open(path, mode="r")
    passed = []
    for _ in range(2_000):
        started = clock()
        index.search("zzyzxq", match="any")
        passed.append(1e6 * (clock() - started))
    return median(passed)


def _ask(index: Any, text: str, act: str, limit: int) -> dict[str, float]:
    """How many microseconds a question takes, and the hits of it."""
    started = clock()
    if act == "count":
        index.count(text, match="any")
        return {"all": 1e6 * (clock() - started), "hits": 0.0}
    results = index.search(text, limit=limit, match="any", sort="-date" if act == "newest" else None)
    found = clock()
    for hit in results:
        _ = hit.id, hit["title"]
    done = clock()
    return {"all": 1e6 * (done - started), "hits": 1e6 * (done - found)}


def _staged(index: Any, text: str, act: str, limit: int) -> dict[str, float]:
    """How many microseconds the stages of a question take."""
    searching = index._searching()
    snapshot, plain = searching.snapshot, searching.plain
    scored = act != "count"
    started = clock()
    plan = plain.plan(snapshot, text, True, scored)
    if plan is None:
        node = index._understanding.understand(snapshot, text, False).node
        plan = make_plan(snapshot, node, index.limits, any_of_bag=True, scored=scored)
    planned = clock()
    if act == "count":
        count(snapshot, plan)
    elif act == "newest":
        all_by_date(plan, snapshot.parts, limit, True, age)
    else:
        best_of(plan, snapshot.parts, limit, None, age)
    return {"plan": 1e6 * (planned - started), "run": 1e6 * (clock() - planned)}


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
