"""Bytes → text: strictly, and with the place named where bytes are not what they are said to be."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from typing import IO

from searchkit.arguments import instance
from searchkit.errors import ArticleError, DocumentError

__all__ = ["DecodedLines", "decode", "known_encoding"]

_UTF8 = "utf-8"
_BOM = codecs.BOM_UTF8
_WIDE_BOMS = {codecs.BOM_UTF16_LE: "UTF-16", codecs.BOM_UTF16_BE: "UTF-16", codecs.BOM_UTF32_BE: "UTF-32"}


def known_encoding(name: str, path: str) -> str:
    """An encoding's name as Python spells it. Raises `ArticleError` where there is no text encoding of that name."""
    instance("encoding", name, str, "the name of an encoding")
    try:
        "".encode(name)
        return codecs.lookup(name).name
    except LookupError:
        raise ArticleError(path, f"unknown encoding {name!r}") from None


def decode(data: bytes, encoding: str, path: str) -> str:
    """The text of a whole file, without its byte order mark, its line ends as they are.

    Raises `DocumentError` naming the line and the byte offset of the first bytes that are not in `encoding`.
    """
    try:
        return str(data, encoding).removeprefix("\ufeff")
    except UnicodeError as error:
        start = getattr(error, "start", 0)
        raise _undecodable(data, encoding, path, start, start, data.count(b"\n", 0, start) + 1) from None


def _undecodable(data: bytes, encoding: str, path: str, start: int, offset: int, line: int) -> DocumentError:
    wide = next((name for mark, name in _WIDE_BOMS.items() if data.startswith(mark)), None)
    hint = f"it looks like {wide}: " if offset == 0 and wide else ""
    shown = data[start : start + 1].hex()
    reason = f"not {encoding.upper()}: byte 0x{shown} at offset {offset} ({hint}declare the encoding if it is another)"
    return DocumentError(reason, source=path, line=line)


class DecodedLines(Iterator[str]):
    """The lines of a stream of bytes, decoded one by one, with their line ends, lazily.

    `line` is the number of the line given last, counted from 1. `next` raises `DocumentError` for a line that is not in
    `encoding`, and goes on with the following line when called again.
    """

    __slots__ = ("_encoding", "_lines", "_offset", "_path", "line")

    def __init__(self, stream: IO[bytes], encoding: str, path: str) -> None:
        self._lines = iter(stream) if _splits_at_newlines(encoding) else _transcoded(stream, encoding, path)
        self._encoding = encoding if _splits_at_newlines(encoding) else _UTF8
        self._path, self._offset, self.line = path, 0, 0

    def __next__(self) -> str:
        data = next(self._lines)
        self.line += 1
        offset = self._offset
        self._offset += len(data)
        if offset == 0 and self._encoding == _UTF8 and data.startswith(_BOM):
            data, offset = data[len(_BOM) :], len(_BOM)
        try:
            return str(data, self._encoding)
        except UnicodeDecodeError as error:
            start = error.start
            raise _undecodable(data, self._encoding, self._path, start, offset + start, self.line) from None


def _splits_at_newlines(encoding: str) -> bool:
    return "\n".encode(encoding) == b"\n"


def _transcoded(stream: IO[bytes], encoding: str, path: str) -> Iterator[bytes]:
    """The lines of a stream whose line ends are not single bytes (UTF-16, UTF-32), as UTF-8."""
    decoder = codecs.getincrementaldecoder(encoding)()
    rest, lines = "", 0
    while True:
        chunk = stream.read(1 << 16)
        try:
            *whole, rest = (rest + decoder.decode(chunk, final=not chunk)).split("\n")
        except UnicodeError as error:
            raise DocumentError(f"not {encoding.upper()}: {error}", source=path, line=lines + 1) from None
        lines += len(whole)
        yield from ((line + "\n").encode("utf-8", "surrogatepass") for line in whole)
        if not chunk:
            break
    if rest:
        yield rest.encode("utf-8", "surrogatepass")
