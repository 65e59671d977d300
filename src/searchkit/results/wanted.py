"""What snippets of a query's hits should show: its words and phrases, without those that it excludes."""

from __future__ import annotations

from collections.abc import Iterator

from searchkit.limits import Limits
from searchkit.query.nodes import And, Bag, Boost, Fuzzy, Node, Occur, Or, Phrase, Prefix, Regex, Wildcard, Word, Year
from searchkit.results.targets import Target
from searchkit.schema import Text
from searchkit.search.expansions import Expansion, expand, expand_prefix
from searchkit.search.snapshot import Snapshot
from searchkit.search.text_plans import Textual, is_stop_word, query_tokens

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


def _pieces(snapshot: Snapshot, root: Node) -> Iterator[Textual]:
    waiting = [root]
    while waiting:
        node = waiting.pop()
        match node:
            case Word() | Phrase() | Prefix() | Wildcard() | Regex() | Fuzzy():
                if node.field is None or isinstance(snapshot.schema.fields.get(node.field), Text):
                    yield node
            case And(children) | Or(children):
                waiting += reversed(children)
            case Boost(child, _):
                waiting.append(child)
            case Year(text, _, _):
                waiting.append(Word(text))
            case Bag(clauses):
                shown = [clause.node for clause in clauses if clause.occur is not Occur.PROHIBITED]
                telling = [child for child in shown if not is_stop_word(snapshot, child)]
                waiting += reversed(telling or shown)


def _targets(snapshot: Snapshot, node: Textual, limits: Limits) -> Iterator[Target]:
    if not isinstance(node, Word | Phrase | Prefix):
        yield Target((_terms(expand(snapshot, node, limits)),))
        return
    names = snapshot.schema.texts if node.field is None else (node.field,)
    for analyzer in dict.fromkeys(map(snapshot.analyzer, names)):
        places = []
        for token in query_tokens(analyzer, node)[: limits.phrase_tokens]:
            if token.prefix:
                places.append(_terms(expand_prefix(snapshot, token.form, limits)))
            else:
                places.append(frozenset([token.term]))
        if places:
            yield Target(tuple(places))


def _terms(found: Expansion) -> frozenset[str]:
    return frozenset(key.decode("utf-8") for key in found.keys)
