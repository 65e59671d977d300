"""What is being typed: the word at the end of a text, and the tree of all of it."""

from __future__ import annotations

import re
from collections.abc import Callable

from searchkit.dataclasses import dataclass
from searchkit.query.nodes import And, Bag, Boost, Constant, Near, Node, Not, Or, Phrase, Prefix

__all__ = ["Typed", "last_leaf", "read_typed"]

_QUOTES = '"“”„‟«»＂'
_OPEN_PHRASE = rf"((?:[A-Za-z_][A-Za-z0-9_]*[:：])?)([{_QUOTES}])([^{_QUOTES}]*)\Z"


@dataclass(frozen=True, slots=True)
class Typed:
    """A text in the middle of its last word.

    tree: of the whole text. target: its last leaf, the very object: the prefix, or the phrase whose last word is not
        finished. head: the text before what the target's text is. closing: what closes the phrase.
    """

    tree: Node
    target: Prefix | Phrase
    head: str
    closing: str


def read_typed(text: str, parse: Callable[[str], Node]) -> Typed | None:
    """What is being typed; None where a word is finished, or what is typed is not one.

    parse: text → tree.
    """
    if not text or text[-1].isspace():
        return None
    quotes = sum(text.count(quote) for quote in _QUOTES)
    phrase = re.search(_OPEN_PHRASE, text) if quotes % 2 else None
    if phrase is not None:
        closing = {"“": "”", "„": "“", "«": "»"}.get(phrase[2], phrase[2])
        tree, tail = parse(text + closing), phrase[3]
    else:
        closing, tree, tail = "", parse(text + "*"), ""
    target = last_leaf(tree)
    if not isinstance(target, Phrase if phrase is not None else Prefix):
        return None
    tail = tail or target.text
    if not text.endswith(tail) or not tail:
        return None
    return Typed(tree, target, text[: len(text) - len(tail)], closing)


def last_leaf(node: Node) -> Node:
    """The leaf of a tree that was typed last."""
    while True:
        match node:
            case Bag(clauses) if clauses:
                node = clauses[-1].node
            case And(children) | Or(children) if children:
                node = children[-1]
            case Near(_, right):
                node = right
            case Not(child) | Boost(child, _) | Constant(child, _):
                node = child
            case _:
                return node
