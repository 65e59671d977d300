"""What an update from source files did."""

from __future__ import annotations

from searchkit.dataclasses import dataclass, field
from searchkit.errors import DocumentError

__all__ = ["SourceReport"]


@dataclass(slots=True)
class SourceReport:
    """What an update did; all counts are of documents, but for the last three, which are of files.

    added: documents that went in; replaced: how many of them took the place of one with the same id.
    removed: documents that no source gives any more.
    rejected: what could not be indexed and why, with the file as `source`, and the line.
    still_rejected: articles rejected before, in files that have not changed since.
    files_read, files_unchanged, files_removed: source files.
    """

    added: int = 0
    replaced: int = 0
    removed: int = 0
    rejected: list[DocumentError] = field(default_factory=list)
    still_rejected: int = 0
    files_read: int = 0
    files_unchanged: int = 0
    files_removed: int = 0
