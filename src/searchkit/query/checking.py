"""Query trees that a program made: each node has children that are nodes, values of the right type, and a field that
has what it asks for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from numbers import Real

from searchkit.dataclasses import fields
from searchkit.errors import QueryError
from searchkit.query.nodes import Between, Clause, Fuzzy, Node, Occur, Phrase, Prefix, Regex, Term, Wildcard, Word
from searchkit.schema import Bool, Date, Field, Keyword, Number, Schema, Text

__all__ = ["check_tree"]


def check_tree(root: Node, schema: Schema) -> None:
    """Raises `TypeError` for a node whose attribute is of a wrong type, naming both and what was expected; `QueryError`
    where its field is of a type that cannot have what it asks for, so that it would match nothing, ever.
    """
    waiting: list[Node | Clause] = [root]
    while waiting:
        node = waiting.pop()
        for name in _names(node):
            value = getattr(node, name)
            expected, fits = _EXPECTED.get(name, _ANYTHING)
            if not fits(value):
                raise TypeError(f"{type(node).__name__}.{name} is {expected}, not {value!r:.80}")
            if name in ("children", "clauses"):
                waiting += value
            elif name in ("child", "node", "left", "right"):
                waiting.append(value)
        if type(node) in _ASKED:
            _check_field(node, schema)


def _check_field(node: Node | Clause, schema: Schema) -> None:
    name = getattr(node, "field", None)
    field = schema.fields.get(name) if name is not None else None
    kinds, what, having = _ASKED[type(node)]
    if field is not None and not isinstance(field, kinds):
        raise QueryError(f"{name!r} has no {what}, which {type(node).__name__} asks for; only {having} have")


def _names(node: Node | Clause) -> Sequence[str]:
    try:
        return [field.name for field in fields(node)]
    except AttributeError:
        return ()  # a bare node, which planning refuses


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_number(value: object) -> bool:
    return isinstance(value, Real) and not isinstance(value, bool)


def _is_end(value: object) -> bool:
    return value is None or _is_number(value)


def _is_distance(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _all(kind: type) -> Callable[[object], bool]:
    return lambda value: isinstance(value, tuple | list) and all(isinstance(one, kind) for one in value)


_ANYTHING: tuple[str, Callable[[object], bool]] = ("", lambda value: True)
_END = ("a number (of a date: microseconds since 1970, UTC) or None", _is_end)
_SIDE = (
    "a Word, a Phrase, a Prefix, a Wildcard, a Regex or a Fuzzy",
    lambda value: isinstance(value, Word | Phrase | Prefix | Wildcard | Regex | Fuzzy),
)
_EXPECTED: dict[str, tuple[str, Callable[[object], bool]]] = {
    "text": ("a str", _is_text),
    "field": ("the name of a field", lambda value: value is None or isinstance(value, str)),
    "slop": ("a whole number", _is_distance),
    "distance": ("a whole number (of Fuzzy: or None)", lambda value: value is None or _is_distance(value)),
    "left": _SIDE,
    "right": _SIDE,
    "value": ("a str", _is_text),
    "low": _END,
    "high": _END,
    "factor": ("a number", _is_number),
    "score": ("a number", _is_number),
    "children": ("a tuple of nodes", _all(Node)),
    "child": ("a node", lambda value: isinstance(value, Node)),
    "clauses": ("a tuple of clauses", _all(Clause)),
    "node": ("a node", lambda value: isinstance(value, Node)),
    "occur": ("an Occur", lambda value: isinstance(value, Occur)),
}

_ASKED: dict[type, tuple[tuple[type[Field], ...], str, str]] = {
    Term: ((Keyword, Bool), "exact values", "keywords, truth values and the id"),
    Between: ((Date, Number), "intervals", "dates and numbers"),
    **dict.fromkeys((Word, Phrase, Prefix, Wildcard, Regex, Fuzzy), ((Text, Keyword), "words", "texts and keywords")),
}
"""What a node asks of its field: the types that have it, what it is, and which fields have it."""
