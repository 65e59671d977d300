"""Bringing an index up to date with source files, and telling what came of it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from searchkit.cli.failures import say
from searchkit.cli.progress import Progress
from searchkit.engines.sources import SourceReport, update
from searchkit.errors import DocumentError

if TYPE_CHECKING:
    from searchkit.config import Settings
    from searchkit.engines.native.index import Index

__all__ = ["follow", "in_words", "tell", "tell_rejected"]


def follow(
    index: Index,
    sources: Sequence[str],
    settings: Settings | None,
    *,
    exclude: Sequence[str] = (),
    encoding: str | None = None,
    rebuild: bool = False,
    workers: int | None = None,
) -> SourceReport:
    """Update an index from files, by the project's settings where there are some, with progress on a terminal."""
    base = None if settings is None else settings.path.parent
    patterns = [*exclude, *(() if settings is None else settings.exclude)]
    known = "utf-8" if settings is None else settings.encoding
    with Progress() as progress:
        return update(
            index,
            sources,
            base=base,
            exclude=patterns,
            encoding=encoding or known,
            rebuild=rebuild,
            progress=progress,
            workers=workers,
        )


def tell(report: SourceReport) -> None:
    """The report on standard error: a line for each rejected article, then one for the rest."""
    tell_rejected(report)
    say(in_words(report))


def tell_rejected(report: SourceReport) -> None:
    """A line for each rejected article on standard error."""
    for error in report.rejected:
        say(f"rejected: {_placed(error)}")


def in_words(report: SourceReport) -> str:
    """The report in one line."""
    return ", ".join(_parts(report))


def _parts(report: SourceReport) -> Iterator[str]:
    yield f"{report.added - report.replaced:,} added"
    yield f"{report.replaced:,} replaced"
    yield f"{report.removed:,} removed"
    if report.rejected:
        yield f"{len(report.rejected):,} rejected"
    yield f"files: {report.files_read:,} read"
    yield f"{report.files_unchanged:,} unchanged"
    if report.files_removed:
        yield f"{report.files_removed:,} gone"
    if report.still_rejected:
        yield f"with {report.still_rejected:,} articles rejected before (--rebuild reads them again)"


def _placed(error: DocumentError) -> str:
    """The error, with its file as one would type it here."""
    if error.source is not None:
        near = os.path.relpath(error.source)
        if not near.startswith(os.pardir) and os.path.isabs(error.source):
            error.source = near
    return str(error)
