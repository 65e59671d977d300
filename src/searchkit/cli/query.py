"""`searchkit query`: search."""

from __future__ import annotations

import sys
from argparse import ArgumentTypeError, Namespace
from typing import TYPE_CHECKING

from searchkit.cli.bounds import bounds_of
from searchkit.cli.failures import NONE, OK, say
from searchkit.cli.location import locate
from searchkit.cli.notes import tell_notes
from searchkit.cli.opening import opened_or_built
from searchkit.cli.options import CommandParser, number_from, seconds
from searchkit.cli.selecting import add_selection, selection_of
from searchkit.cli.words import shielded, word
from searchkit.limits import DEFAULT_LIMITS

if TYPE_CHECKING:
    from searchkit.cli.output import Answer
    from searchkit.engines.native.index import Index

__all__ = ["parser", "run"]


def parser() -> CommandParser:
    """The parser of the command."""
    command = CommandParser("query", "TEXT… [options]", "Print the articles that answer a query best.", several=True)
    command.add_argument(
        "text",
        metavar="TEXT",
        nargs="+",
        type=word,
        help='the query; several arguments are joined by spaces: embassy "hostage crisis" needs outer quotes',
    )
    page = number_from(0, DEFAULT_LIMITS.page, word)
    command.add_argument("-n", "--limit", metavar="N", type=page, default=10, help="print N articles (default: 10)")
    command.add_argument("--offset", metavar="N", type=page, default=0, help="leave out the first N")
    command.add_argument(
        "--since", metavar="DATE", type=word, help="only articles from a date on: 2019, 2019-11, 7d, …"
    )
    command.add_argument("--until", metavar="DATE", type=word, help="only articles up to a date, inclusive")
    add_selection(command)
    command.add_argument(
        "--sort",
        metavar="KEYS",
        type=word,
        default="-score",
        help="fields, joined by commas, - before one for descending: -date,source (default: -score, the best first)",
    )
    command.add_argument("--after", metavar="TOKEN", type=word, help="go on after a page: its `next_page` (see --json)")
    command.add_argument(
        "--collapse", metavar="FIELD", type=word, help="only the best article of each value of a field"
    )
    command.add_argument(
        "--recency",
        metavar="AGE",
        type=_half_life,
        help="new articles before old ones: the age that takes a quarter of the score (90d, 2y)",
    )
    command.add_argument("--any", action="store_true", help="any of the words will do, not only all of them")
    command.add_argument("--timeout", metavar="SECONDS", type=seconds, help="how long the search may take")
    command.add_argument("--explain", action="store_true", help="show where each score comes from")
    form = command.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print the answer as JSON")
    form.add_argument("--jsonl", action="store_true", help="print a JSON object a line, one an article")
    form.add_argument("--ids", action="store_true", help="print only ids, one a line")
    command.add_argument("--no-color", action="store_true", help="no colours, even on a terminal")
    return command


def run(arguments: list[str]) -> int:
    """Run the command; returns the exit code."""
    options = parser().parse_intermixed_args(shielded(arguments))
    location = locate(options.index)
    with opened_or_built(location) as index:
        answer = _search(index, " ".join(options.text), options, several=len(options.index or ()) > 1)
        tell_notes(answer.results)
        _print(answer, options)
        if not len(index):
            say(f"{index.path}: the index has no articles")
    found = len(answer.results) or (options.limit == 0 and answer.results.total)
    return OK if found else NONE


def _half_life(text: str) -> str:
    """The type of an age at which half of what age can take is gone."""
    from searchkit.query.factors import Recency

    try:
        Recency(text)
    except ValueError as error:
        raise ArgumentTypeError(str(error)) from None
    return text


def _search(index: Index, text: str, options: Namespace, *, several: bool) -> Answer:
    from searchkit.cli.output import Answer

    results = index.search(
        text,
        limit=options.limit,
        offset=options.offset,
        match="any" if options.any else None,
        sort=None if options.sort == "-score" else options.sort.split(","),
        after=options.after,
        collapse=options.collapse,
        **bounds_of(options, index.schema),
        recency=options.recency,
        timeout=options.timeout,
        selected=selection_of(options.select, index.schema) if options.select else None,
    )
    shown = {"explain": options.explain, "several": several}
    return Answer(text, results, index.schema, options.limit, options.offset, **shown)


def _print(answer: Answer, options: Namespace) -> None:
    from searchkit.cli.output import print_ids, print_json, print_json_lines, print_list
    from searchkit.cli.terminal import paint_for

    if options.json:
        print_json(answer)
    elif options.jsonl:
        print_json_lines(answer)
    elif options.ids:
        print_ids(answer)
    else:
        print_list(answer, paint_for(sys.stdout, no_color=options.no_color))
