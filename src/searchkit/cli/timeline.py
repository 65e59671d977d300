"""`searchkit timeline`: show when what a query finds was dated, a bar a month."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from searchkit.cli.bounds import bounds_of
from searchkit.cli.failures import NONE, OK
from searchkit.cli.location import locate
from searchkit.cli.notes import tell_notes
from searchkit.cli.opening import opened_or_built
from searchkit.cli.options import CommandParser
from searchkit.cli.words import shielded, word

if TYPE_CHECKING:
    from searchkit.results.results import Results
    from searchkit.search.facets import Facet

__all__ = ["parser", "run"]

_EIGHTHS = " ▏▎▍▌▋▊▉"


def parser() -> CommandParser:
    """The parser of the command."""
    command = CommandParser(
        "timeline",
        "[TEXT…] [options]",
        "Show when the articles that a query finds were dated: a bar a month.",
        several=True,
    )
    command.add_argument(
        "text", metavar="TEXT", nargs="*", type=word, help="the query, as for `query` (default: all articles)"
    )
    command.add_argument(
        "--unit",
        metavar="UNIT",
        type=word,
        choices=["hour", "day", "week", "month", "quarter", "year"],
        default="month",
        help="hour, day, week, month, quarter or year (default: month)",
    )
    command.add_argument("--field", metavar="NAME", type=word, help="another date field than the primary one")
    command.add_argument("--since", metavar="DATE", type=word, help="only articles from a date on")
    command.add_argument("--until", metavar="DATE", type=word, help="only articles up to a date, inclusive")
    command.add_argument("--any", action="store_true", help="any of the words will do, not only all of them")
    command.add_json("the counts")
    return command


def run(arguments: list[str]) -> int:
    """Run the command; returns the exit code."""
    options = parser().parse_intermixed_args(shielded(arguments))
    text = " ".join(options.text) or "*"
    with opened_or_built(locate(options.index)) as index:
        from searchkit.search.facets import DateFacet

        results = index.search(
            text,
            limit=0,
            match="any" if options.any else None,
            **bounds_of(options, index.schema),
            facets={"timeline": DateFacet(options.field, unit=options.unit, empty=True)},
        )
        tell_notes(results)
        if options.json:
            _print_json(text, results, options.unit)
        else:
            _print_bars(results)
    return OK if results.total else NONE


def _print_bars(results: Results) -> None:
    from searchkit.cli.terminal import one_line, width_of

    facet = results.facets["timeline"]
    most = max((bucket.count for bucket in facet), default=0)
    labels = max((len(bucket.value) for bucket in facet), default=0)
    digits = len(f"{most:,}")
    room = width_of(sys.stdout) - labels - digits - 4
    for bucket in facet:
        bar = _bar(bucket.count, most, room)
        print(f"{bucket.value:<{labels}}  {bucket.count:>{digits},}{'  ' if bar else ''}{bar}")
    note = f" ({facet.missing:,} without a date)" if facet.missing else ""
    count = f"{results.total:,} article{'' if results.total == 1 else 's'}"
    print(f"{count}{note}: {one_line(results.interpretation)}")


def _bar(count: int, most: int, room: int) -> str:
    """A bar of at most `room` columns, as long as its share of the longest, in eighths of a column."""
    if not count:
        return ""
    if (getattr(sys.stdout, "encoding", None) or "").lower().replace("-", "") != "utf8":
        return "#" * max(1, count * room // most)
    full, rest = divmod(max(1, count * room * 8 // most), 8)
    return ("█" * full + _EIGHTHS[rest]).rstrip()


def _print_json(text: str, results: Results, unit: str) -> None:
    from searchkit.cli.counts import bucket_json, heading
    from searchkit.cli.output import json_text

    facet: Facet = results.facets["timeline"]
    counted = {
        "field": facet.field,
        "unit": unit,
        "buckets": [bucket_json(bucket) for bucket in facet],
        "missing": facet.missing,
    }
    print(json_text({**heading(text, results), **counted}, indent=2))
