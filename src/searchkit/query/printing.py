"""Query tree → query text that parses back to the same tree."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import UTC
from decimal import Decimal
from functools import partial
from math import inf

from searchkit.query.automata.wildcards import pieces_of
from searchkit.query.intervals import numeric_ends, typed_date
from searchkit.query.nodes import (
    All,
    And,
    Bag,
    Between,
    Boost,
    Clause,
    Constant,
    Fuzzy,
    Has,
    Near,
    Node,
    Not,
    Nothing,
    Occur,
    Or,
    Phrase,
    Prefix,
    Regex,
    Term,
    Wildcard,
    Word,
    Year,
)
from searchkit.query.targets import FIELD
from searchkit.query.words import BREAK, is_wordy
from searchkit.query.zones import local
from searchkit.schema import Date, Schema

__all__ = ["to_text"]

_SIGNS = r'\s()\[\]{}"“”„‟«»＂|\\*?~^!'
_EDGES = r"\A[-+−－/.,;=<>≥≤]|&(?=&)|[.,;:]+\Z"
_RISKY = re.compile(rf"[{_SIGNS}]|{_EDGES}")
_PREFIX_RISKY = re.compile(rf"[{_SIGNS}−≥≤]|{BREAK}")
_PATTERN_RISKY = re.compile(r"[^\w'’]|_")
_IN_EXPRESSION = re.compile(r"[.*+?()\[\]{}|^$\\/\s]")
_RISKY_AFTER_NAME = re.compile(rf"[{_SIGNS}:：]|{_EDGES}")
_READ_SPECIALLY = re.compile(r"AND|OR|NOT|NEAR(?:/\d+)?|[12]\d{3}")
_MARKS = {Occur.DEFAULT: "", Occur.REQUIRED: "+", Occur.PROHIBITED: "-"}
_EVERYTHING, _NOTHING = "*:*", "-*:*"

Piece = str | Node
Pieces = list[Piece]


def to_text(node: Node, schema: Schema | None = None) -> str:
    """The query text of a tree; `parse` makes the same tree of it, if the parser can make that tree at all.

    node: any tree. What the parser never makes (an And of one child, a Bag of one default clause, an empty Phrase) is
        printed as the nearest text of the same meaning.
    schema: where given, dates are printed short (`date:1979`) in its zone, and it settles which Between is of a date;
        without it, ends that are all int are taken for instants.
    """
    dates = partial(_between, schema=schema)
    done: list[str] = []
    waiting: Pieces = [node]
    while waiting:
        piece = waiting.pop()
        if isinstance(piece, str):
            done.append(piece)
        else:
            waiting.extend(reversed(_pieces(piece, dates)))
    return "".join(done)


def _pieces(node: Node, dates: Callable[[Between], str]) -> Pieces:
    """A node as text and children that are yet to be printed."""
    match node:
        case Between():
            return [dates(node)]
        case And(children):
            return _joined(" AND ", children, (Not,)) if children else [_EVERYTHING]
        case Or(children):
            return _joined(" OR ", children, (Not, And)) if children else [_NOTHING]
        case Not(child):
            return ["NOT ", *_operand(child, negated=True)]
        case Boost(child, factor):
            return [*_operand(child, boosted=True), "^", _decimal(factor)]
        case Constant(child, score):
            return [*_operand(child, boosted=True), "^=", _decimal(score)]
        case Bag(clauses):
            return _bag(clauses)
    return [_leaf(node)]


def _decimal(number: float) -> str:
    return format(Decimal(repr(number)).normalize(), "f")


def _leaf(node: Node) -> str:
    match node:
        case Word(text, field):
            return _word(text) if field is None else f"{field}:{_escaped(text)}" if text else '""'
        case Phrase(text, field, slop):
            return f"{_field(field)}{_quoted(text)}{f'~{slop}' if slop else ''}"
        case Near(left, right, distance):
            return f"{_leaf(left)} NEAR/{distance} {_leaf(right)}"
        case Prefix(text, field):
            return f"{_field(field)}{_escaped(text, _PREFIX_RISKY)}*"
        case Wildcard(text, field):
            return _field(field) + _wildcard(text)
        case Regex(text, field):
            return _field(field) + _expression(text)
        case Fuzzy(text, field, distance):
            return f"{_field(field)}{_escaped(text, _PATTERN_RISKY)}~{'' if distance is None else distance}"
        case Term(field, value):
            return f"{field}:={_quoted(value)}"
        case Has(field):
            return f"{field}:*"
        case Year(text):
            return text
    return _NOTHING if isinstance(node, Nothing) else _EVERYTHING


def _joined(operator: str, children: Iterable[Node], bare: tuple[type[Node], ...]) -> Pieces:
    pieces: Pieces = []
    for child in children:
        if pieces:
            pieces.append(operator)
        pieces += [child] if isinstance(child, bare) and _several(child) else _operand(child)
    return pieces


def _several(node: Node) -> bool:
    """Whether an And prints with an operator; any other node counts as one that does."""
    return not isinstance(node, And) or len(node.children) > 1


def _bag(clauses: tuple[Clause, ...]) -> Pieces:
    pieces: Pieces = [] if clauses else [_EVERYTHING]
    for clause in clauses:
        negated = clause.occur is Occur.PROHIBITED
        pieces += [" " if pieces else "", _MARKS[clause.occur], *_operand(clause.node, negated=negated)]
    return pieces


def _operand(node: Node, *, negated: bool = False, boosted: bool = False) -> Pieces:
    """A child, in brackets where it needs them; a negated year needs them to mean its dates too."""
    bare = not isinstance(node, And | Or | Not | Bag | Nothing)
    if isinstance(node, Near):
        bare = not boosted
    if negated:
        bare = bare and not isinstance(node.child if isinstance(node, Boost | Constant) else node, Year)
    if boosted:
        bare = bare and not isinstance(node, Boost | Constant | All)
    return [node] if bare else ["(", node, ")"]


def _field(field: str | None) -> str:
    return "" if field is None else f"{field}:"


def _word(text: str) -> str:
    if not text:
        return '""'
    return "\\" + text if _READ_SPECIALLY.fullmatch(text) else _escaped(text)


def _escaped(text: str, risky: re.Pattern[str] | None = None) -> str:
    """A word with a backslash before each risky character, and before one that would be taken for punctuation."""
    pattern = risky or (_RISKY_AFTER_NAME if FIELD.match(text) else _RISKY)
    escaped = pattern.sub(_backslashed, text)
    return escaped if escaped.startswith("\\") or is_wordy(text) else "\\" + escaped


def _wildcard(text: str) -> str:
    """A word with wildcards; as a regular expression where typing it would mean something else."""
    pieces = pieces_of(text)
    marks = [piece for piece, is_mark in pieces if is_mark]
    wordy = len(marks) < len(pieces)
    if marks and wordy and pieces[-1] != ("?", True):
        return "".join(piece if is_mark else _PATTERN_RISKY.sub(_backslashed, piece) for piece, is_mark in pieces)
    signs = {"*": ".*", "?": "."}
    return _expression(
        "".join(signs[piece] if is_mark else _IN_EXPRESSION.sub(_backslashed, piece) for piece, is_mark in pieces)
    )


def _expression(text: str) -> str:
    """A regular expression between slashes; a slash or white space in it gets a backslash, where it has none."""
    return f"/{re.sub(_SLASH, _guarded, text) or '()'}/"


_SLASH = r"(?s)\\.|[/\s]"


def _guarded(match: re.Match[str]) -> str:
    return match[0] if match[0].startswith("\\") else f"\\{match[0]}"


def _backslashed(match: re.Match[str]) -> str:
    return "".join(f"\\{character}" for character in match[0])


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _between(node: Between, schema: Schema | None) -> str:
    ends = [end for end in (node.low, node.high) if end is not None]
    if schema is not None and node.field in schema.fields:
        dated = isinstance(schema.fields[node.field], Date)
    else:
        dated = all(isinstance(end, int) for end in ends)
    if dated and schema is not None and (short := typed_date(node, schema)) is not None:
        return f"{node.field}:{short}"
    if not dated:
        least, most = numeric_ends(node)
        return f"{node.field}:{least or '[*'} TO {most or '*]'}"
    low = "*" if node.low in (None, -inf) else _instant(node.low)
    high = "*" if node.high in (None, inf) else _instant(node.high)
    return f"{node.field}:[{low} TO {high}}}"


def _instant(value: float | None) -> str:
    micros = int(value or 0)
    try:
        moment = local(micros, UTC)
    except OverflowError:
        seconds, rest = divmod(abs(micros), 1_000_000)
        return f"@{'-' if micros < 0 else ''}{seconds}.{rest:06}"
    return moment.isoformat(timespec="microseconds" if moment.microsecond else "seconds") + "Z"
