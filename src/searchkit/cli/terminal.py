"""What a terminal is told: how wide it is, whether it gets colours, and never a control character of an article."""

from __future__ import annotations

import os
import re
from typing import TextIO

__all__ = ["Paint", "columns", "is_terminal", "one_line", "paint_for", "several_lines", "width_of", "wrapped"]

# Control characters (escape sequences start with one), overrides of the writing direction, and lone surrogates, which
# cannot be encoded. (A string, which `re` compiles when it is first used: most texts are printable.)
_UNSAFE = "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
_WHITE_SPACE = re.compile(r"\s+")
_ESCAPE = re.compile("\x1b\\[[0-9;]*m")
_LINE_ENDS = "\r\n?|\x85|\u2028|\u2029"
_WIDEST, _NARROWEST, _USUAL = 120, 40, 80


def one_line(text: str) -> str:
    """The text on one line, without what could do anything to a terminal."""
    line = _WHITE_SPACE.sub(" ", text).strip()
    return line if line.isprintable() else re.sub(_UNSAFE, _shown, line).strip()


def several_lines(text: str) -> str:
    """The text with its line ends and tabs, without what else could do anything to a terminal."""
    return re.sub(_UNSAFE, _shown, re.sub(_LINE_ENDS, "\n", text))


def _shown(match: re.Match[str]) -> str:
    """Bytes of the command line or of a file's name that are not UTF-8 are replaced, the rest goes."""
    return "\ufffd" if match[0] >= "\ud800" else ""


def is_terminal(stream: TextIO | None) -> bool:
    """Whether somebody looks at what is written there."""
    try:
        return stream is not None and stream.isatty()
    except ValueError:  # closed
        return False


def width_of(stream: TextIO | None) -> int:
    """How many columns lines should take on a terminal: $COLUMNS, or what it says; from 40 to 120."""
    columns = os.environ.get("COLUMNS", "")
    width = int(columns) if columns.isascii() and columns.isdigit() else 0
    try:
        if stream is not None and not width:
            width = os.get_terminal_size(stream.fileno()).columns
    except (OSError, ValueError):
        pass
    return max(_NARROWEST, min(_WIDEST, width or _USUAL))


class Paint:
    """Puts colours around texts, or leaves them as they are."""

    __slots__ = ("colors",)

    def __init__(self, colors: bool) -> None:
        self.colors = colors

    def title(self, text: str) -> str:
        """What catches the eye."""
        return self._in("1;36", text)

    def faint(self, text: str) -> str:
        """What stands back."""
        return self._in("2", text)

    def _in(self, code: str, text: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.colors and text else text


def paint_for(stream: TextIO | None, *, no_color: bool) -> Paint:
    """Colours where a terminal can show them, and neither `--no-color` nor $NO_COLOR asks for none."""
    refused = no_color or os.environ.get("NO_COLOR", "") != "" or os.environ.get("TERM", "") in ("", "dumb")
    return Paint(is_terminal(stream) and not refused)


def wrapped(text: str, width: int, indent: str) -> list[str]:
    """The words of a text that may hold colours in lines of at most `width` columns, each behind `indent`."""
    lines, line, used = [], "", 0
    room = width - len(indent)
    for word in text.split(" "):
        for piece in _pieces(word, room):
            size = columns(piece)
            if line and used + 1 + size > room:
                lines.append(line)
                line, used = piece, size
            else:
                line, used = (f"{line} {piece}", used + 1 + size) if line else (piece, size)
    return [indent + one for one in (*lines, line) if one]


def _pieces(word: str, room: int) -> list[str]:
    """The word, cut where it is longer than a line (texts in Chinese or Japanese have no spaces)."""
    if len(word) * 2 <= room or columns(word) <= room:
        return [word]
    pieces, piece, used = [], "", 0
    for part in re.findall("\x1b\\[[0-9;]*m|.", word, re.DOTALL):
        size = columns(part)
        if used + size > room:
            pieces.append(piece)
            piece, used = "", 0
        piece, used = piece + part, used + size
    return [*pieces, piece]


def columns(text: str) -> int:
    """How many columns a text takes."""
    plain = _ESCAPE.sub("", text)
    if plain.isascii():
        return len(plain)
    from unicodedata import combining, east_asian_width

    return sum(0 if combining(sign) else 1 + (east_asian_width(sign) in "WF") for sign in plain)
