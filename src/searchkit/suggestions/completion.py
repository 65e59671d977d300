"""What is being typed, completed: words that begin as its last one does, the most frequent first."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from heapq import heappush, heapreplace

from searchkit.dataclasses import dataclass, replace
from searchkit.query.nodes import And, Bag, Boost, Clause, Constant, Near, Node, Not, Occur, Or, Phrase, Word, Year
from searchkit.query.printing import to_text
from searchkit.search.parts import SegmentPart
from searchkit.search.snapshot import Snapshot
from searchkit.suggestions.candidates import Candidate, candidates
from searchkit.suggestions.typed import Typed, last_leaf, read_typed
from searchkit.suggestions.usual import usual_form

__all__ = ["Completion", "complete"]


@dataclass(frozen=True, slots=True)
class Completion:
    """A text completed.

    text: the whole query, with its last word completed. word: that word, or value. query: the tree of the text.
    count: how many documents have the word, among those that have what was typed before it.
    """

    text: str
    word: str
    query: Node
    count: int

    def __str__(self) -> str:
        return self.text


def complete(
    snapshot: Snapshot,
    text: str,
    parse: Callable[[str], Node],
    count: Callable[[Node], int],
    best: Callable[[Node], Iterable[tuple[SegmentPart, int]]],
    limit: int,
) -> list[Completion]:
    """The completions of the last word of a text with the greatest counts, greatest first; equal ones by alphabet.

    parse: text → tree. count: how many documents match a tree, all of it. best: the documents that match one best. A
    word stands for all that have its stem: of those that begin as typed, the one is given that its best documents have
    oftenest. Stop words are left out, unless a phrase is being typed. Nothing is completed after a space, or in a date
    or number.
    """
    typed = read_typed(text, parse)
    if typed is None or limit < 1:
        return []
    kept: list[tuple[int, tuple[int, ...], Candidate]] = []
    # Frequencies bound the counts from above, so the rest need not be counted.
    for candidate in candidates(snapshot, typed.target):
        if len(kept) == limit and candidate.bound < kept[0][0]:
            break
        found = count(_narrowed(typed.tree, typed.target, candidate.node))
        entry = (found, _backwards(candidate.word), candidate)
        if found and len(kept) < limit:
            heappush(kept, entry)
        elif found and entry[:2] > kept[0][:2]:
            heapreplace(kept, entry)
    completions = []
    for found, _, candidate in sorted(kept, key=lambda entry: entry[:2], reverse=True):
        if len(candidate.forms) > 1:
            documents = best(_narrowed(typed.tree, typed.target, candidate.node))
            candidate = candidate.spelt(usual_form(snapshot, documents, candidate.terms, candidate.forms))
        completions.append(_completion(snapshot, typed, candidate, parse, found))
    return completions


def _backwards(word: str) -> tuple[int, ...]:
    """A key that sorts words against the alphabet."""
    return (*(-ord(character) for character in word), 1)


def _completion(
    snapshot: Snapshot, typed: Typed, candidate: Candidate, parse: Callable[[str], Node], count: int
) -> Completion:
    tree = _replaced(typed.tree, typed.target, candidate.node)
    text = typed.head + candidate.written + typed.closing
    read = parse(text)
    if isinstance(last_leaf(read), Year):
        tree = read
    elif read != tree:
        text = to_text(tree, snapshot.schema)
    return Completion(text, candidate.word, tree, count)


def _replaced(node: Node, old: Node, new: Node) -> Node:
    """A tree with its last leaf, which is `old`, replaced."""
    if node is old:
        return new
    match node:
        case Bag(clauses):
            last = clauses[-1]
            return Bag((*clauses[:-1], Clause(_replaced(last.node, old, new), last.occur)))
        case And(children):
            return And((*children[:-1], _replaced(children[-1], old, new)))
        case Or(children):
            return Or((*children[:-1], _replaced(children[-1], old, new)))
        case Near(_, right) if right is old and isinstance(new, Word | Phrase):
            return replace(node, right=new)
        case Not(child) | Boost(child, _) | Constant(child, _):
            return replace(node, child=_replaced(child, old, new))
    return node


def _narrowed(node: Node, old: Node, new: Node) -> Node:
    """What asks for a completion together with all that was typed before it, whether it is to be excluded or not."""
    if node is old:
        return new
    match node:
        case Bag(clauses):
            last = clauses[-1]
            occur = Occur.DEFAULT if last.occur is Occur.PROHIBITED else last.occur
            return Bag((*clauses[:-1], Clause(_narrowed(last.node, old, new), occur)))
        case And(children):
            return And((*children[:-1], _narrowed(children[-1], old, new)))
        case Or(children):
            return _narrowed(children[-1], old, new)
        case Near():
            return _replaced(node, old, new)
        case Not(child) | Boost(child, _) | Constant(child, _):
            return _narrowed(child, old, new)
    return node
