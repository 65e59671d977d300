"""Query text → query tree, whatever is typed.

Read from left to right with a stack of open groups; no recursion and no going back, so the time is linear in the text.
"""

from __future__ import annotations

import re
from datetime import datetime

from searchkit.errors import QueryError
from searchkit.kernels.plain_text import plain_words
from searchkit.limits import DEFAULT_LIMITS, Limits
from searchkit.query import lexer as tokens
from searchkit.query.contradictions import note_contradictions
from searchkit.query.groups import STAR, Group
from searchkit.query.lexer import Lexer
from searchkit.query.nodes import All, And, Boost, Constant, Node, Nothing, Phrase, Prefix, Word
from searchkit.query.parsed import ParsedQuery
from searchkit.query.plain_words import PlainWords
from searchkit.query.problems import Context, Problem
from searchkit.query.proximity import NEAR, distance_of
from searchkit.query.scalars import between
from searchkit.query.targets import FIELD, Target, note_unknown, resolve
from searchkit.query.values import read_phrase, read_value, suffixed
from searchkit.query.words import is_wordy, word_node
from searchkit.schema import Schema

__all__ = ["parse"]

_SHORT = 256
_DATED = r"([^:]*) ([A-Za-z_][A-Za-z0-9_]*+):([0-9]{4}[-0-9TZ:.]*+)"
_PLAIN_PHRASE = re.compile(rf'"([^"{tokens.CURLED}\\\s][^"{tokens.CURLED}\\]*+)"')
_PLAIN_PREFIX = r"[^\W_]++\*"
_OPERATORS = ("AND", "OR", "NOT")


def parse(
    text: str, *, schema: Schema, limits: Limits = DEFAULT_LIMITS, now: datetime | None = None, strict: bool = False
) -> ParsedQuery:
    """Understand a query; any text at all gives a tree, and problems where something was not as it should be.

    text: in the query language (docs/query-language.md).
    schema: which fields there are, and the time zone of dates.
    limits: `query_length`, `query_depth` and `query_clauses` apply; a problem names the one that was hit.
    now: what relative dates count from; by default the clock, a naive one is in the schema's time zone.
    strict: raise `QueryError` for the first problem instead.
    """
    # Kernels take no subclass, of which the text is all that counts.
    text = text if type(text) is str else str.__str__(text)
    if len(text) <= _SHORT and (plain := _parse_plain(text, schema, limits, now)) is not None:
        return ParsedQuery(plain, (), schema)
    node, problems = _parse_any(text, schema, limits, now)
    if strict and problems:
        first = problems[0]
        raise QueryError(first.message, text, first.start, first.end)
    return ParsedQuery(node, problems, schema)


def _parse_plain(text: str, schema: Schema, limits: Limits, now: datetime | None) -> Node | None:
    """The short way for what most queries are: plain words with or without signs, with or without a date at the end;
    or one phrase or prefix and nothing else.
    """
    if len(text) > limits.query_length or not limits.query_clauses:
        return None
    if text[:1] == '"':
        phrase = _PLAIN_PHRASE.fullmatch(text)
        return None if phrase is None or not is_wordy(phrase[1]) else Phrase(phrase[1])
    if text[-1:] == "*":
        return None if re.fullmatch(_PLAIN_PREFIX, text) is None else Prefix(text[:-1])
    if ":" in text:
        return _parse_dated(text, schema, limits, now)
    plain = plain_words(text)
    if plain is None or len(plain[0]) > limits.query_clauses:
        return None
    texts, marks = plain
    return Word(text) if texts == [text] else PlainWords(tuple(texts), marks)


def _parse_dated(text: str, schema: Schema, limits: Limits, now: datetime | None) -> Node | None:
    """Plain words, and a primary date that begins with a year; None where it is anything else, or has a problem."""
    match = re.fullmatch(_DATED, text)
    plain = None if match is None else plain_words(match[1])
    target = None if match is None else resolve(match[2], schema)
    if match is None or plain is None or target is None or target.name != schema.date:
        return None
    context = Context(text, schema, now, limits)
    interval = between(context, target, "", match[3], match.span(3))
    texts, marks = plain
    if interval is None or context.problems or len(texts) >= limits.query_clauses:
        return None
    return PlainWords(tuple(texts), marks, interval)


