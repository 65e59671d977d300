"""The article format: "# Title", then lines that name date, authors and original, then the body.

Each of the three lines may be missing, and they may come in any order.
"""

from __future__ import annotations

import re
from typing import Any

from searchkit.articles.authors import author_names
from searchkit.articles.origins import origin
from searchkit.articles.text_lines import first_line
from searchkit.errors import DocumentError
from searchkit.schema.instants import parse_instant

__all__ = ["is_article_format", "parse_article", "without_counter"]

_TITLE = re.compile(r"#(?:[ \t]+(.*))?")
_CLOSING = re.compile(r"(?:^|[ \t])#+[ \t]*$")
_HEADING = re.compile(r"#{1,6}(?:[ \t]|$)")
_HEADER = re.compile(r"[*_]*(published at|authors?|original)[*_]*\s*:(.*)", re.IGNORECASE)
_LONGEST_HEADER = 2_000
_MARKS = " \t*_`"
_COUNTER = re.compile(r"([0-9]{1,3}) / ([0-9]{1,3})(?:[ \t]*\n\s*|(?=[^\W\d_]|[\"'“‘«(\[]))")


def is_article_format(line: str) -> bool:
    """True where the first line of a text that isn't blank says that the article format follows."""
    return line.startswith("# ")


def parse_article(lines: list[str], path: str) -> dict[str, Any]:
    """The fields of an article in the article format, from its lines.

    Raises `DocumentError` naming the line where "Published at" isn't a date.
    """
    start = first_line(lines)
    fields: dict[str, Any] = {}
    title = _TITLE.fullmatch(lines[start])
    if title and title[1]:
        fields["title"] = _CLOSING.sub("", title[1]).strip()
    body: list[str] = []
    for index in range(start + 1, len(lines)):
        line = lines[index]
        header = _HEADER.fullmatch(line.strip()) if len(line) <= _LONGEST_HEADER else None
        if header and _take(header[1].lower(), header[2], fields, path, index + 1):
            continue
        if line.strip() and not _HEADING.match(line):
            body += lines[index:]
            break
        body.append(line)
    fields["body"] = without_counter("\n".join(body).strip())
    return {name: value for name, value in fields.items() if value}


def _take(label: str, value: str, fields: dict[str, Any], path: str, line: int) -> bool:
    """Takes a header line; False where one of its kind was there before, which makes it a line of the body."""
    if label.startswith("author"):
        known = fields.setdefault("author", [])
        known += [name for name in author_names(value) if name not in known]
        return True
    if label == "original":
        if "source" in fields:
            return False
        fields["source"], fields["url"] = origin(value)
        return True
    if "date" in fields:
        return False
    fields["date"] = _date(value.strip(_MARKS), path, line)
    return True


def _date(value: str, path: str, line: int) -> str:
    if value:
        try:
            parse_instant(value)
        except ValueError:
            reason = f"'Published at' is not an ISO 8601 date: {value[:40]!r}"
            raise DocumentError(reason, field="date", source=path, line=line) from None
    return value


def without_counter(body: str) -> str:
    """A body without the counter of a photo gallery at its start ("1 / 2Iran unveiled …", or on a line of its own).

    The counter goes only where it can't be anything else: its first number is from 1 to its second, and the text
    follows at once, with a capital or a quotation mark; so "1 / 2 cup of flour" and "3 / 4inch" stay. The caption
    always stays.
    """
    counter = _COUNTER.match(body)
    if counter is None or not 1 <= int(counter[1]) <= int(counter[2]):
        return body
    rest = body[counter.end() :]
    return body if rest[:1].islower() and not counter[0].endswith("\n") else rest
