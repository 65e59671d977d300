"""`searchkit query`: search."""

from __future__ import annotations

import sys
from argparse import Namespace
from typing import TYPE_CHECKING

from searchkit.cli.failures import NONE, OK, say
from searchkit.cli.location import Location, locate, opened
from searchkit.cli.options import CommandParser, number_from, valid_text
from searchkit.limits import DEFAULT_LIMITS

if TYPE_CHECKING:
    from searchkit.cli.output import Answer
    from searchkit.engines.native.index import Index

__all__ = ["parser", "run"]

# Stands in for the hyphen of what is a word to exclude, not an option; no argument of a process can hold it.
_HYPHEN = "\0"


def parser() -> CommandParser:
    """The parser of the command."""
    command = CommandParser("query", "TEXT… [options]", "Print the articles that answer a query best.")
    command.add_argument(
        "text",
        metavar="TEXT",
        nargs="+",
        type=_word,
        help='the query; several arguments are joined by spaces: embassy "hostage crisis" needs outer quotes',
    )
    page = number_from(0, DEFAULT_LIMITS.page, _word)
    command.add_argument("-n", "--limit", metavar="N", type=page, default=10, help="print N articles (default: 10)")
    command.add_argument("--offset", metavar="N", type=page, default=0, help="leave out the first N")
    command.add_argument(
        "--since", metavar="DATE", type=_word, help="only articles from a date on: 2019, 2019-11, 7d, …"
    )
    command.add_argument("--until", metavar="DATE", type=_word, help="only articles up to a date, inclusive")
    command.add_argument(
        "--sort",
        metavar="ORDER",
        type=_word,
        choices=["score", "date", "-date"],
        default="score",
        help="score, date (oldest first) or -date (newest first) (default: score)",
    )
    command.add_argument("--any", action="store_true", help="any of the words will do, not only all of them")
    form = command.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print the answer as JSON")
    form.add_argument("--jsonl", action="store_true", help="print a JSON object a line, one an article")
    form.add_argument("--ids", action="store_true", help="print only ids, one a line")
    command.add_argument("--no-color", action="store_true", help="no colours, even on a terminal")
    return command


def run(arguments: list[str]) -> int:
    """Run the command; returns the exit code."""
    options = parser().parse_intermixed_args(_shielded(arguments))
    location = locate(options.index)
    with _opened(location) as index:
        answer = _search(index, " ".join(options.text), options)
        for problem in answer.results.problems:
            hint = f" (try: {problem.suggestion})" if problem.suggestion else ""
            say(f"{problem.message}{hint}")
        if answer.results.partial:
            say("no article has all of it; showing the closest")
        _print(answer, options)
    found = len(answer.results) or (options.limit == 0 and answer.results.total)
    return OK if found else NONE


def _shielded(arguments: list[str]) -> list[str]:
    """Hides hyphens from argparse: those of excluded words (-film), of values (--sort -date), and all after --."""
    end = arguments.index("--") if "--" in arguments else len(arguments)
    hidden = [_HYPHEN + one[1:] if _is_excluded(one) else one for one in arguments[:end]]
    return hidden + [_HYPHEN + one[1:] if one.startswith("-") else one for one in arguments[end + 1 :]]


def _is_excluded(argument: str) -> bool:
    is_long = len(argument) > 2 and argument[0] == "-" != argument[1]
    return is_long and not (argument[1] == "n" and argument[2:].isdigit())


def _word(argument: str) -> str:
    return valid_text("-" + argument[1:] if argument.startswith(_HYPHEN) else argument)


def _opened(location: Location) -> Index:
    """The index; built first where it is the project's and nobody has built it yet."""
    from searchkit.errors import IndexNotFound

    try:
        index = opened(location, mode="r")
    except IndexNotFound:
        if location.settings is None:
            raise
    else:
        # A project's index may have been created, but its first build interrupted, or be under way.
        if location.settings is None or len(index) or _was_built(index):
            return index
        index.close()
    return _built(location)


def _was_built(index: Index) -> bool:
    from searchkit.engines.sources import ATTACHMENT

    return index.attachment(ATTACHMENT) is not None


def _built(location: Location) -> Index:
    import searchkit
    from searchkit.cli.follow import follow, in_words, tell_rejected

    settings = location.settings
    assert settings is not None
    say(f"there is no index yet: building {location.path} from the sources in {settings.path}")
    with searchkit.open(location.path, schema=settings.schema) as index:
        report = follow(index, settings.sources, settings)
    tell_rejected(report)
    say(in_words(report))
    return opened(location, mode="r")


def _search(index: Index, text: str, options: Namespace) -> Answer:
    from searchkit.cli.output import Answer

    results = index.search(
        text,
        limit=options.limit,
        offset=options.offset,
        match="any" if options.any else None,
        sort=None if options.sort == "score" else options.sort,
        since=options.since,
        until=options.until,
    )
    return Answer(text, results, index.schema, options.limit, options.offset)


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
