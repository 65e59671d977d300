"""JSON: a list of objects, or one object."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO, Any

from searchkit.articles.article import Article
from searchkit.articles.encoding import decode
from searchkit.articles.json_records import DECODER, reason_of
from searchkit.errors import DocumentError

__all__ = ["read_json"]

_SPACE = re.compile(r"[ \t\r\n]*")


def read_json(stream: IO[bytes], path: str, encoding: str) -> Iterator[Article | DocumentError]:
    """The articles of a JSON file. What comes before a place that isn't JSON goes on; what comes after is lost."""
    try:
        text = decode(stream.read(), encoding, path)
    except DocumentError as error:
        yield error
        return
    scanner = _Scanner(text)
    try:
        for number, (line, value) in enumerate(scanner.records(), 1):
            if isinstance(value, dict):
                yield Article(value, path, line, number)
            else:
                yield DocumentError(f"an object is needed, not {type(value).__name__}", source=path, line=line)
    except (ValueError, RecursionError) as error:
        yield DocumentError(reason_of(error), source=path, line=getattr(error, "lineno", scanner.line))


class _Scanner:
    """Walks through a JSON text value by value, so that each has its line."""

    __slots__ = ("_at", "_text", "line")

    def __init__(self, text: str) -> None:
        self._text, self._at, self.line = text, 0, 1

    def records(self) -> Iterator[tuple[int, Any]]:
        """The elements of the list that the text is, or the one value, with their lines."""
        if self._next() == "[":
            yield from self._elements()
        else:
            yield self.line, self._value()
        if self._next():
            raise ValueError("there is more after the end (one object a line is JSON Lines: name the file .jsonl)")

    def _elements(self) -> Iterator[tuple[int, Any]]:
        self._at += 1
        if self._next() == "]":
            self._at += 1
            return
        while True:
            self._next()
            yield self.line, self._value()
            mark = self._next()
            self._at += 1
            if mark == "]":
                return
            if mark != ",":
                raise ValueError("',' or ']' is needed after an element of the list")

    def _next(self) -> str:
        """The next character that isn't a space, or "" at the end; stands on it then."""
        self._advance(_SPACE.match(self._text, self._at).end())  # type: ignore[union-attr]
        return self._text[self._at : self._at + 1]

    def _value(self) -> Any:
        value, end = DECODER.raw_decode(self._text, self._at)
        self._advance(end)
        return value

    def _advance(self, end: int) -> None:
        self.line += self._text.count("\n", self._at, end)
        self._at = end
