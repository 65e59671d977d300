"""A word as typed → its node: plain, a year, a prefix, boosted, or something that is not supported yet."""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache

from searchkit.query.lexer import unescape
from searchkit.query.nodes import And, Boost, Node, Prefix, Word, Year
from searchkit.query.problems import Context
from searchkit.query.zones import span, zone

__all__ = ["boosted", "regex_node", "split_boost", "word_node"]

_YEAR = re.compile(r"(?:1\d{3}|20\d\d|2100)")
_BOOST = re.compile(r"\d+(?:\.\d+)?|\.\d+")
_PUNCTUATION = ",.;:?!"
_WORDY = re.compile(r"[^\x00-&(-/:-@\[-`{-\x7f]")
_BREAK = re.compile(r"[!-&(-/:-@\[-`{-~]")
_FUZZY = re.compile(r"([\w'’-]++)~\d*(?:\.\d+)?")
_WILD = re.compile(r"[\w*?'’-]+")
_MARKS = re.compile(r"[*?]")
_MOST_BOOST = 1000.0
_SHORTEST_HEAD = 3


def word_node(context: Context, raw: str, field: str | None, start: int, year: bool) -> Node | None:
    """The node of a word, or None where it is nothing but punctuation.

    raw: what was typed, backslashes and all, from `start` on.
    field: the field to search in, or None.
    year: whether a year may stand for its dates.
    """
    if raw.isalnum():
        return _plain(context, raw, raw, field, year)
    literal, shape, factor = split_boost(*unescape(raw))
    shape = shape.rstrip(_PUNCTUATION)
    literal = literal[: len(shape)]
    place = (start, start + len(raw))
    if _WORDY.search(shape) is None:
        return None
    if "*" in shape or "?" in shape or "~" in shape:
        node = _marked(context, literal, shape, field, place)
    else:
        node = _plain(context, literal, shape, field, year)
    return boosted(context, node, factor, place)


def split_boost(literal: str, shape: str) -> tuple[str, str, str]:
    """A word and its shape (see `unescape`) without the boost at their end, and the boost's digits or ""."""
    caret = shape.rfind("^")
    if caret < 1 or _BOOST.fullmatch(shape, caret + 1) is None:
        return literal, shape, ""
    return literal[:caret], shape[:caret], shape[caret + 1 :]


def boosted(context: Context, node: Node, factor: str, place: tuple[int, int]) -> Node:
    """The node with its boost; digits that make no boost are a problem and ignored, "" is no boost."""
    if not factor:
        return node
    value = float(factor)
    if value > _MOST_BOOST:
        context.problem(f"a boost is from 0 to {_MOST_BOOST:g}: ignored", *place)
        return node
    return Boost(node, value)


def regex_node(context: Context, raw: str, field: str | None, start: int) -> Node | None:
    """What is nearest to a regular expression, not supported yet: the word that it begins with, or its longest."""
    body = raw[1:-1]
    context.problem("regular expressions are not supported yet: searched for the words in it", start, start + len(raw))
    words = re.findall(r"\w+", body)
    if not words:
        return None
    head = words[0] if body.startswith(words[0]) and "|" not in body else ""
    if head == body:
        return Word(body, field)
    if body[len(head) :][:1] in ("?", "*", "{"):
        head = head[:-1]
    return Prefix(head, field) if len(head) >= _SHORTEST_HEAD else Word(max(words, key=len), field)


def _plain(context: Context, literal: str, shape: str, field: str | None, year: bool) -> Node:
    schema = context.schema
    if year and field is None and len(shape) == 4 and schema.date is not None and _YEAR.fullmatch(shape):
        return _year(literal, schema.timezone)
    return Word(literal, field)


@lru_cache(maxsize=1024)
def _year(text: str, timezone: str) -> Year:
    return Year(text, *span(datetime(int(text), 1, 1), "year", zone(timezone)))


def _marked(context: Context, literal: str, shape: str, field: str | None, place: tuple[int, int]) -> Node:
    """A word with `*`, `?` or `~` in it that are not escaped."""
    if shape.endswith("*") and not _MARKS.search(shape, 0, len(shape) - 1) and "~" not in shape:
        return _prefix(literal[:-1], shape[:-1], field)
    if match := _FUZZY.fullmatch(shape):
        context.problem("fuzzy words (~) are not supported yet: searched as typed", *place)
        return Word(literal[: match.end(1)], field)
    if _WILD.fullmatch(shape) is None:
        return Word(literal, field)
    head = literal[: _MARKS.search(shape).start()]  # type: ignore[union-attr]
    if len(head) >= _SHORTEST_HEAD:
        context.problem("wildcards inside a word are not supported yet: searched for its beginning", *place)
        return Prefix(head, field)
    context.problem("wildcards (* ?) are supported at the end of a word only: searched without them", *place)
    return Word("".join(a for a, b in zip(literal, shape, strict=True) if b not in "*?"), field)


def _prefix(literal: str, shape: str, field: str | None) -> Node:
    """A prefix; of one with punctuation inside, as `anti-am*`, the words before it are looked for as they are."""
    breaks = list(_BREAK.finditer(shape))
    if not breaks:
        return Prefix(literal, field)
    head, tail = literal[: breaks[-1].start()], literal[breaks[-1].end() :]
    if not tail:
        return Word(head, field)
    return And((Word(head, field), Prefix(tail, field))) if _WORDY.search(head) else Prefix(tail, field)
