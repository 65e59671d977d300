"""The clauses of a query, each of which every match must satisfy; and the query without some of them."""

from __future__ import annotations

from collections.abc import Iterator

from searchkit.dataclasses import dataclass, replace
from searchkit.query.nodes import All, And, Bag, Boost, Clause, Constant, Node, Occur

__all__ = ["Found", "Place", "clauses", "replaced"]

Place = tuple[int, ...]
"""Where in a tree a clause is: the number of the child to take, level by level."""


@dataclass(frozen=True, slots=True)
class Found:
    """A clause: its place, its node, and whether it says what must not be there."""

    place: Place
    node: Node
    prohibited: bool = False


def clauses(node: Node, place: Place = ()) -> Iterator[Found]:
    """The clauses of a tree: the leaves of its bags and conjunctions; what is joined by "or" or negated is one."""
    match node:
        case Bag(parts):
            for number, clause in enumerate(parts):
                if clause.occur is Occur.PROHIBITED:
                    yield Found((*place, number), clause.node, prohibited=True)
                else:
                    yield from clauses(clause.node, (*place, number))
        case And(children):
            for number, child in enumerate(children):
                yield from clauses(child, (*place, number))
        case Boost(child, _) | Constant(child, _):
            yield from (Found(place, node) if found.place == place else found for found in clauses(child, place))
        case _:
            yield Found(place, node)


def replaced(root: Node, changes: dict[Place, Node | None]) -> Node:
    """A tree with the clauses at some places replaced, or left out where that is None; `All` if none is left."""
    return _replaced(root, changes, ()) or All()


def _replaced(node: Node, changes: dict[Place, Node | None], place: Place) -> Node | None:
    if place in changes:
        return changes[place]
    if not any(change[: len(place)] == place for change in changes):
        return node
    match node:
        case Bag(parts):
            kept = [
                Clause(child, clause.occur)
                for number, clause in enumerate(parts)
                if (child := _replaced(clause.node, changes, (*place, number))) is not None
            ]
            alone = len(kept) == 1 and kept[0].occur is not Occur.PROHIBITED
            return kept[0].node if alone else Bag(tuple(kept)) if kept else None
        case And(children):
            found = [_replaced(child, changes, (*place, number)) for number, child in enumerate(children)]
            rest = tuple(child for child in found if child is not None)
            return rest[0] if len(rest) == 1 else And(rest) if rest else None
        case Boost(child, _) | Constant(child, _):
            inner = _replaced(child, changes, place)
            return None if inner is None else replace(node, child=inner)
    return node
