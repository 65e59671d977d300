"""What is between two brackets, while it is being read: operands and operators become clauses."""

from __future__ import annotations

from searchkit.query.nodes import All, And, Bag, Clause, Node, Not, Nothing, Occur, Or
from searchkit.query.targets import Target

__all__ = ["STAR", "Group"]

STAR = All()
"""A lone asterisk; told by identity from `*:*`, since beside other words it says nothing."""

_OCCURS = {"": Occur.DEFAULT, "+": Occur.REQUIRED, "-": Occur.PROHIBITED, "NOT": Occur.PROHIBITED}
_NEGATIVE = ("-", "NOT")


class Group:
    """The clauses so far, and the chain of operands that AND and OR are joining just now.

    operator and mark wait for the next operand; place is where the last operator stands.

    AND binds tighter than OR, and both bind tighter than standing side by side.
    """

    __slots__ = ("alternatives", "chain", "clauses", "lone_not", "mark", "operator", "place", "start", "target")

    def __init__(self, start: int = 0, target: Target | None = None) -> None:
        self.start, self.target = start, target
        self.clauses: list[Clause] = []
        self.alternatives: list[list[tuple[Node, str]]] = []
        self.chain: list[tuple[Node, str]] = []
        self.operator = ""
        self.mark = ""
        self.place = (start, start)
        self.lone_not = False

    def add_mark(self, mark: str) -> None:
        """Take `+`, `-` or NOT before an operand; a negation of a negation is none."""
        if mark in _NEGATIVE:
            self.mark = "" if self.mark in _NEGATIVE else mark
        elif not self.mark:
            self.mark = mark

    def add_operand(self, node: Node) -> None:
        """Take an operand, joined to the ones before by the operator that was read last."""
        item = (node, self.mark)
        self.mark = ""
        if self.operator == "AND":
            self.chain.append(item)
        elif self.operator == "OR":
            self.alternatives.append(self.chain)
            self.chain = [item]
        else:
            self._finish_chain()
            self.chain = [item]
        self.operator = ""

    def close(self) -> Node | None:
        """The node of the whole group; None where it holds nothing."""
        self._finish_chain()
        clauses = self.clauses
        if len(clauses) > 1 and any(clause.node is STAR for clause in clauses):
            wordy = [clause for clause in clauses if clause.node is not STAR or clause.occur is not Occur.DEFAULT]
            clauses = wordy or clauses[:1]
        if not clauses:
            return None
        first = clauses[0]
        if len(clauses) > 1 or first.occur is Occur.REQUIRED:
            return Bag(tuple(clauses))
        if first.occur is Occur.DEFAULT:
            return first.node
        if self.lone_not:
            return Not(first.node)
        return Nothing() if isinstance(first.node, All) else Bag((first,))

    def _finish_chain(self) -> None:
        if not self.chain:
            return
        if self.alternatives or len(self.chain) > 1:
            parts = [_conjunction(chain) for chain in (*self.alternatives, self.chain)]
            self.clauses.append(Clause(parts[0] if len(parts) == 1 else Or(tuple(parts))))
            self.alternatives = []
        else:
            node, mark = self.chain[0]
            self.clauses.append(Clause(node, _OCCURS[mark]))
            self.lone_not = mark == "NOT"
        self.chain = []


def _conjunction(chain: list[tuple[Node, str]]) -> Node:
    nodes = [Not(node) if mark in _NEGATIVE else node for node, mark in chain]
    return nodes[0] if len(nodes) == 1 else And(tuple(nodes))
