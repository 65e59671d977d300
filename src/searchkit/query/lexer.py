"""Query text → tokens, one at a time and without looking back; knows no field and no schema.

Every pattern is possessive or stops at the first character of its own kind, so that reading a text takes time linear in
its length.
"""

from __future__ import annotations

import re
from typing import Final

from searchkit.query.patterns import pattern

__all__ = [
    "AND",
    "CLOSE",
    "CURLED",
    "END",
    "MARK",
    "OPEN",
    "OR",
    "QUOTE",
    "QUOTES",
    "REGEX",
    "WORD",
    "Lexer",
    "unescape",
]

END: Final = 0
MARK: Final = 1
REGEX: Final = 2
WORD: Final = 3
QUOTE: Final = 4
OPEN: Final = 5
CLOSE: Final = 6
OR: Final = 7
AND: Final = 8

CURLED = "“”„‟«»＂"
QUOTES: Final = '"' + CURLED
_WORD = rf'(?:[^\s()"{CURLED}|&\\]++|&(?!&)|\\.?)++'
# The groups are in the order of the kinds above.
_TOKEN = rf"""(?sx)\s*+(?:
      ((?<![^\s(|&])[-+!−－](?![-+!−－\s)]|\Z))
    | (/(?:[^/\\\s]|\\.)++/(?=[\s)^]|\Z))
    | ({_WORD})
    | (["{CURLED}])
    | (\()
    | (\))
    | (\|\|?)
    | (&&)
    )?"""
_VALUE = rf"(?s){_WORD}"
_SPACE = r"\s*+"
_PHRASE = r'(?s)"((?:[^"\\]++|\\.)*+)"'
_CURLED_PHRASE = rf'(?s)["{CURLED}]((?:[^"{CURLED}\\]++|\\.)*+)["{CURLED}]'
_QUOTED_ESCAPE = rf'\\(["{CURLED}\\])'
_ESCAPE = r"(?s)\A\\(.)|\\([\W_])"
_SUFFIX = r"(?:~(\d*+))?+(\*)?+(?:\^(=?+\d++(?:\.\d++)?+))?+"
_RANGE = r"([\[{])([^\[\]{}]*+)([\]}])"
_OPEN_RANGE = r"([\[{])\s*+(\S++\s++TO\s++[^\s()]++)"
_COMPARISON = r"\s*+(>=|<=|=|<|>|≥|≤)\s*+"
_JOINT = r"\s++(?:TO|[-–—…]|\.\.\.?)\s++"
_FURTHER = r"\s++[\w.,]{1,12}+"


def unescape(raw: str) -> tuple[str, str]:
    r"""A word without its backslashes, and its shape: the same with an `a` for each character that had one.

    A backslash counts before a character that is no letter and no digit, and before the first character
    whatever it is; elsewhere it is text. The shape tells an asterisk that was typed as `\*` from one with a meaning.
    """
    if "\\" not in raw:
        return raw, raw
    return re.sub(_ESCAPE, lambda match: match[1] or match[2], raw), re.sub(_ESCAPE, "a", raw)


class Lexer:
    """A place in a query's text, and the ways of reading on from there."""

    __slots__ = ("end", "position", "raw", "start", "text")

    def __init__(self, text: str) -> None:
        self.text, self.position = text, 0
        self.raw, self.start, self.end = "", 0, 0

    def next(self) -> int:
        """Read a token: its kind is given, its text and place are in `raw`, `start` and `end`."""
        match = pattern(_TOKEN).match(self.text, self.position)
        kind = match.lastindex if match is not None else None
        if match is None or kind is None:
            return END
        self.raw = match[kind]
        self.position = self.end = match.end()
        self.start = self.end - len(self.raw)
        return kind

    def skip_space(self) -> None:
        """Go to the next character that is no white space."""
        match = pattern(_SPACE).match(self.text, self.position)
        self.position = match.end() if match is not None else self.position

    def phrase(self) -> tuple[str, bool]:
        """Read the rest of a phrase whose opening quote is at `start`: its text, and whether it is closed."""
        match = pattern(_PHRASE).match(self.text, self.start) or pattern(_CURLED_PHRASE).match(self.text, self.start)
        raw = match[1] if match else self.text[self.start + 1 :]
        self.position = self.end = match.end() if match else len(self.text)
        return re.sub(_QUOTED_ESCAPE, r"\1", raw) if "\\" in raw else raw, match is not None

    def suffix(self) -> tuple[str | None, str, str]:
        """Read what may follow a closing quote or bracket: the digits after `~` (None: there is no `~`), `*` or "", and
        a boost's digits.
        """
        match = pattern(_SUFFIX).match(self.text, self.position)
        if match is None or match.end() == self.position:
            return None, "", ""
        self.position = self.end = match.end()
        return match[1], match[2] or "", match[3] or ""

    def range(self) -> tuple[str, str, str] | None:
        """Read `[a TO b]`: its opening bracket, what is inside, and its closing bracket ("" where it is missing)."""
        closed = pattern(_RANGE).match(self.text, self.position)
        match = closed or pattern(_OPEN_RANGE).match(self.text, self.position)
        if match is None:
            return None
        self.position = self.end = match.end()
        return match[1], match[2], closed[3] if closed else ""

    def comparison(self) -> str:
        """Read a sign of comparison, if there is one."""
        match = pattern(_COMPARISON).match(self.text, self.position)
        if match is None:
            return ""
        self.position = match.end()
        return match[1].replace("≥", ">=").replace("≤", "<=")

    def joint(self) -> bool:
        """Read what may stand apart between the ends of a range: TO, dots or a dash, with white space on both sides."""
        match = pattern(_JOINT).match(self.text, self.position)
        self.position = match.end() if match is not None else self.position
        return match is not None

    def value(self) -> str:
        """Read the text that stands right here, up to white space, a quote or a bracket; "" if there is none."""
        match = pattern(_VALUE).match(self.text, self.position)
        if match is None:
            return ""
        self.start, self.position = self.position, match.end()
        self.end = self.position
        return match[0]

    def further_words(self) -> list[int]:
        """The ends of the three next words: a date may be typed as several, without quotes."""
        ends: list[int] = []
        position = self.position
        while len(ends) < 3 and (match := pattern(_FURTHER).match(self.text, position)) is not None:
            position = match.end()
            ends.append(position)
        return ends
