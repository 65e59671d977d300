"""`searchkit complete`: what is being typed, completed."""

from __future__ import annotations

from searchkit.cli.bounds import bounds_of
from searchkit.cli.failures import NONE, OK
from searchkit.cli.location import locate
from searchkit.cli.options import CommandParser, number_from, valid_text
from searchkit.cli.terminal import one_line
from searchkit.limits import DEFAULT_LIMITS

__all__ = ["parser", "run"]


def parser() -> CommandParser:
    """The parser of the command."""
    command = CommandParser(
        "complete", "TEXT [options]", "Print a query with its last word completed, the likeliest first.", several=True
    )
    command.add_argument("text", metavar="TEXT", type=valid_text, help="a query in the middle of its last word")
    page = number_from(0, DEFAULT_LIMITS.page)
    command.add_argument("-n", "--limit", metavar="N", type=page, default=10, help="print N of them (default: 10)")
    command.add_argument("--since", metavar="DATE", type=valid_text, help="only what articles from a date on have")
    command.add_argument("--until", metavar="DATE", type=valid_text, help="only what articles up to a date have")
    command.add_json("them, and how many articles have each")
    return command


def run(arguments: list[str]) -> int:
    """Run the command; returns the exit code."""
    options = parser().parse_args(arguments)
    location = locate(options.index)
    import searchkit

    with searchkit.open(location.target, mode="r") as index:
        found = index.complete(options.text, limit=options.limit, **bounds_of(options, index.schema))
    if options.json:
        from searchkit.cli.output import JSON_VERSION, json_text

        completions = [{"text": one.text, "word": one.word, "count": one.count} for one in found]
        print(json_text({"version": JSON_VERSION, "completions": completions}, indent=2))
    else:
        for one in found:
            print(one_line(one.text))
    return OK if found else NONE
