"""`searchkit suggest`: what a query with misspelt words was meant to be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from searchkit.cli.bounds import bounds_of
from searchkit.cli.failures import NONE, OK
from searchkit.cli.location import locate
from searchkit.cli.options import CommandParser, number_from, valid_text
from searchkit.cli.terminal import one_line
from searchkit.limits import DEFAULT_LIMITS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from searchkit.suggestions import Suggestion

__all__ = ["as_json", "parser", "run"]


def parser() -> CommandParser:
    """The parser of the command."""
    command = CommandParser(
        "suggest", "TEXT [options]", "Print what a query with misspelt words was meant to be.", several=True
    )
    command.add_argument("text", metavar="TEXT", type=valid_text, help="the query")
    page = number_from(0, DEFAULT_LIMITS.page)
    command.add_argument("-n", "--limit", metavar="N", type=page, default=5, help="print N of them (default: 5)")
    command.add_argument("--since", metavar="DATE", type=valid_text, help="only what finds articles from a date on")
    command.add_argument("--until", metavar="DATE", type=valid_text, help="only what finds articles up to a date")
    command.add_json("them, and how many articles each finds")
    return command


def run(arguments: list[str]) -> int:
    """Run the command; returns the exit code."""
    options = parser().parse_args(arguments)
    location = locate(options.index)
    import searchkit

    with searchkit.open(location.target, mode="r") as index:
        found = index.suggest(options.text, limit=options.limit, **bounds_of(options, index.schema))
    if options.json:
        from searchkit.cli.output import JSON_VERSION, json_text

        print(json_text({"version": JSON_VERSION, "suggestions": as_json(found)}, indent=2))
    else:
        for one in found:
            print(one_line(one.text))
    return OK if found else NONE


def as_json(suggestions: Iterable[Suggestion]) -> list[dict[str, Any]]:
    """Values for JSON."""
    return [{"text": one.text, "count": one.count, "changes": one.changes} for one in suggestions]
