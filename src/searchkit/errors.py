"""Everything that searchkit raises, as one tree under `SearchkitError`.

Each error names the thing it is about (a file, a document, a place in a query) and says what to do.
"""

from __future__ import annotations

from os import PathLike

__all__ = [
    "ArticleError",
    "CommitUncertain",
    "ConfigError",
    "CorruptIndex",
    "DocumentError",
    "DocumentNotFound",
    "EvaluationError",
    "FilterError",
    "FormatTooNew",
    "IndexClosed",
    "IndexExists",
    "IndexNotFound",
    "LimitExceeded",
    "LockTimeout",
    "PageTokenError",
    "QueryError",
    "ReadFailed",
    "ReadOnlyIndex",
    "SchemaError",
    "SchemaMismatch",
    "SearchTimeout",
    "SearchkitError",
    "StorageError",
    "UncompiledWarning",
    "WriteFailed",
    "WriterDead",
]


class SearchkitError(Exception):
    """The root of every error that searchkit raises on purpose."""


class UncompiledWarning(UserWarning):
    """The kernels run uncompiled: everything works, slowly."""


class ConfigError(SearchkitError):
    """`searchkit.yaml` cannot be read or says something that makes no sense."""

    def __init__(self, path: str | PathLike[str], reason: str, line: int | None = None) -> None:
        self.path, self.reason, self.line = str(path), reason, line
        super().__init__(f"{_place(self.path, line)}: {reason}")


class EvaluationError(SearchkitError):
    """A file of topics, judgments or a run of an evaluation cannot be read."""

    def __init__(self, path: str | PathLike[str], reason: str, line: int | None = None) -> None:
        self.path, self.reason, self.line = str(path), reason, line
        super().__init__(f"{_place(self.path, line)}: {reason}")


class ArticleError(SearchkitError):
    """A file of articles, or one article in it, cannot be read or written."""

    def __init__(self, path: str | PathLike[str], reason: str, line: int | None = None) -> None:
        self.path, self.reason, self.line = str(path), reason, line
        super().__init__(f"{_place(self.path, line)}: {reason}" if self.path else reason)


class SchemaError(SearchkitError):
    """A schema is not well formed."""


class SchemaMismatch(SchemaError):
    """An index was opened with a schema that differs from the one it was made with.

    `differences` holds one sentence a difference.
    """

    def __init__(self, differences: list[str]) -> None:
        self.differences = differences
        super().__init__("the schema differs from the index's: " + "; ".join(differences))


class DocumentError(SearchkitError):
    """One document cannot be indexed.

    Attributes: `reason`; `field`, the field at fault, or None; `id`, the document's id where it has one; `position`,
    its place in what was given, counted from 0; `source` and `line`, where it was read from.
    """

    def __init__(
        self,
        reason: str,
        *,
        field: str | None = None,
        id: str | None = None,
        position: int | None = None,
        source: str | None = None,
        line: int | None = None,
    ) -> None:
        self.reason, self.field, self.id = reason, field, id
        self.position, self.source, self.line = position, source, line
        super().__init__(reason)

    def __str__(self) -> str:
        where = [_place(self.source, self.line)] if self.source is not None else []
        if self.source is None and self.position is not None:
            where.append(f"document {self.position}")
        if self.id is not None:
            where.append(f"id {self.id!r}")
        if self.field is not None:
            where.append(f"field {self.field!r}")
        return ": ".join([", ".join(where), self.reason] if where else [self.reason])


class DocumentNotFound(SearchkitError):
    """No document of the index has the id, which is `id`."""

    def __init__(self, id: str) -> None:
        self.id = id
        super().__init__(f"there is no document with the id {id!r}")


class FilterError(SearchkitError):
    """A filter written in Python raised, or gave something that it should not; what was stored before stands.

    `name` is the filter's, `word` the folded word that it was given; what it raised is the `__cause__`.
    """

    def __init__(self, name: str, word: str, reason: str) -> None:
        self.name, self.word, self.reason = name, word, reason
        super().__init__(f"filter {name}: of the word {word!r} it {reason}")


