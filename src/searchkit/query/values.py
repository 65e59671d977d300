"""What stands after `field:`, by the field's type."""

from __future__ import annotations

import re

from searchkit.dataclasses import replace
from searchkit.query import lexer as tokens
from searchkit.query.lexer import Lexer, unescape
from searchkit.query.nodes import All, Has, Node, Phrase, Term
from searchkit.query.problems import Context
from searchkit.query.proximity import bounded_reach
from searchkit.query.scalars import between, ends_of_range, is_date, is_value, range_between
from searchkit.query.targets import Target
from searchkit.query.words import boosted, is_wordy, split_boost, word_node
from searchkit.schema import Bool, Date, Keyword, Number, Stored, Text

__all__ = ["read_phrase", "read_value", "suffixed"]

_TRUE = ("true", "yes", "on", "1")
_FALSE = ("false", "no", "off", "0")
# What may be the first word of a date that is typed as several.
_INCOMPLETE = r"\d{1,2}(?:st|nd|rd|th)?|[A-Za-z]+\.?|[Qq]\d"


def read_value(context: Context, lexer: Lexer, target: Target) -> Node | None:
    """Read a value at the lexer's place; None, with a problem, where it makes no sense for the field."""
    if isinstance(target.kind, Date | Number):
        return _read_scalar(context, lexer, target)
    start = lexer.position
    sign = lexer.comparison()
    if sign != "=":
        _note_order(context, lexer, target, start, sign)
        lexer.position = start
    place = lexer.position
    following = context.text[place : place + 1]
    if following == "/" and lexer.next() == tokens.REGEX:
        from searchkit.query.expressions import regex_node  # searching starts sooner without automata

        node = regex_node(context, lexer.raw, _searchable(context, target, start, lexer.end), place)
        return suffixed(context, lexer, node, start)
    lexer.position = place
    if following and following in tokens.QUOTES:
        text = read_phrase(context, lexer)
        node = _quoted(context, target, text, sign == "=", (start, lexer.end))
        return suffixed(context, lexer, node, start)
    raw = lexer.value()
    if not raw:
        context.problem(f"nothing to search for stands after {target.name}: here", start - 1, start)
        return None
    return _unquoted(context, target, raw, sign == "=", (start, lexer.end))


def _note_order(context: Context, lexer: Lexer, target: Target, start: int, sign: str) -> None:
    """Note where intervals are asked of a field that has none, as in `title:>5` and `author:[a TO b]`."""
    if sign or (context.text[start : start + 1] in ("[", "{") and _is_range(lexer.range())):
        message = f"{target.name} has no intervals, only dates and numbers have: searched as text"
        context.problem(message, start, max(lexer.end, start + len(sign)))


def _is_range(found: tuple[str, str, str] | None) -> bool:
    return found is not None and len(ends_of_range(found[1])) == 2


def read_phrase(context: Context, lexer: Lexer) -> str:
    """Read a phrase whose opening quote is at the lexer's place; one without an end is a problem."""
    lexer.next()
    text, closed = lexer.phrase()
    if not closed:
        context.problem("this quote is not closed: read to the end", lexer.start, lexer.end)
    return text


def suffixed(context: Context, lexer: Lexer, node: Node | None, start: int) -> Node | None:
    """The node with what directly follows its closing quote or bracket: the slop of a phrase, a boost."""
    slop, asterisk, factor = lexer.suffix()
    place = (start, lexer.end)
    if slop is not None:
        if not isinstance(node, Phrase):
            context.problem(f"~{slop} goes with phrases only: ignored", *place)
        elif not slop:
            context.problem("a number has to stand after ~ here: ignored", *place)
        else:
            node = replace(node, slop=bounded_reach(context, slop, "~", place))
    if asterisk:
        context.problem("* says nothing after a quote or bracket: ignored", *place)
    return None if node is None else boosted(context, node, factor, place)


def _read_scalar(context: Context, lexer: Lexer, target: Target) -> Node | None:
    start = lexer.position
    if context.text[start : start + 1] in ("[", "{"):
        return _read_range(context, lexer, target)
    sign = lexer.comparison()
    begin = lexer.position
    if context.text[begin : begin + 1] in tuple(tokens.QUOTES):
        text = read_phrase(context, lexer)
        return suffixed(context, lexer, between(context, target, sign, text, (start, lexer.end)), start)
    raw, _, factor = split_boost(*unescape(lexer.value()))
    if isinstance(target.kind, Date) and re.fullmatch(_INCOMPLETE, raw):
        raw = _longest_date(context, lexer, begin, raw)
    if not sign and not target.bound and not factor:
        raw, factor = _with_other_end(context, lexer, target, raw)
    place = (start if lexer.end > start else start - 1, max(lexer.position, start))
    if raw == "*" and not sign and not target.bound:
        return boosted(context, Has(target.name), factor, place)
    node = between(context, target, sign, raw, place)
    return None if node is None else boosted(context, node, factor, place)


