"""`searchkit delete`: delete articles."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from searchkit.cli.failures import NONE, OK, say
from searchkit.cli.location import locate, opened
from searchkit.cli.options import CommandParser, valid_text

if TYPE_CHECKING:
    from searchkit.engines.native.index import Index

__all__ = ["parser", "run"]


def parser() -> CommandParser:
    """The parser of the command."""
    command = CommandParser(
        "delete",
        "[ID…] [--where QUERY] [options]",
        "Delete articles from the index, in one commit. Their files stay; an article comes back when its file changes.",
    )
    command.add_argument("ids", metavar="ID", nargs="*", type=valid_text, help="as `query` prints it")
    command.add_argument(
        "--where",
        metavar="QUERY",
        type=valid_text,
        help="delete all that has everything a query asks for; with a mistake in it, nothing is deleted",
    )
    command.add_argument("--dry-run", action="store_true", help="only tell how many articles would be deleted")
    command.add_timeout()
    return command


def run(arguments: list[str]) -> int:
    """Run the command; returns the exit code."""
    options = parser().parse_intermixed_args(arguments)
    if (options.where is None) == (not options.ids):
        parser().error("name articles by their ids, or say --where")
    location = locate(options.index)
    # Opened for reading first: deleting creates no index.
    with opened(location, mode="r") as index:
        if options.dry_run:
            return _told(_counted(index, options), "would be deleted")
    with opened(location, timeout=options.timeout) as index:
        return _told(_delete(index, options), "deleted")


def _told(count: int, what: str) -> int:
    say(f"{count:,} {what}")
    return OK if count else NONE


def _counted(index: Index, options: Namespace) -> int:
    if options.where is not None:
        return index.delete_where(options.where, dry_run=True)
    return sum(_known(id, id in index) for id in dict.fromkeys(options.ids))


def _delete(index: Index, options: Namespace) -> int:
    if options.where is not None:
        return index.delete_where(options.where)
    with index.writer() as writer:
        return sum(_known(id, writer.delete(id)) for id in dict.fromkeys(options.ids))


def _known(id: str, found: bool) -> bool:
    if not found:
        say(f"there is no article {id!r}")
    return found
