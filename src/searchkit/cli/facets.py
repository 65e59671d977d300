"""`searchkit facets`: count what a query finds, by the values of fields."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from searchkit.cli.bounds import bounds_of
from searchkit.cli.failures import NONE, OK
from searchkit.cli.location import locate
from searchkit.cli.notes import tell_notes
from searchkit.cli.opening import opened_or_built
from searchkit.cli.options import CommandParser, number_from
from searchkit.cli.selecting import add_selection, numbers, selection_of
from searchkit.cli.words import shielded, word

if TYPE_CHECKING:
    from searchkit.schema import Schema
    from searchkit.search.facets.requests import FacetRequest

__all__ = ["parser", "run"]


def parser() -> CommandParser:
    """The parser of the command."""
    command = CommandParser(
        "facets",
        "FIELD… [TEXT…] [options]",
        "Count the articles that a query finds, by the values of fields.",
        several=True,
    )
    command.add_argument(
        "words",
        metavar="FIELD… TEXT…",
        nargs="+",
        type=word,
        help="the fields: source, or date:year (also hour, day, week, month, quarter), or price:10,100 for numbers "
        "below, between and above; the first word that is none begins the query (default: all articles)",
    )
    command.add_argument(
        "-n", "--top", metavar="N", type=number_from(1, 1_000_000, word), default=10, help="list N values (default: 10)"
    )
    command.add_argument(
        "--order",
        metavar="ORDER",
        type=word,
        choices=["count", "value"],
        default="count",
        help="by count or by value (default: count)",
    )
    add_selection(command, "; the field's own counts stay")
    command.add_argument("--since", metavar="DATE", type=word, help="only articles from a date on")
    command.add_argument("--until", metavar="DATE", type=word, help="only articles up to a date, inclusive")
    command.add_argument("--any", action="store_true", help="any of the words will do, not only all of them")
    command.add_json("the counts")
    return command


def run(arguments: list[str]) -> int:
    """Run the command; returns the exit code."""
    options = parser().parse_intermixed_args(shielded(arguments))
    with opened_or_built(locate(options.index)) as index:
        requests, text = _asked(options, index.schema)
        results = index.search(
            text,
            limit=0,
            match="any" if options.any else None,
            **bounds_of(options, index.schema),
            facets=requests,
            selected=selection_of(options.select, index.schema),
        )
        tell_notes(results)
        from searchkit.cli.counts import print_counts, print_facets_json

        if options.json:
            print_facets_json(text, results)
        else:
            print_counts(results)
    return OK if results.total else NONE


def _asked(options: Namespace, schema: Schema) -> tuple[dict[str, FacetRequest], str]:
    """The facets by name, and the text of the query."""
    from searchkit.errors import QueryError

    requests: dict[str, FacetRequest] = {}
    words = list(options.words)
    while words:
        request = _request(words[0], schema, options)
        if request is None:
            break
        requests[words.pop(0)] = request
    if not requests:
        raise QueryError(f"{words[0]!r} is no field to count by; name one of {', '.join(_countable(schema))}")
    return requests, " ".join(words) or "*"


def _countable(schema: Schema) -> list[str]:
    from searchkit.schema import Stored, Text

    return [name for name, kind in schema.fields.items() if not isinstance(kind, Text | Stored)]


def _request(given: str, schema: Schema, options: Namespace) -> FacetRequest | None:
    """What an argument asks to count by, or None where it belongs to the query."""
    from searchkit.schema import Bool, Date, Keyword, Number
    from searchkit.search.facets.requests import UNITS, DateFacet, RangeFacet, TermFacet

    name, _, detail = given.partition(":")
    kind = schema.fields.get(name)
    if isinstance(kind, Keyword | Bool) and not detail:
        return TermFacet(name, top=options.top, order=options.order)
    if isinstance(kind, Date) and (detail or "month") in UNITS:
        return DateFacet(name, unit=detail or "month")  # type: ignore[arg-type]
    cuts = numbers(detail) if isinstance(kind, Number) else None
    return None if cuts is None else RangeFacet(name, cuts)
