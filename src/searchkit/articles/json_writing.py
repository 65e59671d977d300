"""Writing articles as JSON Lines, which `json_lines` reads back: to a stream, or a file, compressed as it is named."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from datetime import date
from typing import IO, Any

from searchkit.arguments import path_of
from searchkit.articles.compression import compressed_into
from searchkit.articles.files import format_of
from searchkit.errors import ArticleError

__all__ = ["Write", "json_line", "write_articles"]

Write = Callable[[Mapping[str, Any]], object]
"""Takes the fields of an article."""

# What JSON lets through, but a terminal should not get, and what some programs take for the end of a line.
_UNSAFE = re.compile("[\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


def json_line(fields: Mapping[str, Any], *, ascii: bool = False) -> str:
    """The fields of an article as a line of JSON, without its end; dates as ISO 8601. ascii: escape all else."""
    text = json.dumps(fields, ensure_ascii=ascii, allow_nan=False, default=_plain, separators=(",", ":"))
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{value!r} is no value of a field")


@contextmanager
def write_articles(target: str | os.PathLike[str] | IO[Any]) -> Iterator[Write]:
    """A function that writes one article after the other.

    target: a file that ends in .jsonl or .ndjson, and in .gz, .xz or .zst for a compressed one; it comes into being
        when all are written, and whatever it held before stays where something raises. Or a stream of text or bytes.

    Raises `ArticleError` for another name, and where the file cannot be written.
    """
    if not isinstance(target, str | os.PathLike) and hasattr(target, "write"):
        yield _to_stream(target)
        return
    path = os.path.realpath(path_of("the target of an export", target))
    format, compression = format_of(path)
    if format != "json-lines":
        reason = "an export is JSON Lines: name it so, as in articles.jsonl or articles.jsonl.gz"
        raise ArticleError(path, reason)
    part = f"{path}.{os.getpid()}.part"
    try:
        with ExitStack() as open_files:
            file = open_files.enter_context(open(part, "xb"))
            stream = open_files.enter_context(compressed_into(file, compression, path))
            yield _to_stream(stream)
        os.replace(part, path)
    except OSError as error:
        raise ArticleError(path, f"cannot be written: {error.strerror or error}") from error
    finally:
        with suppress(OSError):
            os.remove(part)


def _to_stream(stream: IO[Any]) -> Write:
    encoding = getattr(stream, "encoding", "")
    if encoding == "":
        return lambda fields: stream.write((json_line(fields) + "\n").encode())
    # A stream of text without an encoding (`io.StringIO`) takes any.
    ascii = encoding is not None and encoding.lower().replace("-", "") != "utf8"
    return lambda fields: stream.write(json_line(fields, ascii=ascii) + "\n")
