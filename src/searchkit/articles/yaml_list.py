"""YAML: a list of mappings, one mapping, or several documents of either."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from searchkit.articles.article import Article
from searchkit.articles.encoding import decode
from searchkit.articles.yaml_records import read_yaml_records
from searchkit.errors import DocumentError

__all__ = ["read_yaml"]


def read_yaml(stream: IO[bytes], path: str, encoding: str) -> Iterator[Article | DocumentError]:
    """The articles of a YAML file. A bad item is reported and the others go on; after bad YAML nothing can."""
    try:
        records = read_yaml_records(decode(stream.read(), encoding, path))
        for number, (line, value) in enumerate(records, 1):
            yield _article(value, path, line, number)
    except DocumentError as error:
        yield error
    except ValueError as error:
        yield DocumentError(str(error), source=path, line=getattr(error, "line", None))


def _article(value: object, path: str, line: int, number: int) -> Article | DocumentError:
    if isinstance(value, ValueError):
        return DocumentError(str(value), source=path, line=getattr(value, "line", None) or line)
    if not isinstance(value, dict):
        return DocumentError(f"a mapping is needed, not {type(value).__name__}", source=path, line=line)
    return Article(value, path, line, number)
