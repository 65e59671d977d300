"""Markdown with YAML front matter: fields between two lines of "---", then the body."""

from __future__ import annotations

from typing import Any

from searchkit.articles.names import field_name
from searchkit.articles.text_lines import first_line
from searchkit.articles.yaml_records import read_yaml_records
from searchkit.errors import DocumentError

__all__ = ["is_front_matter", "parse_front_matter"]

_OPENING = "---"
_CLOSING = ("---", "...")


def is_front_matter(line: str) -> bool:
    """True where the first line of a text that isn't blank opens front matter."""
    return line.rstrip() == _OPENING


def parse_front_matter(lines: list[str], path: str) -> dict[str, Any]:
    """The fields of an article with front matter, from its lines; what follows it is the `body`.

    Without a `title`, a "# Title" that starts the body is it. Raises `DocumentError` naming the line where the front
    matter doesn't end, isn't YAML or isn't a mapping.
    """
    start = first_line(lines) + 1
    end = next((index for index in range(start, len(lines)) if lines[index].rstrip() in _CLOSING), None)
    if end is None:
        raise DocumentError("the front matter is not closed by a line '---'", source=path, line=start)
    fields = _fields("\n".join(lines[start:end]), path, start)
    body = lines[end + 1 :]
    first = first_line(body)
    if "title" not in fields and first < len(body) and body[first].startswith("# "):
        fields["title"] = body[first][2:].strip()
        body = body[first + 1 :]
    text = "\n".join(body).strip()
    if text and "body" in fields:
        raise DocumentError("the front matter has a 'body', and text follows it", field="body", source=path, line=start)
    return {**fields, "body": text} if text else fields


def _fields(text: str, path: str, start: int) -> dict[str, Any]:
    try:
        records = list(read_yaml_records(text))
    except ValueError as error:
        records = [(1, error)]
    line, value = records[0] if records else (1, {})
    if isinstance(value, ValueError):
        place = getattr(value, "line", None) or line
        raise DocumentError(str(value), source=path, line=start + place)
    if not isinstance(value, dict) or len(records) > 1:
        raise DocumentError("front matter is a mapping of fields to values", source=path, line=start + line)
    return {field_name(str(name)): entry for name, entry in value.items()}
