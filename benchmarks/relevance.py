"""How good rankings are on the judged collections: nDCG@10 of the default settings, in whole and by halves of the
queries.

    python benchmarks/relevance.py
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import searchkit
from corpora import MissingCorpusError, corpora_folder, records
from searchkit.evaluation import MEASURES, Scores, read_judgments, read_topics, run_topics, score

NAMES = ("cran", "cisi", "med", "npl", "time", "cacm", "scifact")


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the tables."""
    form = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    form.add_argument("collections", metavar="NAME", nargs="*", default=NAMES, help=f"of {', '.join(NAMES)}")
    options = form.parse_args(arguments)
    try:
        found = {name: measured(name) for name in options.collections}
    except MissingCorpusError as error:
        print(error, file=sys.stderr)
        return 1
    print_rows("collection", [*found, "mean"])
    for measure in MEASURES:
        print_rows(measure, with_mean([scores.mean(measure) for scores in found.values()]))
    for half, label in ((0, "even"), (1, "odd")):
        print_rows(f"nDCG@10, {label}", with_mean([half_mean(scores, half) for scores in found.values()]))
    return 0


def measured(name: str) -> Scores:
    """The scores of a collection, indexed for the occasion with the default schema."""
    folder = corpora_folder() / name
    topics = chosen_topics(folder)
    with tempfile.TemporaryDirectory() as place, searchkit.open(Path(place) / "index") as index:
        index.add({key: value for key, value in one.items() if value is not None} for one in records(name))
        return score(run_topics(index, topics), read_judgments(folder / "qrels.tsv"), topics)


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
