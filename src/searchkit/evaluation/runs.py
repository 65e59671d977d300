"""Runs: what a search gave for each topic, in order; made by an index, or read from a file."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from searchkit.errors import EvaluationError
from searchkit.evaluation.lines import numbered_lines

if TYPE_CHECKING:
    from searchkit.engines.native.index import Index
    from searchkit.query.ranking import Ranking
    from searchkit.search.searcher import Match

__all__ = ["Run", "read_run", "run_topics", "write_run"]

Run = dict[str, list[tuple[str, float]]]
"""Topic → (document, score), the best first."""


def run_topics(
    index: Index,
    topics: Mapping[str, str],
    *,
    depth: int = 1000,
    match: Match = "any",
    ranking: Ranking | None = None,
) -> Run:
    """Searches an index for each topic.

    depth: documents kept a topic. ranking: other parameters than the schema's.
    match: as in `Index.search`; "any" ranks every document that has a word of the topic.
    """
    return {
        topic: [(hit.id, hit.score) for hit in index.search(query, limit=depth, match=match, ranking=ranking)]
        for topic, query in topics.items()
    }


def read_run(path: str | os.PathLike[str]) -> Run:
    """A run in the format of TREC, `topic Q0 document rank score tag` a line.

    The documents of a topic are taken in the order of their ranks. Raises `EvaluationError` with the line of anything
    else.
    """
    found: dict[str, list[tuple[int, str, float]]] = {}
    for number, line in numbered_lines(path):
        columns = line.split()
        if len(columns) != 6:
            raise EvaluationError(path, "a line of a run is: topic Q0 document rank score tag", number)
        topic, _, document, rank, score, _ = columns
        try:
            found.setdefault(topic, []).append((int(rank), document, float(score)))
        except ValueError:
            raise EvaluationError(path, f"{rank!r} {score!r} are no rank and score", number) from None
    return {
        topic: [(document, score) for _, document, score in sorted(entries, key=lambda entry: entry[0])]
        for topic, entries in found.items()
    }


def write_run(run: Run, path: str | os.PathLike[str], tag: str = "searchkit") -> None:
    """Writes a run in the format of TREC; blanks in ids, which the format cannot have, become `_`."""
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.writelines(_lines(run, tag))


def _lines(run: Run, tag: str) -> Iterable[str]:
    for topic, documents in run.items():
        for rank, (document, score) in enumerate(documents, 1):
            yield f"{topic} Q0 {'_'.join(document.split())} {rank} {score:.6f} {tag}\n"
