"""Query tree → one line of plain words."""

from __future__ import annotations

from searchkit.dataclasses import replace
from searchkit.query.intervals import plain_interval, plain_numbers
from searchkit.query.nodes import (
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
from searchkit.schema import Date, Schema

__all__ = ["interpret"]

_LONGEST = 2_000
_INTRODUCTIONS = {Occur.DEFAULT: "", Occur.REQUIRED: "must have ", Occur.PROHIBITED: "without "}


def interpret(node: Node, schema: Schema) -> str:
    """How a query is understood, for people: "embassy, and the word 1979 or dated in 1979".

    node: any tree; of a very long one the line is cut off with an ellipsis.
    schema: which fields are dates, and the zone to show them in.
    """
    done: list[str] = []
    length = 0
    waiting: list[Node | str] = [node]
    while waiting and length <= _LONGEST:
        piece = waiting.pop()
        if isinstance(piece, str):
            done.append(piece)
            length += len(piece)
        else:
            waiting.extend(reversed(_pieces(piece, schema)))
    line = "".join(done)
    return line if length <= _LONGEST else line[:_LONGEST] + "…"


def _pieces(node: Node, schema: Schema) -> list[Node | str]:
    match node:
        case And(children):
            return _joined(children, " and ") or ["every document"]
        case Or(children):
            return _joined(children, " or ") or ["no document"]
        case Not(child):
            return ["not ", *_enclosed(child)]
        case Boost(child, factor):
            return [*_enclosed(child), f" (weight {factor:g})"]
        case Constant(child, score):
            return [*_enclosed(child), f" (a score of {score:g})"]
        case Bag():
            return _bag(node)
    return [_leaf(node, schema)]


def _leaf(node: Node, schema: Schema) -> str:
    match node:
        case Word(text, field):
            return text + _within(field)
        case Phrase(text, field, slop):
            return f'the phrase "{text}"{f" with slop {slop}" if slop else ""}{_within(field)}'
        case Near(left, right, distance):
            return (
                f"{_operand(left, schema)} within {_words(distance)} of {_operand(right, schema)}{_within(node.field)}"
            )
        case Prefix(text, field):
            return f"words beginning with {text}{_within(field)}"
        case Wildcard(text, field):
            return f"words that look like {text}{_within(field)}"
        case Regex(text, field):
            return f"words that match /{text}/{_within(field)}"
        case Fuzzy(text, field, distance):
            return f"words like {text}{'' if distance is None else _edits(distance)}{_within(field)}"
        case Term(field, value):
            return f'{field} exactly "{value}"'
        case Has(field):
            return f"with any {field}"
        case Year(text):
            return f"the word {text} or dated in {text}"
        case Between():
            return _between(node, schema)
    return "no document" if isinstance(node, Nothing) else "every document"


def _operand(node: Node, schema: Schema) -> str:
    """A side of NEAR, without its field."""
    return _leaf(replace(node, field=None), schema)


def _words(distance: int) -> str:
    return f"{distance:,} {'word' if distance == 1 else 'words'}"


def _edits(distance: int) -> str:
    return f" (at most {distance} {'edit' if distance == 1 else 'edits'})"


def _within(field: str | None) -> str:
    return "" if field is None else f" in {field}"


def _joined(children: tuple[Node, ...], word: str) -> list[Node | str]:
    pieces: list[Node | str] = []
    for child in children:
        pieces += [word if pieces else "", *_enclosed(child)]
    return pieces


def _enclosed(node: Node) -> list[Node | str]:
    simple = not isinstance(node, And | Or | Bag | Year)
    return [node] if simple else ["(", node, ")"]


def _bag(bag: Bag) -> list[Node | str]:
    pieces: list[Node | str] = []
    ordered = [clause for occur in Occur for clause in bag.clauses if clause.occur is occur]
    if ordered and ordered[0].occur is Occur.PROHIBITED:
        pieces.append("every document")
    last = next((clause for clause in reversed(ordered) if clause.occur is not Occur.PROHIBITED), None)
    for clause in ordered:
        plain = clause.occur is Occur.DEFAULT and isinstance(clause.node, Year)
        separator = _separator(clause, clause is last) if pieces else ""
        content = [clause.node] if plain else _enclosed(clause.node)
        # Not "without dated in 1979", nor "without with any source".
        described = clause.occur is Occur.PROHIBITED and isinstance(clause.node, Between | Has)
        pieces += [separator + ("not " if described else _INTRODUCTIONS[clause.occur]), *content]
    return pieces or ["every document"]


def _separator(clause: Clause, last: bool) -> str:
    """What stands before a clause that is not the first: the last says "and", unless it is one more plain word."""
    if clause.occur is Occur.PROHIBITED:
        return " "
    return ", " if not last or clause == Clause(Word(getattr(clause.node, "text", ""))) else ", and "


def _between(node: Between, schema: Schema) -> str:
    if isinstance(schema.fields.get(node.field), Date):
        return f"{'dated' if node.field == schema.date else node.field} {plain_interval(node, schema)}"
    return f"{node.field} {plain_numbers(node)}"