def _with_other_end(context: Context, lexer: Lexer, target: Target, raw: str) -> tuple[str, str]:
    """The range that a value is the beginning of where `TO`, dots or a dash and another value come after it, apart; and
    its boost. The value as it is where they do not.
    """
    after = lexer.position, lexer.end
    if lexer.joint() and is_value(context, target, raw):
        begin = lexer.position
        last, _, factor = split_boost(*unescape(lexer.value()))
        if isinstance(target.kind, Date) and re.fullmatch(_INCOMPLETE, last):
            last = _longest_date(context, lexer, begin, last)
        last = last.rstrip(",;?!")
        if is_value(context, target, last):
            return f"{raw}..{last}", factor
    lexer.position, lexer.end = after
    return raw, ""


def _longest_date(context: Context, lexer: Lexer, begin: int, raw: str) -> str:
    """The longest date that begins with a word and goes on over the ones after it; the word itself if there is none."""
    for end in reversed(lexer.further_words()):
        text = context.text[begin:end]
        if is_date(context, text.rstrip(",.;:?!")):
            lexer.position = lexer.end = end
            return text.rstrip(",.;:?!")
    return raw


def _read_range(context: Context, lexer: Lexer, target: Target) -> Node | None:
    start = lexer.position
    found = lexer.range()
    if found is None:
        lexer.value()
        context.problem("a range is written [a TO b]: left out", start, lexer.end)
        return None
    opening, body, closing = found
    place = (start, lexer.end)
    if not closing:
        context.problem("this range is not closed", *place)
    node = range_between(context, target, (opening, closing), body, place)
    return suffixed(context, lexer, node, start)


def _searchable(context: Context, target: Target, start: int, end: int) -> str | None:
    """The field to look for words in, or None for all, with a problem where words cannot be looked for in this one."""
    if isinstance(target.kind, Text) or (isinstance(target.kind, Keyword) and target.kind.parts):
        return target.name
    context.problem(f"words cannot be searched for in {target.name}: searched in all text", start, end)
    return None


def _quoted(context: Context, target: Target, text: str, exact: bool, place: tuple[int, int]) -> Node | None:
    kind = target.kind
    if isinstance(kind, Keyword) and (exact or not kind.parts):
        return Term(target.name, text)
    if kind is None or isinstance(kind, Bool):
        return _valued(context, target, text, place)
    if exact:
        context.problem(f"{target.name} has no exact values: searched for the words", *place)
    if not is_wordy(text):
        return None
    return Phrase(text, _searchable(context, target, *place))


def _unquoted(context: Context, target: Target, raw: str, exact: bool, place: tuple[int, int]) -> Node | None:
    kind = target.kind
    literal, shape, factor = split_boost(*unescape(raw))
    if shape == "*" and not exact and not isinstance(kind, Stored):
        return boosted(context, All() if kind is None else Has(target.name), factor, place)
    if kind is None or isinstance(kind, Bool) or (isinstance(kind, Keyword) and (exact or not kind.parts)):
        node = _valued(context, target, literal, place)
        return None if node is None else boosted(context, node, factor, place)
    if exact:
        context.problem(f"{target.name} has no exact values: searched for the words", *place)
    if raw[0] in "+-!" and is_wordy(raw):
        message = f"{raw[0]} goes before the name of the field ({raw[0]}{target.name}:…): ignored here"
        context.problem(message, place[0], place[0] + 1)
    field = _searchable(context, target, *place)
    return word_node(context, raw, field, place[1] - len(raw), False)


def _valued(context: Context, target: Target, text: str, place: tuple[int, int]) -> Node | None:
    """A whole value of a keyword, the key or a bool."""
    if not isinstance(target.kind, Bool):
        return Term(target.name, text)
    value = text.strip().rstrip(",;?!").lower()
    if value in _TRUE or value in _FALSE:
        return Term(target.name, "true" if value in _TRUE else "false")
    context.problem(f"{text!r} is neither true nor false: left out", *place)
    return None
