"""Finds the project's Markdown files, and the code blocks, links and headings in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

__all__ = ["PROJECT", "Block", "anchors", "blocks", "files", "links"]

PROJECT = Path(__file__).resolve().parents[2]

_PLACES = ("*.md", "benchmarks/**/*.md", "docs/**/*.md", "index/*.md")
_FENCE = re.compile(
    r"^(?P<fence>```+|~~~+)(?P<language>[^\n`]*)\n(?P<code>.*?)^(?P=fence)[ \t]*$", re.MULTILINE | re.DOTALL
)
_CODE = re.compile(r"`[^`\n]+`")
_LINK = re.compile(r"!?\[[^\]]*\]\(\s*<?(?P<target>[^)\s>]+)>?(?:\s+\"[^\"]*\")?\s*\)")
_REFERENCE = re.compile(r"^\[[^\]]+\]:\s*(?P<target>\S+)", re.MULTILINE)
_HEADING = re.compile(r"^#{1,6}\s+(?P<text>.+?)\s*#*$", re.MULTILINE)


@dataclass(frozen=True)
class Block:
    """A fenced block of code: its language, its text, and the line of its file where the text begins, from 1."""

    language: str
    code: str
    line: int


def files() -> list[Path]:
    """Every Markdown file of the project, sorted; articles are not among them."""
    return sorted({file for place in _PLACES for file in PROJECT.glob(place)})


def blocks(text: str, language: str) -> Iterator[Block]:
    """The code blocks of one language, in order."""
    for match in _FENCE.finditer(text):
        if match["language"].strip() == language:
            yield Block(language, match["code"], text.count("\n", 0, match.start("code")) + 1)


def links(text: str) -> list[str]:
    """The targets of all links and images outside code."""
    prose = _CODE.sub("", _FENCE.sub("", text))
    return [match["target"] for pattern in (_LINK, _REFERENCE) for match in pattern.finditer(prose)]


def anchors(text: str) -> set[str]:
    """What `#…` may point to: each heading in lower case, without punctuation, with hyphens for spaces.

    A heading that stands there before has a number added.
    """
    found: set[str] = set()
    for match in _HEADING.finditer(_FENCE.sub("", text)):
        plain = re.sub(r"[^\w\- ]", "", match["text"].lower()).replace(" ", "-")
        number = 0
        while (anchor := f"{plain}-{number}" if number else plain) in found:
            number += 1
        found.add(anchor)
    return found
