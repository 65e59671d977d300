"""`searchkit export`: write articles as JSON Lines."""

from __future__ import annotations

import sys

from searchkit.cli.bounds import bounds_of
from searchkit.cli.failures import NONE, OK, say
from searchkit.cli.location import locate
from searchkit.cli.opening import opened_or_built
from searchkit.cli.options import CommandParser
from searchkit.cli.selecting import add_selection, selection_of
from searchkit.cli.words import shielded, word

__all__ = ["parser", "run"]


def parser() -> CommandParser:
    """The parser of the command."""
    command = CommandParser(
        "export",
        "[TEXT…] [options]",
        "Write articles with all their fields as JSON Lines, which `index` reads back.",
        several=True,
    )
    command.add_argument(
        "text", metavar="TEXT", nargs="*", type=word, help="the query, as for `query` (default: all articles)"
    )
    command.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        type=word,
        help="write a file: articles.jsonl, or compressed: articles.jsonl.gz, .xz, .zst (default: standard output)",
    )
    command.add_argument("--since", metavar="DATE", type=word, help="only articles from a date on")
    command.add_argument("--until", metavar="DATE", type=word, help="only articles up to a date, inclusive")
    add_selection(command)
    command.add_argument("--any", action="store_true", help="any of the words will do, not only all of them")
    return command


def run(arguments: list[str]) -> int:
    """Run the command; returns the exit code."""
    options = parser().parse_intermixed_args(shielded(arguments))
    with opened_or_built(locate(options.index)) as index:
        count = index.export(
            sys.stdout if options.output is None else options.output,
            " ".join(options.text) if options.text else None,
            match="any" if options.any else "all",
            **bounds_of(options, index.schema),
            selected=selection_of(options.select, index.schema),
        )
    say(f"{count:,} exported")
    return OK if count else NONE
