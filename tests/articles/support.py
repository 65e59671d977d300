"""Writes files and reads them back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from searchkit.articles import Article, read_file
from searchkit.errors import DocumentError

__all__ = ["fields_of", "read_as", "refusal"]


def read_as(folder: Path, name: str, content: str | bytes, encoding: str = "utf-8") -> list[Article | DocumentError]:
    """What reading a file with this name and content yields."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return list(read_file(path, encoding=encoding))


def fields_of(folder: Path, name: str, content: str | bytes, encoding: str = "utf-8") -> dict[str, Any]:
    """The fields of the one article that a file holds."""
    (article,) = read_as(folder, name, content, encoding)
    assert isinstance(article, Article), article
    return article.fields


def refusal(folder: Path, name: str, content: str | bytes, encoding: str = "utf-8") -> DocumentError:
    """The one error that reading a file yields; it names the file."""
    (error,) = read_as(folder, name, content, encoding)
    assert isinstance(error, DocumentError), error
    assert error.source == str(folder / name)
    return error
