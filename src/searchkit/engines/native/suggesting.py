"""Completions, likeness and advice for a snapshot of an index."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from searchkit.arguments import instance, whole
from searchkit.errors import DocumentNotFound
from searchkit.limits import Limits
from searchkit.query.moments import When, microseconds
from searchkit.query.nodes import Node
from searchkit.query.parser import parse
from searchkit.results.hit import Hit
from searchkit.search.parts import SegmentPart
from searchkit.search.searcher import answer
from searchkit.search.snapshot import Snapshot
from searchkit.search.totals import total
from searchkit.suggestions import Completion, Source, Suggestion, alike, complete
from searchkit.suggestions.advice import Advice

__all__ = ["Suggester"]

_READ = 3
"""Documents that are read to see how a word is spelt."""


class Suggester:
    """snapshot: what to suggest from. limits, now: of the index; now is None for the clock."""

    def __init__(self, snapshot: Snapshot, limits: Limits, now: datetime | None) -> None:
        self._snapshot, self._limits, self._now = snapshot, limits, now

    def completions(self, text: str, limit: int, since: When, until: When) -> list[Completion]:
        """See `Index.complete`."""
        instance("text", text, str, "a str")
        whole("limit", limit, 0, self._limits.page, "page")
        low, high = self._bounds(since, until)

        def count(node: Node) -> int:
            return total(self._snapshot, node, self._limits, low, high)

        return complete(self._snapshot, text, self._parse, count, lambda node: self._best(node, low, high), limit)

    def likeness(self, source: str | Hit | Mapping[str, Any], terms: int) -> Node:
        """The query of `Index.like`."""
        whole("terms", terms, 1)
        return alike(self._snapshot, self._source(source), terms)

    def advice(
        self,
        query: str | Node,
        node: Node,
        since: When,
        until: When,
        timeout: float | None = None,
        narrow: Callable[[Node], Node] | None = None,
    ) -> Advice:
        """What an answer can say about its query; node: as it was understood. timeout: for each thing that it says.

        narrow: a tree → the same for what was selected only.
        """
        text, bounds = query if isinstance(query, str) else None, self._bounds(since, until)
        return Advice(self._snapshot, node, text, *bounds, self._parse, self._total, self._best, timeout, narrow)

    def suggestions(self, query: str | Node, limit: int, since: When, until: When) -> list[Suggestion]:
        """See `Index.suggest`."""
        instance("a query", query, str | Node, "a string or a tree of nodes")
        whole("limit", limit, 0, self._limits.page, "page")
        node = query if isinstance(query, Node) else self._parse(query)
        return self.advice(query, node, since, until).suggestions(limit)

    def _source(self, source: str | Hit | Mapping[str, Any]) -> Source:
        names = self._snapshot.schema.texts
        if isinstance(source, Mapping):
            unknown = [name for name in source if name not in names]
            if unknown:
                raise ValueError(f"{unknown[0]!r} is not a text field; these are: {', '.join(names)}")
            return Source({name: str(text) for name, text in source.items() if text})
        if isinstance(source, Hit):
            return Source({name: source.get(name, "") for name in names}, source.id)
        found = self._snapshot.find(str(source))
        if found is None:
            raise DocumentNotFound(str(source))
        values = found[0].segment.fields(found[1])
        return Source({name: values.get(name, "") for name in names}, str(source))

    def _bounds(self, since: When, until: When) -> tuple[int | None, int | None]:
        schema = self._snapshot.schema
        low, high = (microseconds(when, schema, self._now, end=end) for when, end in ((since, False), (until, True)))
        return low, high

    def _best(
        self, node: Node, since: int | None = None, until: int | None = None
    ) -> Iterator[tuple[SegmentPart, int]]:
        """A few documents that match all of a query, to see how words are spelt in them."""
        found = answer(self._snapshot, node, self._limits, limit=_READ, match="all", since=since, until=until)
        return ((part, document) for _, part, document in found.ranked)

    def _total(self, node: Node) -> int:
        return total(self._snapshot, node, self._limits)

    def _parse(self, text: str) -> Node:
        return parse(text, schema=self._snapshot.schema, limits=self._limits, now=self._now).node
