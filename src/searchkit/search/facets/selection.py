"""What people have selected among facets: a filter for each field, joined by "and"; values of one field by "or"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from searchkit.arguments import instance
from searchkit.dataclasses import dataclass
from searchkit.errors import QueryError
from searchkit.limits import Limits
from searchkit.query.nodes import And, Node, Nothing, Or, Term
from searchkit.schema import Bool, Date, Keyword, Number, Schema
from searchkit.search.facets.facet import Bucket
from searchkit.search.facets.ranges import interval_of
from searchkit.search.planner import make_plan
from searchkit.search.snapshot import Snapshot

__all__ = ["NOTHING_SELECTED", "Selection", "select"]


@dataclass(frozen=True, slots=True)
class Selection:
    """nodes: field → what was selected there, a node each."""

    nodes: Mapping[str, tuple[Node, ...]]

    def values(self, field: str) -> list[str]:
        """The values of a keyword or bool field that were selected."""
        return [node.value for node in self.nodes.get(field, ()) if isinstance(node, Term)]

    def has(self, node: Node) -> bool:
        """Whether something was selected, exactly so."""
        return any(node in nodes for nodes in self.nodes.values())

    def narrow(self, snapshot: Snapshot, node: Node, limits: Limits, *, without: str | None = None) -> Node:
        """The query, for what was selected only; `without`: of that field everything."""
        if not self.nodes:
            return node
        filters = [Or(nodes) for field, nodes in self.nodes.items() if field != without]
        if make_plan(snapshot, node, limits, any_of_bag=True).root is None:
            # A query of nothing would be left out of the conjunction: it still finds nothing.
            return Nothing()
        return And((node, *filters)) if filters else node


NOTHING_SELECTED = Selection({})


def select(selected: Mapping[str, Any] | None, schema: Schema, now: datetime | None) -> Selection:
    """A selection from what a program gives: field → a value, or several of them in a list or set.

    Of keyword and bool fields values, of numbers pairs (low, high), of dates text ("1979-11"), a `date` or pairs; of
    any of them buckets of a facet. Raises `QueryError` for what the schema or the field does not have.
    """
    if not selected:
        return NOTHING_SELECTED
    instance("selected", selected, Mapping, "a mapping from fields to what is selected there")
    for field in selected:
        instance("a field in selected", field, str, "its name")
    made = {field: tuple(dict.fromkeys(_nodes(field, given, schema, now))) for field, given in selected.items()}
    return Selection({field: nodes for field, nodes in made.items() if nodes})


def _nodes(field: str, given: Any, schema: Schema, now: datetime | None) -> Iterable[Node]:
    kind = schema.fields.get(field)
    if kind is None:
        near = schema.nearest(field)
        raise QueryError(f"there is no field {field!r} to select by" + (f"; did you mean {near!r}?" if near else ""))
    several = given if isinstance(given, list | set | frozenset) else [given]
    for one in several:
        if isinstance(one, Bucket):
            yield one.node
        elif isinstance(kind, Keyword | Bool) and isinstance(one, str | bool):
            yield Term(field, one if isinstance(one, str) else str(one).lower())
        elif isinstance(kind, Date | Number) and isinstance(one, str | date | tuple):
            yield interval_of(one, field, schema, now)
        else:
            raise QueryError(f"field {field!r}: {one!r} cannot be selected")
