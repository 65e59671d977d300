"""Rendering a piece of text with its highlights: plain, for a terminal, as HTML, as Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from searchkit.dataclasses import dataclass

__all__ = ["ANSI", "HTML", "MARKDOWN", "PLAIN", "Style", "render"]

_WHITE_SPACE = re.compile(r"\s+")
# What may not reach a terminal or a page: control characters (escape sequences start with one), overrides of the
# writing direction, and lone surrogates, which cannot be encoded. (Strings, which `re` compiles when they are first
# used.)
_UNSAFE = "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
_HTML_SPECIAL = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("'", "&#x27;"))
_MARKDOWN_SPECIAL = r"[\\`*_\[\]<>~|&#!$]|(?<!\S)[-+=]|(?<=\d)[.)](?=\s|$)"


@dataclass(frozen=True, slots=True)
class Style:
    """How to render: what to put before and after a highlight, and how to make the text itself harmless."""

    before: str
    after: str
    escape: Callable[[str], str]


def render(text: str, highlights: Sequence[tuple[int, int]], style: Style) -> str:
    """The text on one line, its white space collapsed, with the highlights marked.

    highlights: (start, end) offsets in `text`, in order and apart.
    """
    parts = []
    place = 0
    for start, end in highlights:
        parts += [_clean(text[place:start], style), style.before, _clean(text[start:end], style), style.after]
        place = end
    return "".join([*parts, _clean(text[place:], style)])


def _clean(text: str, style: Style) -> str:
    # What can be printed has no white space but spaces, and most often one at a time.
    if not text.isprintable():
        text = re.sub(_UNSAFE, "", _WHITE_SPACE.sub(" ", text))
    if "  " in text or not text.isprintable():
        text = _WHITE_SPACE.sub(" ", text)
    return style.escape(text)


def _as_is(text: str) -> str:
    return text


def _html(text: str) -> str:
    for character, entity in _HTML_SPECIAL:
        if character in text:
            text = text.replace(character, entity)
    return text


def _markdown(text: str) -> str:
    return re.sub(_MARKDOWN_SPECIAL, r"\\\g<0>", text)


PLAIN = Style("", "", _as_is)
ANSI = Style("\x1b[1m", "\x1b[0m", _as_is)
HTML = Style("<mark>", "</mark>", _html)
MARKDOWN = Style("**", "**", _markdown)
