"""Lines of running text, with one kind of line end."""

from __future__ import annotations

__all__ = ["first_line", "lines_of"]


def lines_of(text: str) -> list[str]:
    """The lines of a text without their ends; "\\r\\n" and "\\r" end a line as "\\n" does, nothing else does."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def first_line(lines: list[str]) -> int:
    """The index of the first line that isn't blank, or the number of lines where all are."""
    return next((index for index, line in enumerate(lines) if line and not line.isspace()), len(lines))
