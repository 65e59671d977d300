"""`searchkit explain`: how a query is understood."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from searchkit.cli.failures import OK
from searchkit.cli.location import locate
from searchkit.cli.notes import suggested
from searchkit.cli.opening import opened_or_built
from searchkit.cli.options import CommandParser
from searchkit.cli.terminal import Paint, columns, one_line, paint_for
from searchkit.cli.words import shielded, word

if TYPE_CHECKING:
    from searchkit.query.problems import Problem
    from searchkit.search.understanding import QueryPart, QueryWord, UnderstoodQuery

__all__ = ["parser", "run"]

_KINDS = {
    "bag": "all of these, or as many as possible",
    "and": "all of these",
    "or": "any of these",
    "alternatives": "the first, or what means the same",
    "not": "without",
}
_OCCURS = {"required": "must be there", "prohibited": "must not be there"}
_AROUND = 30
"""Columns of a query that are shown before a place in it."""


def parser() -> CommandParser:
    """The parser of the command."""
    command = CommandParser(
        "explain",
        "TEXT… [options]",
        "Print how a query is understood, word by word; `query --explain` explains scores.",
    )
    command.add_argument(
        "text", metavar="TEXT", nargs="+", type=word, help="the query; several arguments are joined by spaces"
    )
    command.add_json("all of it")
    command.add_argument("--no-color", action="store_true", help="no colours, even on a terminal")
    return command


def run(arguments: list[str]) -> int:
    """Run the command; returns the exit code."""
    options = parser().parse_intermixed_args(shielded(arguments))
    location = locate(options.index)
    with opened_or_built(location) as index:
        found = index.understand(" ".join(options.text))
    if options.json:
        from searchkit.cli.output import JSON_VERSION, json_text

        print(json_text({"version": JSON_VERSION, **found.to_dict()}, indent=2))
    else:
        _print(found, paint_for(sys.stdout, no_color=options.no_color))
    return OK


def _print(found: UnderstoodQuery, paint: Paint) -> None:
    print(f"understood as: {paint.title(one_line(found.text))}")
    print(f"meaning: {one_line(found.interpretation)}")
    for line in _lines(found.tree, "", paint):
        print(line)
    for problem in found.problems:
        print()
        for line in _pointed(found.query, problem):
            print(line)
        hint = suggested(problem)
        print(f"{one_line(problem.message)}{one_line(hint) and hint}")


def _lines(part: QueryPart, indent: str, paint: Paint) -> Iterator[str]:
    facts = [_KINDS.get(part.kind, part.kind)] if part.kind in _KINDS else [f"{one_line(part.text)}: {part.kind}"]
    if part.documents is not None:
        facts.append(_articles(part.documents))
    if part.occur in _OCCURS:
        facts.append(_OCCURS[part.occur])
    if part.boost != 1.0:
        facts.append(f"weight {part.boost:g}")
    yield indent + ", ".join(facts)
    for query_word in part.words:
        yield f"{indent}  {paint.faint(_word(query_word))}"
    if part.interval:
        yield f"{indent}  {paint.faint(one_line(part.interval))}"
    for child in part.parts:
        yield from _lines(child, indent + "  ", paint)


def _word(found: QueryWord) -> str:
    where = f"in {', '.join(found.fields)}"
    if found.expansion or not found.term:
        terms = [f"{one_line(one.term)} ({one.documents:,})" for one in found.expansion]
        rest = ["…"] if found.total > len(terms) else []
        few = f", {found.searched:,} of them searched" if found.searched < found.total else ""
        listed = f": {', '.join(terms + rest)}" if terms else ""
        return (
            f"{one_line(found.typed)}, {found.total:,} {'term' if found.total == 1 else 'terms'} {where}{few}{listed}"
        )
    stop = ", a stop word" if found.stop_word else ""
    return f"{one_line(found.typed)} → {one_line(found.term)} {where}: {_articles(found.documents)}{stop}"


def _articles(count: int) -> str:
    return f"{count:,} article{'' if count == 1 else 's'}"


def _pointed(query: str, problem: Problem) -> Iterator[str]:
    """The query with carets under the place of a problem."""
    line = "".join(sign if sign.isprintable() else " " for sign in query)
    first = max(0, problem.start - _AROUND)
    last = min(len(line), max(problem.end, problem.start + 1) + _AROUND)
    before, after = "…" * (first > 0), "…" * (last < len(line))
    yield before + line[first:last] + after
    carets = "^" * max(1, columns(line[problem.start : problem.end]))
    yield " " * columns(before + line[first : problem.start]) + carets
