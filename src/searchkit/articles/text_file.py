"""A file of text is one article, in the format that its first line tells."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from searchkit.articles.article import Article
from searchkit.articles.article_format import is_article_format, parse_article
from searchkit.articles.encoding import decode
from searchkit.articles.front_matter import is_front_matter, parse_front_matter
from searchkit.articles.plain_text import parse_plain_text
from searchkit.articles.text_lines import first_line, lines_of
from searchkit.errors import DocumentError

__all__ = ["read_text"]


def read_text(stream: IO[bytes], path: str, encoding: str) -> Iterator[Article | DocumentError]:
    """The one article of a text file: article format after "# ", front matter after "---", else plain text."""
    try:
        lines = lines_of(decode(stream.read(), encoding, path))
        start = first_line(lines)
        if start == len(lines):
            raise DocumentError("the file is empty", source=path)
        if is_article_format(lines[start]):
            fields = parse_article(lines, path)
        elif is_front_matter(lines[start]):
            fields = parse_front_matter(lines, path)
        else:
            fields = parse_plain_text(lines, path)
        yield Article(fields, path, start + 1)
    except DocumentError as error:
        yield error
