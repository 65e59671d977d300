"""Reading articles: each file by its format, whatever is wrong with it reported in its place."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import IO

from searchkit.articles.article import STANDARD_INPUT, Article
from searchkit.articles.compression import damage, open_bytes
from searchkit.articles.encoding import known_encoding
from searchkit.articles.files import SourceFile, describe, list_files
from searchkit.articles.json_lines import read_json_lines
from searchkit.articles.json_list import read_json
from searchkit.articles.tables import read_csv, read_tsv
from searchkit.articles.text_file import read_text
from searchkit.articles.yaml_list import read_yaml
from searchkit.errors import ArticleError, DocumentError

__all__ = ["read", "read_file"]

_READERS: dict[str, Callable[[IO[bytes], str, str], Iterator[Article | DocumentError]]] = {
    "article": read_text,
    "json-lines": read_json_lines,
    "json": read_json,
    "csv": read_csv,
    "tsv": read_tsv,
    "yaml": read_yaml,
}
_PEEK = 65_536


def read(
    sources: Iterable[str | os.PathLike[str]] | str | os.PathLike[str],
    *,
    exclude: Iterable[str] = (),
    encoding: str = "utf-8",
) -> Iterator[Article | DocumentError]:
    """The articles of all the files that `sources` name; `list_files` says how, `read_file` what is yielded."""
    files = list_files(sources, exclude=exclude)
    encoding = known_encoding(encoding, "")
    return (article for file in files for article in read_file(file, encoding=encoding))


def read_file(
    file: SourceFile | str | os.PathLike[str], *, encoding: str = "utf-8"
) -> Iterator[Article | DocumentError]:
    """The articles of one file, lazily where its format allows.

    file: as `list_files` gives it, or a path; "-" is standard input: JSON Lines where it starts with "{", JSON where
        it starts with "[", else text.
    encoding: of the bytes; what isn't in it is rejected by its line and byte offset, never read as something else.

    What can't be read, one record or the rest of a file, is yielded as a `DocumentError` with `source` and `line`, in
    its place among the others. Raises `ArticleError` where the file does not exist or the encoding isn't known.
    """
    source = file if isinstance(file, SourceFile) else describe(file)
    return _articles(source, known_encoding(encoding, source.path))


def _articles(file: SourceFile, encoding: str) -> Iterator[Article | DocumentError]:
    try:
        with _open(file) as stream:
            format = _detect(stream) if file.format == "detect" else file.format
            yield from _READERS[format](stream, file.path, encoding)
    except ArticleError as error:
        yield DocumentError(error.reason, source=file.path)
    except Exception as error:
        reason = damage(error, file.compression)
        if reason is None:
            raise
        yield DocumentError(reason, source=file.path)


def _open(file: SourceFile) -> IO[bytes]:
    if file.path != STANDARD_INPUT:
        return open_bytes(file.path, file.compression)
    if sys.stdin is None:  # closed by whoever started the program
        raise ArticleError(STANDARD_INPUT, "standard input is closed")
    return io.BufferedReader(_Unclosed(sys.stdin.buffer), _PEEK)


class _Unclosed(io.RawIOBase):
    """A stream that stays open when what reads it is closed, so that standard input is left as it was."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        read = getattr(self._stream, "read1", self._stream.read)
        data: bytes = read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def _detect(stream: IO[bytes]) -> str:
    start = stream.peek(_PEEK)[:_PEEK].removeprefix(b"\xef\xbb\xbf").lstrip()  # type: ignore[attr-defined]
    return {b"{": "json-lines", b"[": "json"}.get(start[:1], "article")
