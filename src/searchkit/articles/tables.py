"""CSV and TSV: a header that names the fields, a row an article, read lazily."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import IO, Any

from searchkit.articles.article import Article
from searchkit.articles.encoding import DecodedLines
from searchkit.articles.names import field_name
from searchkit.errors import DocumentError

__all__ = ["read_csv", "read_tsv"]

_LONGEST_CELL = 2**31 - 1
_LISTS = ("author", "tags")


def read_csv(stream: IO[bytes], path: str, encoding: str) -> Iterator[Article | DocumentError]:
    """The articles of a CSV file; where its header has semicolons and no comma, semicolons separate."""
    return _rows(DecodedLines(stream, encoding, path), path, ",")


def read_tsv(stream: IO[bytes], path: str, encoding: str) -> Iterator[Article | DocumentError]:
    """The articles of a table separated by tabs, quoted as in CSV."""
    return _rows(DecodedLines(stream, encoding, path), path, "\t")


class _Peeked(Iterator[str]):
    """Lines with the first one known beforehand."""

    __slots__ = ("_lines", "first")

    def __init__(self, lines: DecodedLines) -> None:
        self._lines = lines
        self.first: str | None = next(lines, "")

    def __next__(self) -> str:
        if self.first is None:
            return next(self._lines)
        first, self.first = self.first, None
        return first


def _rows(lines: DecodedLines, path: str, delimiter: str) -> Iterator[Article | DocumentError]:
    try:
        peeked = _Peeked(lines)
        first = peeked.first or ""
        separator = ";" if delimiter == "," and "," not in first and ";" in first else delimiter
        rows = _reader(peeked, separator)
        names = _header(next(rows, []))
    except (DocumentError, csv.Error, ValueError) as error:
        made = DocumentError(f"header: {_reason(error)}", source=path, line=1)
        yield error if isinstance(error, DocumentError) else made
        return
    yield from _articles(rows, lines, names, path)


def _reason(error: Exception) -> str:
    if "new-line character" in str(error):
        return "a line ends in a carriage return alone; save the file with the line ends of Unix or Windows"
    return str(error)


def _reader(lines: Iterator[str], delimiter: str) -> Iterator[list[str]]:
    if csv.field_size_limit() < _LONGEST_CELL:
        csv.field_size_limit(_LONGEST_CELL)  # the default refuses long articles; it exists once a process only
    return csv.reader(lines, delimiter=delimiter, strict=True)


def _header(cells: list[str]) -> list[str]:
    names = [field_name(cell) for cell in cells]
    if not names:
        raise ValueError("the file is empty")
    for place, name in enumerate(names):
        if not name:
            raise ValueError(f"column {place + 1} has no name")
        if name in names[:place]:
            raise ValueError(f"two columns are named {name!r}")
    return names


def _articles(
    rows: Iterator[list[str]], lines: DecodedLines, names: list[str], path: str
) -> Iterator[Article | DocumentError]:
    number = 0
    while True:
        line = lines.line + 1
        try:
            row = next(rows)
        except StopIteration:
            return
        except DocumentError as error:
            number += 1
            yield error
            continue
        except csv.Error as error:
            number += 1
            yield DocumentError(f"not CSV: {_reason(error)}", source=path, line=line)
            continue
        if row:
            number += 1
            yield _article(row, names, path, line, number)


def _article(row: list[str], names: list[str], path: str, line: int, number: int) -> Article | DocumentError:
    if len(row) != len(names):
        reason = f"{_columns(len(row))} where the header has {len(names)}"
        return DocumentError(reason, source=path, line=line)
    fields = {name: _cell(name, value) for name, value in zip(names, row, strict=True) if value}
    return Article(fields, path, line, number)


def _columns(count: int) -> str:
    return "1 column" if count == 1 else f"{count} columns"


def _cell(name: str, value: str) -> Any:
    """A cell holds several authors or tags where semicolons separate them: a table has no lists of its own."""
    return value.split(";") if name in _LISTS and ";" in value else value