class QueryError(SearchkitError):
    """A query is malformed; raised under `strict=True`, and by what deletes or scans.

    `text` is the query, `start` and `end` the offsets of the place in it (in characters, half open), `reason` what is
    wrong; `position`, of one of many queries, is its place among them, counted from 0.
    """

    def __init__(self, reason: str, text: str = "", start: int = 0, end: int = 0) -> None:
        self.reason, self.text, self.start, self.end = reason, text, start, end
        self.position: int | None = None
        super().__init__(reason)

    def __str__(self) -> str:
        reason = self.reason if self.position is None else f"query {self.position}: {self.reason}"
        if not self.text:
            return reason
        caret = " " * self.start + "^" * max(1, self.end - self.start)
        return f"{reason}\n  {self.text}\n  {caret}"


class PageTokenError(SearchkitError):
    """A page token is damaged, or belongs to another query."""


class LimitExceeded(SearchkitError):
    """Something costs more than a limit allows; `limit` is its name in `Limits`."""

    def __init__(self, limit: str, reason: str) -> None:
        self.limit, self.reason = limit, reason
        super().__init__(f"{reason} (limit: {limit})")


class SearchTimeout(SearchkitError):
    """A search was not done within the `timeout` that it was given, in seconds."""

    def __init__(self, timeout: float) -> None:
        self.timeout = timeout
        super().__init__(f"the search was not done within {timeout:g} s; ask for less, or give it more time")


class StorageError(SearchkitError):
    """An index on disk cannot be used as asked."""


class IndexNotFound(StorageError):
    """There is no index at that path."""


class IndexExists(StorageError):
    """There is an index at that path already (mode "x")."""


class IndexClosed(StorageError):
    """The index or the writer was closed before."""


class ReadOnlyIndex(StorageError):
    """The index was opened with mode "r"."""


class CorruptIndex(StorageError):
    """A file of the index is damaged or missing; `path` names it, `reason` says how."""

    def __init__(self, path: str | PathLike[str], reason: str) -> None:
        self.path, self.reason = str(path), reason
        super().__init__(f"{self.path}: {reason}")


class FormatTooNew(StorageError):
    """A file was written by a newer searchkit; `path` names it."""

    def __init__(self, path: str | PathLike[str], found: int, known: int) -> None:
        self.path, self.found, self.known = str(path), found, known
        super().__init__(f"{self.path}: format version {found}, this searchkit reads up to {known}: upgrade searchkit")


class LockTimeout(StorageError):
    """Another writer holds the index; `holder` names its process."""

    def __init__(self, path: str | PathLike[str], holder: str, timeout: float) -> None:
        self.path, self.holder, self.timeout = str(path), holder, timeout
        super().__init__(f"{self.path}: locked by {holder}; gave up after {timeout:g} s")


class ReadFailed(StorageError):
    """The operating system could not read a file or folder of the index; `path` names it, `reason` says why."""

    def __init__(self, path: str | PathLike[str], reason: str) -> None:
        self.path, self.reason = str(path), reason
        super().__init__(f"{self.path}: cannot be read: {reason}")


class WriteFailed(StorageError):
    """The operating system could not write a file or folder of the index (a full disk, say); its last commit stands.

    `path` names it, `reason` says why; the `OSError` is the `__cause__`.
    """

    def __init__(self, path: str | PathLike[str], reason: str) -> None:
        self.path, self.reason = str(path), reason
        super().__init__(f"{self.path}: cannot be written: {reason}")


class WriterDead(StorageError):
    """This writer failed before and can do no more; the index stands at its last commit: open a new writer."""


class CommitUncertain(StorageError):
    """The commit was written but its last sync failed: it may or may not survive a power cut. Reopen to see it."""


def _place(path: str | None, line: int | None) -> str:
    return f"{path}:{line}" if line is not None else str(path)
