"""What snippets of a query's hits should show: its words and phrases, without those that it excludes."""

from __future__ import annotations

from collections.abc import Iterator

from searchkit.analysis import Analyzer
from searchkit.limits import Limits
from searchkit.query.nodes import (
    And,
    Bag,
    Boost,
    Constant,
    Fuzzy,
    Near,
    Node,
    Occur,
    Or,
    Phrase,
    Prefix,
    Regex,
    Wildcard,
    Word,
    Year,
)
from searchkit.results.targets import Target
from searchkit.schema import Text
from searchkit.search.expansions import Expansion, expand, expand_prefix
from searchkit.search.snapshot import Snapshot
from searchkit.search.stop_words import is_stop_word
from searchkit.search.text_plans import Textual, query_tokens

__all__ = ["Wanted", "wanted"]

Wanted = tuple[str | None, Target]
"""A target, and the text field that it is limited to, or None."""


def wanted(snapshot: Snapshot, node: Node, limits: Limits) -> list[Wanted]:
    """The targets of a query."""
    found: dict[Wanted, None] = {}
    for piece in _pieces(snapshot, node):
        for target in _targets(snapshot, piece, limits):
            found[piece.field, target] = None
    return list(found)


def _pieces(snapshot: Snapshot, root: Node) -> Iterator[Textual | Near]:
    waiting = [root]
    while waiting:
        node = waiting.pop()
        match node:
            case Word() | Phrase() | Prefix() | Wildcard() | Regex() | Fuzzy():
                if node.field is None or isinstance(snapshot.schema.fields.get(node.field), Text):
                    yield node
            case Near():
                if node.field is None or isinstance(snapshot.schema.fields.get(node.field), Text):
                    yield node
            case And(children) | Or(children):
                waiting += reversed(children)
            case Boost(child, _) | Constant(child, _):
                waiting.append(child)
            case Year(text, _, _):
                waiting.append(Word(text))
            case Bag(clauses):
                shown = [clause.node for clause in clauses if clause.occur is not Occur.PROHIBITED]
                telling = [child for child in shown if not is_stop_word(snapshot, child)]
                waiting += reversed(telling or shown)


def _targets(snapshot: Snapshot, node: Textual | Near, limits: Limits) -> Iterator[Target]:
    if isinstance(node, Wildcard | Regex | Fuzzy):
        yield Target(_of_pattern(snapshot, node, limits))
        return
    names = snapshot.schema.texts if node.field is None else (node.field,)
    for analyzer in dict.fromkeys(map(snapshot.analyzer, names)):
        if isinstance(node, Near):
            left, right = (_places(snapshot, analyzer, side, limits) for side in (node.left, node.right))
            if left and right:
                yield Target(left + right, reach=node.distance, split=len(left))
            elif left or right:
                yield Target(left or right)
        elif places := _places(snapshot, analyzer, node, limits):
            yield Target(places, reach=node.slop if isinstance(node, Phrase) else 0)


def _places(snapshot: Snapshot, analyzer: Analyzer, node: Textual, limits: Limits) -> tuple[frozenset[str], ...]:
    """For each token of a piece of text the terms that it may be."""
    if isinstance(node, Wildcard | Regex | Fuzzy):
        return _of_pattern(snapshot, node, limits)
    places = []
    for token in query_tokens(analyzer, node)[: limits.phrase_tokens]:
        if token.prefix:
            places.append(_terms(expand_prefix(snapshot, token.form, limits)))
        else:
            places.append(frozenset([token.term]))
    return tuple(places)


def _of_pattern(snapshot: Snapshot, node: Wildcard | Regex | Fuzzy, limits: Limits) -> tuple[frozenset[str], ...]:
    found = expand(snapshot, node, limits)
    return () if found.empty else (_terms(found),)


def _terms(found: Expansion) -> frozenset[str]:
    return frozenset(key.decode("utf-8") for key in found.keys)
