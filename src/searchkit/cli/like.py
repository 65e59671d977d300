"""`searchkit like`: articles like one."""

from __future__ import annotations

import sys

from searchkit.cli.bounds import bounds_of
from searchkit.cli.failures import NONE, OK, say
from searchkit.cli.location import locate
from searchkit.cli.options import CommandParser, number_from, valid_text
from searchkit.limits import DEFAULT_LIMITS

__all__ = ["parser", "run"]


def parser() -> CommandParser:
    """The parser of the command."""
    command = CommandParser("like", "ID [options]", "Print the articles that are most like one.", several=True)
    command.add_argument("id", metavar="ID", type=valid_text, help="of the article, as `query` prints it")
    page = number_from(0, DEFAULT_LIMITS.page)
    command.add_argument("-n", "--limit", metavar="N", type=page, default=10, help="print N articles (default: 10)")
    command.add_argument("--since", metavar="DATE", type=valid_text, help="only articles from a date on")
    command.add_argument("--until", metavar="DATE", type=valid_text, help="only articles up to a date, inclusive")
    form = command.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print them as JSON, in the form of `query`")
    form.add_argument("--ids", action="store_true", help="print only ids, one a line")
    command.add_argument("--no-color", action="store_true", help="no colours, even on a terminal")
    return command


def run(arguments: list[str]) -> int:
    """Run the command; returns the exit code."""
    options = parser().parse_args(arguments)
    location = locate(options.index)
    import searchkit
    from searchkit.cli.output import Answer, print_ids, print_json, print_list
    from searchkit.cli.terminal import paint_for

    with searchkit.open(location.target, mode="r") as index:
        try:
            results = index.like(options.id, limit=options.limit, **bounds_of(options, index.schema))
        except searchkit.DocumentNotFound:
            say(f"there is no article {options.id!r}")
            return NONE
        answer = Answer(options.id, results, index.schema, options.limit, 0, several=len(options.index or ()) > 1)
        if options.json:
            print_json(answer)
        elif options.ids:
            print_ids(answer)
        else:
            print_list(answer, paint_for(sys.stdout, no_color=options.no_color))
    return OK if results else NONE
