"""`searchkit index`: add and update articles from files."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from searchkit.cli.failures import NONE, OK
from searchkit.cli.location import locate, opened_to_write, settings_here
from searchkit.cli.options import CommandParser, number_from
from searchkit.errors import SearchkitError

if TYPE_CHECKING:
    from searchkit.config import Settings
    from searchkit.engines.sources import SourceReport

__all__ = ["parser", "run"]


class NothingToIndex(SearchkitError):
    """No files are named."""


def parser() -> CommandParser:
    """The parser of the command."""
    command = CommandParser(
        "index",
        "[PATH…] [options]",
        "Add articles from files, update those that have changed, and delete those whose files are gone.\n"
        "Files that have not changed since the last time are not read again.",
    )
    command.add_argument(
        "paths",
        metavar="PATH",
        nargs="*",
        help="a file, folder or glob, or - for standard input; else the sources of the nearest searchkit.yaml",
    )
    command.add_argument("--rebuild", action="store_true", help="read all the files again, changed or not")
    command.add_argument(
        "--exclude", metavar="PATTERN", action="append", default=[], help="pass over files and folders of such names"
    )
    command.add_argument("--encoding", metavar="NAME", help="the files' encoding (default: UTF-8)")
    command.add_argument(
        "--workers",
        metavar="N",
        type=number_from(1, 256),
        help="how many threads index (default: one a processor, four at most)",
    )
    command.add_timeout()
    command.add_json("the report")
    return command


def run(arguments: list[str]) -> int:
    """Run the command; returns the exit code."""
    options = parser().parse_intermixed_args(arguments)
    settings = settings_here()
    path = locate(options.index).path
    sources = options.paths or (settings.sources if settings is not None else ())
    if not sources:
        raise NothingToIndex("nothing to index: name files or folders, or list sources in a searchkit.yaml")
    report = _update(path, sources, settings, options)
    if options.json:
        _print_json(report)
    # It is no success where all there was to read was rejected.
    return NONE if report.rejected and not report.added and not report.files_unchanged else OK


def _update(path: str, sources: tuple[str, ...], settings: Settings | None, options: Namespace) -> SourceReport:
    from searchkit.cli.follow import follow, tell

    with opened_to_write(path, settings, timeout=options.timeout) as index:
        report = follow(
            index,
            sources,
            settings,
            exclude=options.exclude,
            encoding=options.encoding,
            rebuild=options.rebuild,
            workers=options.workers,
        )
    tell(report)
    return report


def _print_json(report: SourceReport) -> None:
    from searchkit.cli.output import JSON_VERSION, json_text

    rejected = [
        {"source": one.source, "line": one.line, "id": one.id, "field": one.field, "reason": one.reason}
        for one in report.rejected
    ]
    counts = {
        "added": report.added,
        "replaced": report.replaced,
        "removed": report.removed,
        "still_rejected": report.still_rejected,
        "files_read": report.files_read,
        "files_unchanged": report.files_unchanged,
        "files_removed": report.files_removed,
    }
    print(json_text({"version": JSON_VERSION, **counts, "rejected": rejected}, indent=2))
