"""JSON Lines: an object a line, read lazily. A bad line is reported; the others go on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from searchkit.articles.article import Article
from searchkit.articles.encoding import DecodedLines
from searchkit.articles.json_records import whole
from searchkit.errors import DocumentError

__all__ = ["read_json_lines"]


def read_json_lines(stream: IO[bytes], path: str, encoding: str) -> Iterator[Article | DocumentError]:
    """The articles of a stream of JSON Lines; empty lines are passed over."""
    return _articles(DecodedLines(stream, encoding, path), path)


def _articles(lines: DecodedLines, path: str) -> Iterator[Article | DocumentError]:
    number = 0
    while True:
        try:
            line = next(lines)
        except StopIteration:
            return
        except DocumentError as error:
            number += 1
            yield error
            continue
        if line.isspace():
            continue
        number += 1
        yield _article(line, path, lines.line, number)


def _article(text: str, path: str, line: int, number: int) -> Article | DocumentError:
    try:
        fields = whole(text)
    except ValueError as error:
        return DocumentError(str(error), source=path, line=line)
    if not isinstance(fields, dict):
        return DocumentError(f"an object is needed, not {type(fields).__name__}", source=path, line=line)
    return Article(fields, path, line, number)
