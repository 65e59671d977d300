"""Which files hold articles: folders, globs and single files, as a list in a stable order."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase

from searchkit.arguments import path_of
from searchkit.articles.article import STANDARD_INPUT
from searchkit.articles.compression import SUFFIXES
from searchkit.dataclasses import dataclass
from searchkit.errors import ArticleError

__all__ = ["FORMATS", "SourceFile", "describe", "format_of", "list_files"]

FORMATS = {
    ".md": "article",
    ".markdown": "article",
    ".txt": "article",
    ".jsonl": "json-lines",
    ".ndjson": "json-lines",
    ".json": "json",
    ".csv": "csv",
    ".tsv": "tsv",
    ".yaml": "yaml",
    ".yml": "yaml",
}
_SETTINGS = "searchkit.yaml"


@dataclass(slots=True)
class SourceFile:
    """A file of articles.

    path: as it was given, or joined to the folder it was found in.
    format: "article" (which covers front matter and plain text: the content decides), "json-lines", "json", "csv",
        "tsv" or "yaml"; "detect" for standard input.
    compression: "gzip", "xz", "zstd" or None.
    size: bytes on disk; modified_ns: when it was last modified, in nanoseconds since the epoch. Both are 0 for
        standard input.
    """

    path: str
    format: str
    compression: str | None
    size: int = 0
    modified_ns: int = 0


def list_files(
    sources: Iterable[str | os.PathLike[str]] | str | os.PathLike[str], *, exclude: Iterable[str] = ()
) -> list[SourceFile]:
    """The files of articles that `sources` name, each once, in the order of the sources and sorted within each.

    sources: files, folders (read with all their folders; hidden names, links to folders, `searchkit.yaml`, files of
        no known format, pipes, sockets and devices are passed over), globs ("news/**/*.md"), or "-" for standard
        input. A file that is named itself may have any name: of no known format, it is read as text.
    exclude: shell patterns. One without "/" is held against the name of every file and folder, one with "/" against
        the whole path, as joined and as absolute; "*" also matches "/" there. A folder that matches is passed over
        with all that it holds.

    Raises `ArticleError` for a path that does not exist and a glob that nothing matches.
    """
    given = [sources] if isinstance(sources, str | os.PathLike) else list(sources)
    for source in given:
        path_of("a source", source)
    if isinstance(exclude, str):
        raise TypeError(f"exclude takes a list of patterns, not {exclude!r}: put a single one in a list")
    patterns = tuple(pattern.rstrip("/") for pattern in exclude)
    found: dict[str, SourceFile] = {}
    for source in given:
        for path in _expand(os.fspath(source), patterns):
            found.setdefault(path if path == STANDARD_INPUT else os.path.abspath(path), _listed(path))
    return list(found.values())


def describe(path: str | os.PathLike[str]) -> SourceFile:
    """The format and state of one file, by its name and the file system.

    Raises `ArticleError` where there is no such file.
    """
    path = os.fspath(path)
    if path == STANDARD_INPUT:
        return SourceFile(path, "detect", None)
    try:
        state = os.stat(path)
    except (OSError, ValueError) as error:
        raise ArticleError(path, f"cannot be read: {getattr(error, 'strerror', None) or error}") from None
    if os.path.isdir(path):
        raise ArticleError(path, "is a folder, not a file")
    format, compression = format_of(path)
    return SourceFile(path, format, compression, state.st_size, state.st_mtime_ns)


def is_article_name(name: str) -> bool:
    """Whether a file of a folder is listed, by its name; any other is read where it is named itself."""
    return name != _SETTINGS and _suffixes(name)[0] in FORMATS


def format_of(path: str) -> tuple[str, str | None]:
    """The format that a file's name says it has, and its compression; see `SourceFile`."""
    suffix, compression = _suffixes(path)
    return FORMATS.get(suffix, "article"), compression


def _listed(path: str) -> SourceFile:
    """As `describe`; a link that leads nowhere is listed too, so that reading it tells, and the others are read."""
    try:
        return describe(path)
    except ArticleError:
        if not os.path.islink(path):
            raise
        return SourceFile(path, *format_of(path))


def _suffixes(path: str) -> tuple[str, str | None]:
    """The suffix that names a file's format, and the compression it has."""
    stem, suffix = os.path.splitext(path.lower())
    compression = SUFFIXES.get(suffix)
    return (suffix if compression is None else os.path.splitext(stem)[1]), compression


def _expand(source: str, exclude: tuple[str, ...]) -> Iterator[str]:
    if source == STANDARD_INPUT:
        yield source
    elif os.path.exists(source):
        yield from _in_path(source, exclude)
    elif glob.has_magic(source):
        matches = sorted(glob.glob(source, recursive=True))
        if not matches:
            raise ArticleError(source, "no file matches")
        for match in matches:
            if not _excluded(match, exclude):
                yield from _in_path(match, exclude)
    else:
        raise ArticleError(source, "does not exist")


def _in_path(path: str, exclude: tuple[str, ...]) -> Iterator[str]:
    return _in_folder(path, exclude) if os.path.isdir(path) else iter([path])


def _in_folder(folder: str, exclude: tuple[str, ...]) -> Iterator[str]:
    def failed(error: OSError) -> None:
        raise ArticleError(error.filename or folder, f"cannot be read: {error.strerror}")

    for parent, folders, names in os.walk(folder, onerror=failed):
        folders[:] = sorted(name for name in folders if not _passed_over(parent, name, exclude))
        for name in sorted(names):
            if not is_article_name(name) or _passed_over(parent, name, exclude):
                continue
            path = os.path.join(parent, name)
            if os.path.isfile(path) or not os.path.exists(path):
                yield path


def _passed_over(parent: str, name: str, exclude: tuple[str, ...]) -> bool:
    return name.startswith(".") or _excluded(os.path.join(parent, name), exclude)


def _excluded(path: str, exclude: tuple[str, ...]) -> bool:
    if not exclude:
        return False
    name, whole = os.path.basename(path), os.path.abspath(path)
    return any(
        fnmatchcase(path, pattern) or fnmatchcase(whole, pattern) if "/" in pattern else fnmatchcase(name, pattern)
        for pattern in exclude
    )
