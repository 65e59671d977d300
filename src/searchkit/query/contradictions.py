"""Intervals that exclude each other: `since:2019 until:2018`."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf

from searchkit.query.nodes import And, Bag, Between, Boost, Node, Occur
from searchkit.query.problems import Context

__all__ = ["note_contradictions"]


def note_contradictions(context: Context, root: Node) -> None:
    """Note the fields of which a query asks for intervals that have nothing in common, so that nothing can match it."""
    common: dict[str, tuple[float, float]] = {}
    for node in _required(root):
        low = -inf if node.low is None else node.low
        high = inf if node.high is None else node.high
        # One that is empty by itself was noted where it was read.
        if low < high:
            least, most = common.get(node.field, (-inf, inf))
            common[node.field] = max(least, low), min(most, high)
    for field, (low, high) in common.items():
        if low >= high:
            message = f"these intervals of {field} have nothing in common: nothing can match"
            context.problem(message, 0, len(context.text))


def _required(root: Node) -> Iterator[Between]:
    """The intervals that every match must be in."""
    waiting = [root]
    while waiting:
        match waiting.pop():
            case Between() as node:
                yield node
            case And(children):
                waiting += children
            case Bag(clauses):
                waiting += (clause.node for clause in clauses if clause.occur is not Occur.PROHIBITED)
            case Boost(child, _):
                waiting.append(child)