def _parse_any(text: str, schema: Schema, limits: Limits, now: datetime | None) -> tuple[Node, tuple[Problem, ...]]:
    """Any query, by the whole grammar; of what is plain it makes the same tree as the short way."""
    context = Context(text[: limits.query_length], schema, now, limits)
    node = _Parser(context, limits).run()
    if len(text) > limits.query_length:
        message = f"only the first {limits.query_length} characters were read"
        context.limit("query_length", message, limits.query_length, len(text))
    if node is None:
        node = Nothing() if context.problems or context.text.strip() else All()
        if isinstance(node, Nothing) and not context.problems:
            context.problem("nothing to search for is in this query", 0, len(context.text))
    note_contradictions(context, node)
    return node, tuple(sorted(context.problems, key=lambda problem: (problem.start, problem.end)))


class _Parser:
    """One reading of one query."""

    __slots__ = ("context", "depth", "ignored", "lexer", "limits", "stack")

    def __init__(self, context: Context, limits: Limits) -> None:
        self.context, self.limits = context, limits
        self.lexer = Lexer(context.text)
        self.stack = [Group()]
        self.ignored = 0

    def run(self) -> Node | None:
        """Read all of the text; None where nothing to search for is in it."""
        lexer = self.lexer
        while kind := lexer.next():
            if kind == tokens.WORD:
                self._word()
            elif kind == tokens.MARK:
                self.stack[-1].add_mark("+" if lexer.raw == "+" else "-")
            elif kind == tokens.OPEN:
                self._open(self.stack[-1].target)
            elif kind == tokens.CLOSE:
                self._close()
            elif kind == tokens.OR or kind == tokens.AND:
                self._operator("AND" if kind == tokens.AND else "OR")
            else:
                self._quote_or_regex(kind)
            if self.context.leaves > self.limits.query_clauses:
                break
        return self._finish()

    def _word(self) -> None:
        lexer, group = self.lexer, self.stack[-1]
        raw, start = lexer.raw, lexer.start
        if raw in _OPERATORS:
            self._operator(raw)
        elif raw.startswith("NEAR") and NEAR.fullmatch(raw):
            self._near(raw)
        elif group.target is None and raw.isalnum():
            self._operand(word_node(self.context, raw, None, start, group.mark not in ("-", "NOT")))
        elif raw == "*:*":
            self._operand(All())
        elif (match := FIELD.match(raw)) is not None and self._field(match[1], start, start + match.end()):
            return
        elif group.target is not None:
            lexer.position = start
            self._value(group.target)
        elif not raw.strip("*"):
            self._operand(STAR)
        else:
            self._operand(word_node(self.context, raw, None, start, group.mark not in ("-", "NOT")))

    def _field(self, name: str, start: int, after: int) -> bool:
        """Read `name:` and its value; False where it is no field, so that all of it is text."""
        lexer, text = self.lexer, self.context.text
        target = resolve(name, self.context.schema)
        if target is None:
            note_unknown(self.context, name, start, text[after : after + 1])
            return False
        lexer.position = after
        lexer.skip_space()
        following = text[lexer.position : lexer.position + 1]
        detached = lexer.position > after
        if following in ("", ")", "|") or (detached and _is_operator(lexer.value())):
            self.context.problem(f"nothing stands after {name}: here; searched as text", start, after)
            lexer.position = lexer.end = after
            self._operand(Word(name))
            return True
        if detached:
            lexer.position = after
            lexer.skip_space()
        if following == "(":
            lexer.next()
            self._open(target)
        else:
            self._value(target)
        return True

    def _value(self, target: Target) -> None:
        self._operand(read_value(self.context, self.lexer, target), understood=False)

    def _quote_or_regex(self, kind: int) -> None:
        lexer, target, start = self.lexer, self.stack[-1].target, self.lexer.start
        if kind == tokens.REGEX and target is None:
            from searchkit.query.expressions import regex_node  # searching starts sooner without automata

            node = regex_node(self.context, lexer.raw, None, start)
            self._operand(suffixed(self.context, lexer, node, start), understood=node is not None)
            return
        lexer.position = start
        if target is not None:
            self._value(target)
            return
        text = read_phrase(self.context, lexer)
        self._operand(suffixed(self.context, lexer, Phrase(text) if is_wordy(text) else None, start))

    def _operand(self, node: Node | None, *, understood: bool = True) -> None:
        """Take an operand, or None for nothing.

        With punctuation that says nothing, only a sign glued to it is dropped; what was not understood takes the
        operator before it along, which must not fall upon the next operand.
        """
        group = self.stack[-1]
        if node is not None:
            self.context.leaves += _leaves(node)
            if self.context.leaves <= self.limits.query_clauses:
                group.add_operand(node, self.context)
        elif not understood:
            group.operator = group.mark = ""
        elif group.mark != "NOT":
            group.mark = ""

    def _operator(self, name: str) -> None:
        group, lexer = self.stack[-1], self.lexer
        if name == "NOT":
            group.add_mark(name)
        else:
            self._dangling(group)
            group.mark = ""
            if group.chain:
                group.operator = name
            else:
                self.context.problem(f"nothing stands before {name} here: ignored", lexer.start, lexer.end)
        group.place = (lexer.start, lexer.end)

    def _near(self, raw: str) -> None:
        self._operator("NEAR")
        place = (self.lexer.start, self.lexer.end)
        self.stack[-1].distance = distance_of(self.context, raw, place)

    def _dangling(self, group: Group) -> None:
        """Note an operator that has nothing after it."""
        if group.operator or group.mark == "NOT":
            self.context.problem(f"nothing stands after {group.mark or group.operator} here: ignored", *group.place)

    def _open(self, target: Target | None) -> None:
        lexer = self.lexer
        if len(self.stack) <= self.limits.query_depth:
            self.stack.append(Group(lexer.start, target))
            return
        if not self.ignored:
            message = f"brackets deeper than {self.limits.query_depth} are ignored"
            self.context.limit("query_depth", message, lexer.start, lexer.end)
        self.ignored += 1

    def _close(self) -> None:
        lexer = self.lexer
        if self.ignored:
            self.ignored -= 1
        elif len(self.stack) == 1:
            self.context.problem("this bracket closes nothing: ignored", lexer.start, lexer.end)
        else:
            self._finish_group()

    def _finish_group(self) -> None:
        group = self.stack.pop()
        self._dangling(group)
        node = suffixed(self.context, self.lexer, group.close(), group.start)
        if node is not None:
            self.stack[-1].add_operand(node, self.context)
        else:
            self._operand(None, understood=False)

    def _finish(self) -> Node | None:
        """Close what is still open and give the whole tree."""
        stopped = self.context.leaves > self.limits.query_clauses
        if stopped:
            message = f"only the first {self.limits.query_clauses} clauses were read"
            self.context.limit("query_clauses", message, self.lexer.start, len(self.context.text))
        while len(self.stack) > 1:
            start = self.stack[-1].start
            if not stopped:
                self.context.problem("this bracket is not closed", start, start + 1)
            self._finish_group()
        if not stopped:
            self._dangling(self.stack[0])
        return self.stack[0].close()


def _is_operator(raw: str) -> bool:
    return raw in _OPERATORS or NEAR.fullmatch(raw) is not None


def _leaves(node: Node) -> int:
    """How many leaves an operand brings: a prefix with a hyphen inside brings two."""
    if type(node) is Word:
        return 1
    node = node.child if isinstance(node, Boost | Constant) else node
    return len(node.children) if isinstance(node, And) else 1
