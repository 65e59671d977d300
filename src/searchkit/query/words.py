"""A word as typed → its node: plain, a year, a prefix, with wildcards, fuzzy, boosted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from unicodedata import category

from searchkit.query.lexer import unescape
from searchkit.query.nodes import And, Boost, Constant, Fuzzy, Node, Prefix, Wildcard, Word, Year
from searchkit.query.patterns import pattern
from searchkit.query.problems import Context
from searchkit.query.zones import span, zone

__all__ = ["BREAK", "boosted", "is_wordy", "split_boost", "word_node"]

_YEAR = re.compile(r"(?:1\d{3}|20\d\d|2100)")
_BOOST = re.compile(r"=?(?:\d+(?:\.\d+)?|\.\d+)")
_PUNCTUATION = ",.;:?!"
_WORDY = re.compile(r"[^\W_]")
_UNASSIGNED = "Cn"
# Punctuation that is between words, whatever language they are of; apostrophes and wildcards are not.
BREAK = r"[!-&()+-/:->@\[-`{-~\u2010-\u2018\u201b-\u2027\u2030-\u2031\u2035-\u205e\u3000-\u303f！-／：-＠]"
_ACRONYM = r"[A-Za-z](?:\.[A-Za-z])++\.?\*"
_FUZZY = r"~(\d{0,9}(?:\.\d{1,9})?)\Z"
_MARKS = r"[*?]"
_MOST_BOOST = 1000.0


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
    if not is_wordy(shape):
        return None
    # Signs in an address are part of it.
    if ("*" in shape or "?" in shape or "~" in shape) and "://" not in shape:
        node = _marked(context, literal, shape, field, place)
    else:
        node = _plain(context, literal, shape, field, year)
    return boosted(context, node, factor, place)


def is_wordy(text: str) -> bool:
    """Whether a text has a character that makes it more than punctuation."""
    if _WORDY.search(text) is not None:
        return True
    # What this Unicode does not know yet may be a letter of a later one.
    return not text.isascii() and _UNASSIGNED in map(category, text)


def split_boost(literal: str, shape: str) -> tuple[str, str, str]:
    """A word and its shape (see `unescape`) without the boost at their end, and the boost's digits or ""."""
    caret = shape.rfind("^")
    if caret < 1 or _BOOST.fullmatch(shape, caret + 1) is None:
        return literal, shape, ""
    return literal[:caret], shape[:caret], shape[caret + 1 :]


def boosted(context: Context, node: Node, factor: str, place: tuple[int, int]) -> Node:
    """The node with its boost, or with the constant score that digits after "=" say; digits that make neither are a
    problem and ignored, "" is no boost.
    """
    if not factor:
        return node
    value = float(factor.removeprefix("="))
    constant = factor.startswith("=")
    if value > _MOST_BOOST:
        what = "a constant score" if constant else "a boost"
        context.problem(f"{what} is from 0 to {_MOST_BOOST:g}: ignored", *place)
        return node
    return Constant(node, value) if constant else Boost(node, value)


def _plain(context: Context, literal: str, shape: str, field: str | None, year: bool) -> Node:
    schema = context.schema
    if year and field is None and len(shape) == 4 and schema.date is not None and _YEAR.fullmatch(shape):
        return _year(literal, schema.timezone)
    return Word(literal, field)


@lru_cache(maxsize=1024)
def _year(text: str, timezone: str) -> Year:
    return Year(text, *span(datetime(int(text), 1, 1), "year", zone(timezone)))


def _marked(context: Context, literal: str, shape: str, field: str | None, place: tuple[int, int]) -> Node:
    """A word with `*`, `?` or `~` in it that are not escaped.

    Of one with punctuation inside, as `anti-am*`, the last word has the marks at its end, and the words are looked for
    one by one. An acronym is one word, as in articles.
    """
    if pattern(_ACRONYM).fullmatch(shape):
        return Prefix(literal[:-1].replace(".", ""), field)
    fuzzy = pattern(_FUZZY).search(shape)
    if "~" in shape and (fuzzy is None or not is_wordy(shape[: fuzzy.start()])):
        return Word(literal, field)
    end = fuzzy.start() if fuzzy else len(shape)
    while fuzzy and end and pattern(BREAK).match(shape, end - 1):
        end -= 1
    nodes = [
        _piece(literal[start:stop], shape[start:stop], field)
        for start, stop in _pieces(shape, end)
        if is_wordy(shape[start:stop])
    ]
    if not nodes:
        return Word(literal, field)
    if fuzzy:
        nodes[-1] = _fuzzy(context, nodes[-1], fuzzy[1], field, place)
    return nodes[0] if len(nodes) == 1 else And(tuple(nodes))


def _pieces(shape: str, end: int) -> Iterator[tuple[int, int]]:
    """Where the words with wildcards are, and what is between them; and where the last word is, if it has none."""
    start = stop = after = 0
    edges = [(match.start(), match.end()) for match in pattern(BREAK).finditer(shape, 0, end)]
    for before, behind in [*edges, (end, end)]:
        if before == end or pattern(_MARKS).search(shape, after, before):
            yield start, stop
            yield after, before
            start = stop = behind
        else:
            stop = before
        after = behind


def _piece(literal: str, shape: str, field: str | None) -> Node:
    """A word without punctuation inside: plain, a prefix, or with wildcards; at its end `?` is punctuation."""
    shape = shape.rstrip("?")
    literal = literal[: len(shape)]
    marks = [match.start() for match in pattern(_MARKS).finditer(shape)]
    if not marks:
        return Word(literal, field)
    if marks == [len(shape) - 1] and shape.endswith("*"):
        return Prefix(literal[:-1], field)
    text = "".join(f"\\{a}" if a != b and a in "*?\\" else a for a, b in zip(literal, shape, strict=True))
    return Wildcard(text, field)


def _fuzzy(context: Context, node: Node, digits: str, field: str | None, place: tuple[int, int]) -> Node:
    """A word made fuzzy: `~1` edits, or as Lucene had it once, `~0.8` of its length unchanged."""
    if not isinstance(node, Word):
        context.problem("a word with wildcards cannot be fuzzy (~) too: searched without ~", *place)
        return node
    if not digits:
        return Fuzzy(node.text, field)
    most = context.limits.edit_distance
    distance = int(float(digits)) if float(digits) >= 1 or not float(digits) else _share(node.text, float(digits), most)
    if distance > most:
        context.limit("edit_distance", f"a fuzzy word is at most {most} edits away: searched with ~{most}", *place)
    return Fuzzy(node.text, field, min(distance, most))


def _share(text: str, unchanged: float, most: int) -> int:
    return min(int((1 - unchanged) * len(text)), most)
