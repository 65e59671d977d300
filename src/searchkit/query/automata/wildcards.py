r"""Wildcards → trees: `*` is any characters, `?` is one, and a backslash takes their meaning from them."""

from __future__ import annotations

import re
from collections.abc import Callable

from searchkit.query.automata.trees import ANY, Characters, Repeat, Row, Tree

__all__ = ["MARKS", "pieces_of", "read_wildcards"]

MARKS = ("*", "?")
_PIECE = re.compile(r"(?s)([*?])|((?:[^*?\\]|\\.|\\\Z)+)")
_ESCAPE = re.compile(r"(?s)\\(.)")


def pieces_of(text: str) -> list[tuple[str, bool]]:
    r"""The parts of a text with wildcards, in order: (characters, False) or ("*" or "?", True); `\*` is a character."""
    return [(match[1], True) if match[1] else (_ESCAPE.sub(r"\1", match[2]), False) for match in _PIECE.finditer(text)]


def read_wildcards(text: str, fold: Callable[[str], str]) -> Tree:
    """The tree of a text with wildcards.

    fold: what analysis does to the letters of words, which is done to those of the text too.
    """
    parts: list[Tree] = []
    for piece, is_mark in pieces_of(text):
        if not is_mark:
            parts += [Characters(((ord(one), ord(one)),)) for one in fold(piece)]
        elif piece == "?":
            parts.append(ANY)
        elif not parts or parts[-1] != _ANYTHING:
            parts.append(_ANYTHING)
    return Row(tuple(parts))


_ANYTHING = Repeat(ANY, 0, None)
