"""Plain text: the first line is the title where it is short, else the file's name is."""

from __future__ import annotations

import os

from searchkit.articles.compression import SUFFIXES
from searchkit.articles.text_lines import first_line

__all__ = ["parse_plain_text"]

_LONGEST_TITLE = 120


def parse_plain_text(lines: list[str], path: str) -> dict[str, str]:
    """The fields of a plain text: `title` and `body`, "" left out.

    The first line that isn't blank is the title where it has 120 characters or fewer; the body is the rest. Otherwise
    the title is the file's name without its suffixes, and the body is all of the text.
    """
    start = first_line(lines)
    title = lines[start].strip() if start < len(lines) else ""
    rest = lines[start + 1 :]
    if len(title) > _LONGEST_TITLE:
        title, rest = _stem(path), lines
    fields = {"title": title, "body": "\n".join(rest).strip()}
    return {name: value for name, value in fields.items() if value}


def _stem(path: str) -> str:
    stem, suffix = os.path.splitext(os.path.basename(path))
    return os.path.splitext(stem)[0] if suffix.lower() in SUFFIXES else stem
