"""What is between two brackets, while it is being read: operands and operators become clauses."""

from __future__ import annotations

from searchkit.query.nodes import All, And, Bag, Clause, Node, Not, Nothing, Occur, Or
from searchkit.query.problems import Context
from searchkit.query.proximity import pair_of
from searchkit.query.targets import Target

__all__ = ["STAR", "Group"]

STAR = All()
"""A lone asterisk; told by identity from `*:*`, since beside other words it says nothing."""

_OCCURS = {"": Occur.DEFAULT, "+": Occur.REQUIRED, "-": Occur.PROHIBITED, "NOT": Occur.PROHIBITED}
_NEGATIVE = ("-", "NOT")


class Group:
    """The clauses so far, and the chain of operands that AND and OR are joining just now.

    operator and mark wait for the next operand; place is where the last operator stands. distance: that of NEAR, where
    the operator is that; near: the operand after the last NEAR, where another one may follow.

    NEAR binds tighter than signs and NOT, AND tighter than OR, and all bind tighter than standing side by side.
    """

    __slots__ = (
        "alternatives",
        "chain",
        "clauses",
        "distance",
        "lone_not",
        "mark",
        "near",
        "operator",
        "place",
        "start",
        "target",
    )

    def __init__(self, start: int = 0, target: Target | None = None) -> None:
        self.start, self.target = start, target
        self.clauses: list[Clause] = []
        self.alternatives: list[list[tuple[Node, str]]] = []
        self.chain: list[tuple[Node, str]] = []
        self.operator = ""
        self.mark = ""
        self.place = (start, start)
        self.lone_not = False
        self.distance = 0
        self.near: Node | None = None

    def add_mark(self, mark: str) -> None:
        """Take `+`, `-` or NOT before an operand; a negation of a negation is none."""
        if mark in _NEGATIVE:
            self.mark = "" if self.mark in _NEGATIVE else mark
        elif not self.mark:
            self.mark = mark

    def add_operand(self, node: Node, context: Context) -> None:
        """Take an operand, joined to the ones before by the operator that was read last."""
        item = (node, self.mark)
        self.mark = ""
        last, self.near = self.near, None
        if self.operator == "NEAR" and self._join(item, last, context):
            self.near = node
        elif self.operator in ("NEAR", "AND"):
            self.chain.append(item)
        elif self.operator == "OR":
            self.alternatives.append(self.chain)
            self.chain = [item]
        else:
            self._finish_chain()
            self.chain = [item]
        self.operator = ""

    def _join(self, item: tuple[Node, str], last: Node | None, context: Context) -> bool:
        """Make one of the operands on both sides of NEAR; False where they are to be joined by AND.

        last: the operand before, where that is itself made of NEAR: then each is near its neighbour.
        """
        (right, sign), (left, mark) = item, self.chain[-1]
        unsigned = right if sign not in _NEGATIVE else Not(right)
        again = last is not None
        pair = pair_of(context, left if last is None else last, unsigned, self.distance, self.place, again=again)
        if pair is None:
            return False
        before = () if last is None else left.children if isinstance(left, And) else (left,)
        self.chain[-1] = (And((*before, pair)) if before else pair, mark)
        return True

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
