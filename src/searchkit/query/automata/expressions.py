r"""Regular expressions → trees.

The syntax is what all dialects share: `.` `[a-z]` `[^a-z]` `( )` `(?: )` `|` `*` `+` `?` `{2}` `{2,}` `{2,5}`, `\d`,
`\w`, and a backslash that takes the meaning from a sign. A lazy `?` after a quantifier, `^` at the beginning and `$` at
the end say nothing, since an expression is of whole words. References back to a group are no regular expressions.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from searchkit.errors import LimitExceeded, QueryError
from searchkit.query.automata.trees import ANY, LAST, Characters, Choice, Repeat, Row, Tree

__all__ = ["read_expression"]

Fold = Callable[[str], str]

_COUNT = re.compile(r"\{(\d{1,6})(?:(,)(\d{0,6}))?\}")
_DIGITS = [(48, 57)]
_WORDY = [(48, 57), (65, 90), (95, 95), (97, 122), (0x80, LAST)]
_SPACES = [(9, 13), (32, 32), (0x85, 0x85), (0xA0, 0xA0), (0x2000, 0x200A), (0x2028, 0x2029), (0x3000, 0x3000)]
_ESCAPES = {"d": _DIGITS, "w": _WORDY, "s": _SPACES}
_CONTROLS = {"t": "\t", "n": "\n", "r": "\r"}
_WIDEST_FOLDED = 1_000


def read_expression(text: str, fold: Fold, deepest: int) -> Tree:
    """The tree of a regular expression.

    fold: what analysis does to the letters of words, which is done to those of the expression too.
    deepest: how many brackets may stand in each other; beyond it `LimitExceeded` names `query_depth`.

    Raises `QueryError` for what is no regular expression, with the place in it.
    """
    reader = _Reader(text, fold, deepest)
    tree = reader.choice(0)
    if reader.at < len(text):
        raise reader.error("this bracket closes nothing", reader.at)
    return tree


class _Reader:
    def __init__(self, text: str, fold: Fold, deepest: int) -> None:
        self.text, self.at = text, 0
        self._fold, self._deepest = fold, deepest

    def error(self, reason: str, start: int) -> QueryError:
        return QueryError(reason, self.text, start, max(start + 1, min(self.at, len(self.text))))

    def choice(self, depth: int) -> Tree:
        """What stands up to the end or a closing bracket."""
        if depth > self._deepest:
            raise LimitExceeded("query_depth", f"brackets deeper than {self._deepest}")
        rows = [self._row(depth)]
        while self._next() == "|":
            self.at += 1
            rows.append(self._row(depth))
        return rows[0] if len(rows) == 1 else Choice(tuple(rows))

    def _next(self) -> str:
        return self.text[self.at : self.at + 1]

    def _follows(self, *signs: str) -> bool:
        """Whether one of the signs stands after the next character."""
        return self.text[self.at + 1 : self.at + 2] in signs

    def _row(self, depth: int) -> Tree:
        parts: list[Tree] = []
        while (character := self._next()) not in ("", "|", ")"):
            if (character == "^" and not parts) or (character == "$" and self._follows("", "|", ")")):
                self.at += 1
                continue
            part = self._part(character, depth)
            parts.append(self._repeated(part))
        return parts[0] if len(parts) == 1 else Row(tuple(parts))

    def _part(self, character: str, depth: int) -> Tree:
        start = self.at
        self.at += 1
        if character == ".":
            return ANY
        if character == "(":
            return self._group(start, depth)
        if character == "[":
            return self._class(start)
        if character == "\\":
            return self._escape(start)
        if character in "*+?{":
            raise self.error(f"nothing stands before {character} here", start)
        return self._literal(character)

    def _group(self, start: int, depth: int) -> Tree:
        if self.text.startswith("?:", self.at):
            self.at += 2
        elif self._next() == "?":
            raise self.error("(? is not supported, but for (?:", start)
        tree = self.choice(depth + 1)
        if self._next() != ")":
            raise self.error("this bracket is not closed", start)
        self.at += 1
        return tree

    def _repeated(self, part: Tree) -> Tree:
        while (sign := self._next()) and sign in "*+?{":
            start = self.at
            low, high = (1, None) if sign == "+" else (0, 1) if sign == "?" else (0, None)
            if sign == "{":
                low, high = self._count(start)
            else:
                self.at += 1
            part = Repeat(part, low, high)
            if self._next() == "?":
                self.at += 1
        return part

    def _count(self, start: int) -> tuple[int, int | None]:
        match = _COUNT.match(self.text, start)
        if match is None:
            raise self.error("a count is written {2}, {2,} or {2,5}", start)
        self.at = match.end()
        low = int(match[1])
        high = low if match[2] is None else int(match[3]) if match[3] else None
        if high is not None and high < low:
            raise self.error("a count ends before it begins", start)
        return low, high

    def _escape(self, start: int) -> Tree:
        character = self._next()
        if not character:
            raise self.error("nothing stands after this backslash", start)
        self.at += 1
        if character.lower() in _ESCAPES:
            return Characters.of(_ESCAPES[character.lower()], negated=character.isupper())
        return self._literal(self._plain(character, start))

    def _plain(self, character: str, start: int) -> str:
        """The character that an escape stands for."""
        if character in _CONTROLS:
            return _CONTROLS[character]
        if character.isascii() and character.isalnum():
            raise self.error(f"\\{character} is not supported", start)
        return character

    def _literal(self, character: str) -> Tree:
        folded = self._fold(character)
        single = [Characters(((ord(one), ord(one)),)) for one in folded]
        return single[0] if len(single) == 1 else Row(tuple(single))

    def _class(self, start: int) -> Tree:
        negated = self._next() == "^"
        self.at += negated
        intervals: list[tuple[int, int]] = []
        first = self.at
        while (character := self._next()) != "]" or self.at == first:
            if not character:
                raise self.error("this bracket is not closed", start)
            intervals += self._class_item()
        self.at += 1
        return Characters.of(intervals, negated=negated)

    def _class_item(self) -> list[tuple[int, int]]:
        start = self.at
        low = self._class_character()
        if isinstance(low, list):
            return low
        if self._next() != "-" or self._follows("", "]"):
            return self._folded(low, low)
        self.at += 1
        high = self._class_character()
        if isinstance(high, list) or high < low:
            raise self.error("this range of characters ends before it begins", start)
        return self._folded(low, high)

    def _class_character(self) -> str | list[tuple[int, int]]:
        start = self.at
        character = self._next()
        self.at += 1
        if character != "\\":
            return character
        escaped = self._next()
        if not escaped:
            raise self.error("nothing stands after this backslash", start)
        self.at += 1
        if escaped.lower() in _ESCAPES:
            return list(Characters.of(_ESCAPES[escaped.lower()], negated=escaped.isupper()).intervals)
        return self._plain(escaped, start)

    def _folded(self, low: str, high: str) -> list[tuple[int, int]]:
        """A range of characters, and what folding makes of each of them where they are not too many."""
        first, last = ord(low), ord(high)
        found = [(first, last)]
        if last - first < _WIDEST_FOLDED:
            folded = set(map(self._fold, map(chr, range(first, last + 1))))
            found += [(ord(one), ord(one)) for one in folded if len(one) == 1]
        return found
