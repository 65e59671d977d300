"""`searchkit show`: print an article."""

from __future__ import annotations

from searchkit.cli.failures import NONE, OK, say
from searchkit.cli.location import locate, opened
from searchkit.cli.options import CommandParser, valid_text

__all__ = ["parser", "run"]


def parser() -> CommandParser:
    """The parser of the command."""
    command = CommandParser("show", "ID [options]", "Print a whole article, in the article format.", several=True)
    command.add_argument("id", metavar="ID", type=valid_text, help="as `query` prints it")
    command.add_json("the article's fields")
    return command


def run(arguments: list[str]) -> int:
    """Run the command; returns the exit code."""
    options = parser().parse_args(arguments)
    location = locate(options.index)
    with opened(location, mode="r") as index:
        fields, schema = index.get(options.id), index.schema
    if fields is None:
        say(f"there is no article {options.id!r}")
        return NONE
    if options.json:
        from searchkit.cli.output import JSON_VERSION, json_text

        of_it = {name: value for name, value in fields.items() if name != schema.key}
        print(json_text({"version": JSON_VERSION, "id": options.id, "fields": of_it}, indent=2))
    else:
        from searchkit.cli.article_text import article_text

        print(article_text(fields, schema), end="")
    return OK
