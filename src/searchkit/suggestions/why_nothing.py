"""Why a query found nothing: how many documents each of its clauses has, and what would be found with less of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from searchkit.dataclasses import dataclass, replace
from searchkit.query.nodes import (
    Bag,
    Between,
    Boost,
    Clause,
    Constant,
    Fuzzy,
    Near,
    Node,
    Or,
    Phrase,
    Prefix,
    Regex,
    Wildcard,
    Word,
)
from searchkit.query.printing import to_text
from searchkit.schema import Keyword, Schema, Text
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
    counted = _counted(found, schema, count)
    relaxed = (
        list(_single(node, found, schema, count))
        or list(_several(node, found, counted, count))
        or list(_apart(node, found, schema, count))
    )
    relaxations = sorted(
        (Relaxation(change, to_text(query, schema), query, total) for change, query, total in relaxed),
        key=lambda one: -one.count,
    )
    return WhyNothing(tuple(counted), tuple(relaxations[:_MOST_RELAXATIONS]))


def _counted(found: list[Found], schema: Schema, count: Callable[[Node], int]) -> list[ClauseCount]:
    return [
        ClauseCount(to_text(one.node, schema), one.node, count(one.node), prohibited=one.prohibited) for one in found
    ]


Relaxed = tuple[str, Node, int]
"""A change in words, the query, its count."""


def _single(node: Node, found: list[Found], schema: Schema, count: Callable[[Node], int]) -> Iterator[Relaxed]:
    """The queries that differ in one clause and match something."""
    dates = sum(_is_date(one.node, schema) for one in found)
    for one in found:
        for change, new in _looser(one, schema, alone=len(found) == 1, dates=dates):
            query = replaced(node, {one.place: new})
            if total := count(query):
                yield change, query, total


def _looser(one: Found, schema: Schema, *, alone: bool, dates: int) -> Iterator[tuple[str, Node | None]]:
    """What may stand in place of a clause: less of it, or nothing. dates: how many clauses are about the date."""
    text = to_text(one.node, schema)
    if one.prohibited:
        yield f"with {text}", None
        return
    whole = one.node
    core = whole.child if isinstance(whole, Boost | Constant) else whole

    def boosted(node: Node) -> Node:
        return replace(whole, child=node) if isinstance(whole, Boost | Constant) else node

    if isinstance(core, Phrase) and (words := _words(core)) is not None:
        yield f"the words of {text} anywhere", boosted(words)
    if isinstance(core, Or) and all(isinstance(child, Near) for child in core.children):
        apart = [_words(child) for child in core.children]
        yield f"{text} anywhere, however far apart", boosted(Or(tuple(child for child in apart if child is not None)))
    if isinstance(core, Near) and (words := _words(core)) is not None:
        yield f"{text} anywhere, however far apart", boosted(words)
        if isinstance(schema.fields.get(core.field or ""), Text):
            left, right = (replace(side, field=None) for side in (core.left, core.right))
            yield f"{text} in any field", boosted(Near(left, right, core.distance))
    if isinstance(core, Word | Phrase | Prefix | Wildcard | Regex | Fuzzy) and core.field is not None:
        field = schema.fields.get(core.field)
        if isinstance(field, Text | Keyword):
            where = "any field" if isinstance(field, Text) else "the text"
            yield f"{text} in {where}", boosted(replace(core, field=None))
    if not alone:
        yield "at any date" if dates == 1 and _is_date(core, schema) else f"without {text}", None


def _words(node: Node) -> Bag | None:
    """The words of a phrase, or what is near each other, side by side; None where that is one thing only."""
    if isinstance(node, Near):
        return Bag((Clause(node.left), Clause(node.right)))
    words = node.text.split() if isinstance(node, Phrase) else []
    field = node.field if isinstance(node, Phrase) else None
    return Bag(tuple(Clause(Word(word, field)) for word in words)) if len(words) > 1 else None


def _is_date(node: Node, schema: Schema) -> bool:
    return isinstance(node, Between) and node.field == schema.date


def _apart(node: Node, found: list[Found], schema: Schema, count: Callable[[Node], int]) -> Iterator[Relaxed]:
    """The query with its phrases as words, without the fewest of them."""
    changes: Changes = {one.place: _words(one.node) for one in found if not one.prohibited and _words(one.node)}
    if changes:
        looser = replaced(node, changes)
        apart = list(clauses(looser))[:_MOST_CLAUSES]
        for change, query, total in _several(looser, apart, _counted(apart, schema, count), count, least=1):
            yield f"words of phrases anywhere, {change}", query, total


def _several(
    node: Node, found: list[Found], counted: list[ClauseCount], count: Callable[[Node], int], *, least: int = 2
) -> Iterator[Relaxed]:
    """The query without the fewest clauses that a simple search finds: those that match nothing, then the rarest.

    least: how many are left out at least.
    """
    order = sorted(range(len(found)), key=lambda number: (counted[number].prohibited, counted[number].count))
    nothing = sum(not counted[number].count for number in order if not counted[number].prohibited)
    for left_out in range(max(least, nothing), len(found)):
        changes: Changes = {found[number].place: None for number in order[:left_out]}
        query = replaced(node, changes)
        if total := count(query):
            texts = [counted[number].text for number in sorted(order[:left_out])]
            yield f"without {' and '.join(texts)}", query, total
            return


def _documents(clause: ClauseCount) -> str:
    return f"{clause.count:,} article{'' if clause.count == 1 else 's'}{' excluded' if clause.prohibited else ''}"
