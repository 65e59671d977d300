"""How good rankings are on the judged collections: nDCG@10 of the default settings, in whole and by halves of the
queries.

    python benchmarks/relevance.py
    python benchmarks/relevance.py --tune

The second line measures a grid of k1, b and title weights: which are best on the even queries, what those give on the
odd ones, and what all collections but one would choose.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from itertools import product
from pathlib import Path

import searchkit
from corpora import MissingCorpusError, corpora_folder, records
from searchkit import Ranking
from searchkit.evaluation import MEASURES, Scores, read_judgments, read_topics, run_topics, score

K1, B, TITLE = (0.9, 1.2, 1.4, 1.6, 2.0), (0.5, 0.6, 0.7, 0.8), (1, 2, 3)
DEFAULT = (1.4, 0.6, 3)
SHOWN = 8
NAMES = ("cran", "cisi", "med", "npl", "time", "cacm", "scifact")


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the tables."""
    form = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    form.add_argument("collections", metavar="NAME", nargs="*", default=NAMES, help=f"of {', '.join(NAMES)}")
    form.add_argument("--tune", action="store_true", help="measure a grid of settings")
    options = form.parse_args(arguments)
    try:
        if options.tune:
            tune(options.collections)
            return 0
        found = {name: measured(name, [Ranking()])[0] for name in options.collections}
    except MissingCorpusError as error:
        print(error, file=sys.stderr)
        return 1
    print_rows("collection", [*found, "mean"])
    for measure in MEASURES:
        print_rows(measure, with_mean([scores.mean(measure) for scores in found.values()]))
    for half, label in ((0, "even"), (1, "odd")):
        print_rows(f"nDCG@10, {label}", with_mean([half_mean(scores, half) for scores in found.values()]))
    return 0


def tune(names: Sequence[str]) -> None:
    """Prints the best settings of the grid, and those that all collections but one would choose."""
    settings = list(product(K1, B, TITLE))
    rankings = [Ranking({"title": title}, k1, b) for k1, b, title in settings]
    found = {name: measured(name, rankings) for name in names}
    halves = [[half_mean(found[name][at], half) for name in names for half in (0, 1)] for at in range(len(settings))]
    print(f"{'k1':>6}{'b':>6}{'title':>6}{'even':>9}{'odd':>9}")
    ranked = sorted(range(len(settings)), key=lambda at: -sum(halves[at][::2]))
    for at in [*ranked[:SHOWN], *(at for at in ranked[SHOWN:] if settings[at] == DEFAULT)]:
        even, odd = sum(halves[at][::2]) / len(names), sum(halves[at][1::2]) / len(names)
        print("".join(f"{value:>6g}" for value in settings[at]) + f"{even:>9.4f}{odd:>9.4f}")
    print("left out      chosen by the others: k1, b, title, and its nDCG@10")
    for name in names:
        others = [other for other in names if other != name]
        best = max(range(len(settings)), key=lambda at: sum(found[other][at].mean("nDCG@10") for other in others))
        chosen = "".join(f"{value:>6g}" for value in settings[best])
        print(f"{name:<14}{chosen}{found[name][best].mean('nDCG@10'):>9.4f}")


def measured(name: str, rankings: Sequence[Ranking]) -> list[Scores]:
    """The scores of a collection under each ranking, indexed for the occasion with the default schema."""
    folder = corpora_folder() / name
    topics = chosen_topics(folder)
    with tempfile.TemporaryDirectory() as place, searchkit.open(Path(place) / "index") as index:
        index.add({key: value for key, value in one.items() if value is not None} for one in records(name))
        judgments = read_judgments(folder / "qrels.tsv")
        return [score(run_topics(index, topics, ranking=ranking), judgments, topics) for ranking in rankings]


def chosen_topics(folder: Path) -> dict[str, str]:
    """The topics; where the collection names those that papers report, only they."""
    topics = read_topics(folder / "queries.tsv")
    named = folder / "queries.dev.ids"
    return {id: topics[id] for id in named.read_text("utf-8").split()} if named.is_file() else topics


def half_mean(scores: Scores, half: int) -> float:
    """The mean nDCG@10 of the measured topics with even places (0) or odd ones (1)."""
    values = list(scores.by_topic["nDCG@10"].values())[half::2]
    return sum(values) / len(values) if values else 0.0


def with_mean(values: list[float]) -> list[float]:
    """The values, and their mean."""
    return [*values, sum(values) / len(values)]


def print_rows(label: str, cells: Sequence[str | float]) -> None:
    """A line of the table."""
    print(f"{label:<14}" + "".join(f"{cell:>9}" if isinstance(cell, str) else f"{cell:>9.4f}" for cell in cells))


if __name__ == "__main__":
    sys.exit(main())
