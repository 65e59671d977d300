"""`searchkit delete`: delete articles."""

from __future__ import annotations

from searchkit.cli.failures import NONE, OK, say
from searchkit.cli.location import locate, opened
from searchkit.cli.options import CommandParser, valid_text

__all__ = ["parser", "run"]


def parser() -> CommandParser:
    """The parser of the command."""
    command = CommandParser(
        "delete",
        "ID… [options]",
        "Delete articles from the index, in one commit. Their files stay; an article comes back when its file changes.",
    )
    command.add_argument("ids", metavar="ID", nargs="+", type=valid_text, help="as `query` prints it")
    command.add_timeout()
    return command


def run(arguments: list[str]) -> int:
    """Run the command; returns the exit code."""
    options = parser().parse_intermixed_args(arguments)
    location = locate(options.index)
    # Opened for reading first: deleting creates no index.
    opened(location, mode="r").close()
    with opened(location, timeout=options.timeout) as index, index.writer() as writer:
        deleted = [id for id in dict.fromkeys(options.ids) if _deleted(id, writer.delete(id))]
    say(f"{len(deleted):,} deleted")
    return OK if deleted else NONE


def _deleted(id: str, found: bool) -> bool:
    if not found:
        say(f"there is no article {id!r}")
    return found
