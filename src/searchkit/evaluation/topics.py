"""Topics: queries with an id each."""

from __future__ import annotations

import os
import re

from searchkit.errors import EvaluationError
from searchkit.evaluation.lines import numbered_lines, whole_text

__all__ = ["FIELDS", "read_topics"]

FIELDS = ("title", "desc", "narr")
"""The parts of a topic of TREC that can be the query."""

_TOPIC = re.compile(r"<top>(.*?)(?:</top>|(?=<top>)|\Z)", re.DOTALL | re.IGNORECASE)
_PART = re.compile(r"<(num|title|desc|narr)\b[^>]*>", re.IGNORECASE)
_LABEL = re.compile(r"\s*(?:number|topic|description|narrative)\s*:", re.IGNORECASE)


def read_topics(path: str | os.PathLike[str], field: str = "title") -> dict[str, str]:
    """The topics in a file, id → query: `id⇥query` a line, or the format of TREC, `<top> <num> … <title> …`.

    field: which part of a topic of TREC is the query: "title", "desc" or "narr".
    Raises `EvaluationError` for what is neither, and where an id comes twice.
    """
    if field not in FIELDS:
        raise ValueError(f"field is one of {', '.join(FIELDS)}, not {field!r}")
    if "<top>" in whole_text(path)[:10_000].lower():
        return _of_trec(path, field)
    found: dict[str, str] = {}
    for number, line in numbered_lines(path):
        id, tab, query = line.partition("\t")
        if not tab:
            raise EvaluationError(path, "a topic is an id, a tab and a query", number)
        _add(found, path, id.strip(), query.strip(), number)
    return found


def _of_trec(path: str | os.PathLike[str], field: str) -> dict[str, str]:
    found: dict[str, str] = {}
    text = whole_text(path)
    for topic in _TOPIC.finditer(text):
        line = text.count("\n", 0, topic.start()) + 1
        parts = _parts(topic[1])
        if not parts.get("num"):
            raise EvaluationError(path, "a topic without a <num>", line)
        if field not in parts:
            raise EvaluationError(path, f"topic {parts['num']} has no <{field}>", line)
        _add(found, path, parts["num"], parts[field], line)
    return found


def _parts(topic: str) -> dict[str, str]:
    """Part → its text, without its label ("Number:", "Description:"), on one line."""
    marks = list(_PART.finditer(topic))
    ends = [mark.start() for mark in marks[1:]] + [len(topic)]
    parts = {}
    for mark, end in zip(marks, ends, strict=True):
        content = re.sub(r"</\w+>", " ", topic[mark.end() : end])
        parts[mark[1].lower()] = " ".join(_LABEL.sub("", content, count=1).split())
    return parts


def _add(found: dict[str, str], path: str | os.PathLike[str], id: str, query: str, line: int) -> None:
    if id in found:
        raise EvaluationError(path, f"topic {id!r} comes twice", line)
    found[id] = query
