"""What a query loses before it runs: pieces without any word, and stop words beside better words."""

from __future__ import annotations

from searchkit.query.nodes import (
    Alternatives,
    And,
    Bag,
    Boost,
    Clause,
    Constant,
    Fuzzy,
    Near,
    Node,
    Not,
    Nothing,
    Occur,
    Or,
    Phrase,
    Prefix,
    Regex,
    Wildcard,
    Word,
    Year,
)
from tests.oracle.words import Words


def simplify(node: Node, words: Words) -> Node | None:
    """The same query without what is left out; None where nothing of it is left.

    A word, phrase or prefix without a token is left out of its parent, as if it had not been typed; so is a parent that
    has no children (left). A stop word among a bag's default clauses goes where another default clause is neither
    one nor a filter.
    """
    match node:
        case Word() | Phrase() | Prefix() | Wildcard() | Regex() | Fuzzy():
            return None if words.is_empty(node) else node
        case Near():
            sides: list[Node] = [side for side in (node.left, node.right) if not words.is_empty(side)]
            return node if len(sides) == 2 else sides[0] if sides else None
        case And(children):
            return And(kept) if (kept := _simplified(children, words)) else None
        case Alternatives((first, *rest)):
            typed, others = simplify(first, words), _simplified(tuple(rest), words)
            return Alternatives((typed or Nothing(), *others)) if typed is not None or others else None
        case Or(children):
            return Or(kept) if (kept := _simplified(children, words)) else None
        case Not(child):
            return Not(left) if (left := simplify(child, words)) is not None else None
        case Boost(child, factor):
            return Boost(left, factor) if (left := simplify(child, words)) is not None else None
        case Constant(child, score):
            return Constant(left, score) if (left := simplify(child, words)) is not None else None
        case Bag(clauses):
            return _bag(clauses, words)
        case Year(text) if words.schema.date is None:
            return simplify(Word(text), words)
    return node


def _simplified(children: tuple[Node, ...], words: Words) -> tuple[Node, ...]:
    kept = [simplify(child, words) for child in children]
    return tuple(child for child in kept if child is not None)


def _bag(clauses: tuple[Clause, ...], words: Words) -> Bag | None:
    kept, stop = [], []
    for clause in clauses:
        node = simplify(clause.node, words)
        if node is not None:
            kept.append(Clause(node, clause.occur))
            # As it was typed: what is left of "of NEAR ''" counts as more than a stop word.
            stop.append(clause.occur is Occur.DEFAULT and words.is_stop_word(clause.node))
    others = [clause for clause, one in zip(kept, stop, strict=True) if clause.occur is Occur.DEFAULT and not one]
    if not all(is_filter(clause.node, words) for clause in others):
        kept = [clause for clause, one in zip(kept, stop, strict=True) if not one]
    return Bag(tuple(kept)) if kept else None


def is_filter(node: Node, words: Words) -> bool:
    """Whether a node only says which documents may match, and scores nothing."""
    match node:
        case Word() | Phrase() | Prefix() | Wildcard() | Regex() | Fuzzy() | Near():
            field = node.field
            return field is not None and field not in words.schema.texts
        case And(children) | Or(children):
            return all(is_filter(child, words) for child in children)
        case Bag(clauses):
            return all(is_filter(clause.node, words) for clause in clauses)
        case Boost(child, _):
            return is_filter(child, words)
    return not isinstance(node, Year | Constant)
