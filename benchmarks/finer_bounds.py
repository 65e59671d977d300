"""Shows what bounds for fewer documents than a range has would save: python benchmarks/finer_bounds.py INDEX QUESTIONS

INDEX and QUESTIONS are as for `stages.py`. For each class of unions, and for bounds of every so many documents, two
shares of all postings of the questions' words, both with the score of the tenth document known from the start:

- hopeful: postings of stretches in which the bounds of all words together reach that score;
- essential: those of words there without which the others cannot reach it, which MaxScore has to read.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import searchkit
from questions import read_questions
from searchkit.kernels.execution import best_of
from searchkit.kernels.plans import Plan
from searchkit.search.ages import age
from searchkit.search.plan import BooleanPlan

_SIZES = (4096, 1024, 512, 256, 128)
_HITS = 10

Stretches = dict[int, list[tuple[int, int]]]
"""Stretch → the bound of each word that has postings there, and how many they are."""


def main() -> int:
    options = _options()
    questions = read_questions(json.loads(options.questions.read_text()))
    index = searchkit.open(options.index, mode="r")
    searching = index._searching()
    print(f"{options.index}; shares of postings, hopeful and essential, with bounds for every so many documents")
    print(f"| class | postings | {' | '.join(f'{size:,}' for size in _SIZES)} |")
    print("|---" * (len(_SIZES) + 2) + "|")
    for name in options.classes.split(","):
        total, hopeful, essential = 0, dict.fromkeys(_SIZES, 0), dict.fromkeys(_SIZES, 0)
        for question in questions[name][: options.first]:
            plan = searching.plain.plan(searching.snapshot, question.typed(), True, True)
            if plan is None or not isinstance(plan.root, BooleanPlan):
                continue
            parts = searching.snapshot.parts
            cut = best_of(plan, parts, _HITS, None, age)[-1][0]
            for part in parts:
                words = [_postings(part, word, plan.shift) for word in plan.root.should]
                total += sum(map(len, words))
                for size in _SIZES:
                    hope, need = _counted(_stretches(words, size), cut)
                    hopeful[size] += hope
                    essential[size] += need
        shares = [f"{hopeful[size] / total:.0%}, {essential[size] / total:.0%}" for size in _SIZES]
        print(f"| {name} | {total:,} | {' | '.join(shares)} |")
    return 0


def _postings(part: Any, word: Any, shift: int) -> list[tuple[int, int]]:
    """The documents of a word in a segment, and what it adds to the score of each."""
    found = best_of(Plan(word, shift), (part,), part.stop, None, age)
    return [(document, score) for score, _, document in found]


def _stretches(words: list[list[tuple[int, int]]], size: int) -> Stretches:
    found: Stretches = defaultdict(list)
    for postings in words:
        bounds: dict[int, int] = defaultdict(int)
        counts: dict[int, int] = defaultdict(int)
        for document, score in postings:
            bounds[document // size] = max(bounds[document // size], score)
            counts[document // size] += 1
        for stretch, bound in bounds.items():
            found[stretch].append((bound, counts[stretch]))
    return found


def _counted(stretches: Stretches, cut: int) -> tuple[int, int]:
    """How many postings are hopeful, and how many are essential."""
    hopeful = essential = 0
    for words in stretches.values():
        if sum(bound for bound, _ in words) >= cut:
            hopeful += sum(count for _, count in words)
        below = 0
        for bound, count in sorted(words):
            below += bound
            if below >= cut:
                essential += count
    return hopeful, essential


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("index", type=Path)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--classes", default="union,frequent", help="unions, by name, with commas")
    parser.add_argument("--first", type=int, default=40, help="so many questions of each class")
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
