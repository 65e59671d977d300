"""Why a query found nothing: how many documents each of its clauses has, and what would be found with less of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from searchkit.dataclasses import dataclass, replace
from searchkit.query.nodes import Bag, Between, Boost, Clause, Constant, Near, Node, Phrase, Prefix, Word
from searchkit.query.printing import to_text
from searchkit.schema import Schema, Text
from searchkit.suggestions.clauses import Found, Place, clauses, replaced

__all__ = ["ClauseCount", "Relaxation", "WhyNothing", "why_nothing"]

_MOST_CLAUSES = 32
_MOST_RELAXATIONS = 10

Changes = dict[Place, Node | None]


@dataclass(frozen=True, slots=True)
class ClauseCount:
    """A clause of the query.

    text, query: as a query of its own. count: how many documents match that. prohibited: whether these were excluded.
    """

    text: str
    query: Node
    count: int
    prohibited: bool = False


@dataclass(frozen=True, slots=True)
class Relaxation:
    """A query that asks for less, and finds something.

    change: what is different, in words. text, query: the query, ready to run. count: how many documents match it.
    """

    change: str
    text: str
    query: Node
    count: int


@dataclass(frozen=True, slots=True)
class WhyNothing:
    """Why nothing was found.

    clauses: those of the query, in its order; where one that is not prohibited has a count of 0, that one alone is to
    blame, else it is that they do not meet. relaxations: what to ask instead, the fewest changes and then the greatest
    count first.
    """

    clauses: tuple[ClauseCount, ...]
    relaxations: tuple[Relaxation, ...]

    @property
    def to_blame(self) -> tuple[ClauseCount, ...]:
        """The clauses that match no document, whatever the others say."""
        return tuple(clause for clause in self.clauses if not clause.count and not clause.prohibited)

    def __str__(self) -> str:
        lines = [f"{clause.text}: {_documents(clause)}" for clause in self.clauses]
        lines += [f"{one.change}: {one.count:,} with {one.text}" for one in self.relaxations]
        return "\n".join(lines)


def why_nothing(node: Node, schema: Schema, count: Callable[[Node], int]) -> WhyNothing:
    """Why a query matches no document.

    count: how many documents match a tree, all of it. Of a query of many clauses the first 32 are looked at.
    """
    found = list(clauses(node))[:_MOST_CLAUSES]
    counted = [
        ClauseCount(to_text(one.node, schema), one.node, count(one.node), prohibited=one.prohibited) for one in found
    ]
    relaxed = list(_single(node, found, schema, count)) or list(_several(node, found, counted, count))
    relaxations = sorted(
        (Relaxation(change, to_text(query, schema), query, total) for change, query, total in relaxed),
        key=lambda one: -one.count,
    )
    return WhyNothing(tuple(counted), tuple(relaxations[:_MOST_RELAXATIONS]))


Relaxed = tuple[str, Node, int]
"""A change in words, the query, its count."""


def _single(node: Node, found: list[Found], schema: Schema, count: Callable[[Node], int]) -> Iterator[Relaxed]:
    """The queries that differ in one clause and match something."""
    for one in found:
        for change, new in _looser(one, schema, alone=len(found) == 1):
            query = replaced(node, {one.place: new})
            if total := count(query):
                yield change, query, total


def _looser(one: Found, schema: Schema, *, alone: bool) -> Iterator[tuple[str, Node | None]]:
    """What may stand in place of a clause: less of it, or nothing."""
    text = to_text(one.node, schema)
    if one.prohibited:
        yield f"with {text}", None
        return
    whole = one.node
    core = whole.child if isinstance(whole, Boost | Constant) else whole

    def boosted(node: Node) -> Node:
        return replace(whole, child=node) if isinstance(whole, Boost | Constant) else node

    if isinstance(core, Phrase) and len(words := core.text.split()) > 1:
        yield (
            f"the words of {text} anywhere",
            boosted(Bag(tuple(Clause(Word(word, core.field)) for word in words))),
        )
    if isinstance(core, Near):
        yield f"{text} anywhere, however far apart", boosted(Bag((Clause(core.left), Clause(core.right))))
        if isinstance(schema.fields.get(core.field or ""), Text):
            left, right = (replace(side, field=None) for side in (core.left, core.right))
            yield f"{text} in any field", boosted(Near(left, right, core.distance))
    if isinstance(core, Word | Phrase | Prefix) and core.field is not None:
        is_text = isinstance(schema.fields.get(core.field), Text)
        if is_text:
            yield f"{text} in any field", boosted(replace(core, field=None))
    if not alone:
        yield "at any date" if _is_date(core, schema) else f"without {text}", None


def _is_date(node: Node, schema: Schema) -> bool:
    return isinstance(node, Between) and node.field == schema.date


def _several(
    node: Node, found: list[Found], counted: list[ClauseCount], count: Callable[[Node], int]
) -> Iterator[Relaxed]:
    """The query without the fewest clauses that a simple search finds: those that match nothing, then the rarest."""
    order = sorted(range(len(found)), key=lambda number: (counted[number].prohibited, counted[number].count))
    nothing = sum(not counted[number].count for number in order if not counted[number].prohibited)
    for left_out in range(max(2, nothing), len(found)):
        changes: Changes = {found[number].place: None for number in order[:left_out]}
        query = replaced(node, changes)
        if total := count(query):
            texts = [counted[number].text for number in sorted(order[:left_out])]
            yield f"without {' and '.join(texts)}", query, total
            return


def _documents(clause: ClauseCount) -> str:
    return f"{clause.count:,} article{'' if clause.count == 1 else 's'}{' excluded' if clause.prohibited else ''}"
