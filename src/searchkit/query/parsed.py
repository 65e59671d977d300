"""What parsing a query gives."""

from __future__ import annotations

from searchkit.query.interpretation import interpret
from searchkit.query.nodes import Node
from searchkit.query.problems import Problem
from searchkit.schema import Schema

__all__ = ["ParsedQuery"]


class ParsedQuery:
    """A query as it was understood.

    node: its tree.
    problems: what was wrong with it, in the order of their places; empty where all was well.
    """

    __slots__ = ("_interpretation", "_schema", "node", "problems")

    def __init__(self, node: Node, problems: tuple[Problem, ...], schema: Schema) -> None:
        self.node, self.problems = node, problems
        self._schema = schema
        self._interpretation: str | None = None

    @property
    def interpretation(self) -> str:
        """How the query was understood, in one line of plain words; put together when first asked for."""
        if self._interpretation is None:
            self._interpretation = interpret(self.node, self._schema)
        return self._interpretation

    def __str__(self) -> str:
        from searchkit.query.printing import to_text  # rarely asked for, and slow to import

        return to_text(self.node, self._schema)

    def __repr__(self) -> str:
        return f"ParsedQuery({str(self)!r}, problems={list(self.problems)!r})"
