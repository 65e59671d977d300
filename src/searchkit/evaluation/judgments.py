"""Judgments ("qrels"): which documents are relevant to which topic, and how much."""

from __future__ import annotations

import os

from searchkit.errors import EvaluationError
from searchkit.evaluation.lines import numbered_lines

__all__ = ["Judgments", "read_judgments"]

Judgments = dict[str, dict[str, int]]
"""Topic → document → grade: 0 or less for what is not relevant, the greater the better."""


def read_judgments(path: str | os.PathLike[str]) -> Judgments:
    """The judgments in a file, a line each: `topic iteration document grade` with any blanks between them (TREC), or
    `topic⇥document⇥grade` (tab-separated; a first line whose grade is no number is a header).

    Raises `EvaluationError` with the line of what is neither.
    """
    found: Judgments = {}
    for number, line in numbered_lines(path):
        columns = line.split("\t") if line.count("\t") == 2 else line.split()
        if len(columns) not in (3, 4):
            raise EvaluationError(path, "a judgment has a topic, a document and a grade", number)
        grade = _grade(columns[-1])
        if grade is None:
            if number == 1:
                continue
            raise EvaluationError(path, f"{columns[-1]!r} is no grade: a whole number is needed", number)
        found.setdefault(columns[0].strip(), {})[columns[-2].strip()] = grade
    return found


def _grade(text: str) -> int | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return int(value) if value == value // 1 else None
