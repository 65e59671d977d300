"""A document's fields → the article format."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from searchkit.cli.terminal import one_line, several_lines
from searchkit.schema import Schema

__all__ = ["article_text"]

_OF_ORIGINAL = ("source", "url")
_ORDER = ("date", "author", *_OF_ORIGINAL)


def article_text(fields: Mapping[str, Any], schema: Schema) -> str:
    """The whole document as text: "# Title", a line a field, then the texts.

    fields: as an index gives them. Fields that the article format knows stand as it has them, so that what is printed
    can be read again; others follow as lines of the same kind, and further texts under a heading each.
    """
    texts = [name for name in schema.texts if name != "title"]
    elsewhere = {schema.key, "title", *texts, *(["url"] if "source" in fields else [])}
    names = [name for name in dict.fromkeys((*_ORDER, *fields)) if name in fields and name not in elsewhere]
    blocks = [f"# {one_line(str(fields.get('title') or ''))}", *(_line(name, fields) for name in names)]
    blocks += _texts(texts, fields)
    return "\n\n".join(blocks) + "\n"


def _line(name: str, fields: Mapping[str, Any]) -> str:
    value = fields[name]
    if name in _OF_ORIGINAL:
        return f"Original: {_original(value, fields.get('url') if name == 'source' else None)}"
    label = "Published at" if name == "date" else one_line(name.replace("_", " ").capitalize())
    values = value if isinstance(value, list | tuple) else [value]
    return f"{label}: {', '.join(f'**{one_line(_shown(one))}**' for one in values)}"


def _original(source: object, url: object) -> str:
    text = one_line(str(source))
    return f"[{text}]({one_line(str(url))})" if url else text


def _texts(names: list[str], fields: Mapping[str, Any]) -> Iterator[str]:
    for name in names:
        text = several_lines(str(fields.get(name) or "")).strip("\n")
        if text:
            yield text if name == "body" or len(names) == 1 else f"## {name.capitalize()}\n\n{text}"


def _shown(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
