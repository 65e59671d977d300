"""What an answer can say about its query, when it is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from searchkit.dataclasses import dataclass
from searchkit.deadlines import within
from searchkit.query.nodes import And, Between, Node
from searchkit.search.parts import SegmentPart
from searchkit.search.snapshot import Snapshot
from searchkit.suggestions.spelling import Speller, Suggestion
from searchkit.suggestions.why_nothing import WhyNothing, why_nothing

__all__ = ["Advice"]


@dataclass(frozen=True, slots=True)
class Advice:
    """snapshot: what was searched. node: the query; text: what it was typed as, if it was. since, until: the interval
    of primary dates it was limited to, in microseconds. parse: text → tree. count: how many documents match a tree, all
    of it. best: the documents that match one best. timeout: seconds that each thing asked may take.
    """

    snapshot: Snapshot
    node: Node
    text: str | None
    since: int | None
    until: int | None
    parse: Callable[[str], Node]
    count: Callable[[Node], int]
    best: Callable[[Node], Iterable[tuple[SegmentPart, int]]]
    timeout: float | None = None

    def suggestions(self, limit: int = 5) -> list[Suggestion]:
        """See `searchkit.suggestions.Speller`; the dates that were asked for go without saying."""
        with within(self.timeout):
            speller = Speller(self.snapshot, self.parse, self._count_dated, self.best)
            return speller.suggest(self.node, self.text, limit)

    def why_nothing(self) -> WhyNothing:
        """See `searchkit.suggestions.why_nothing`; the dates that were asked for are a clause like others."""
        with within(self.timeout):
            return why_nothing(self._dated(self.node), self.snapshot.schema, self.count)

    def _count_dated(self, node: Node) -> int:
        return self.count(self._dated(node))

    def _dated(self, node: Node) -> Node:
        date = self.snapshot.schema.date
        if date is None or (self.since is None and self.until is None):
            return node
        return And((node, Between(date, self.since, self.until)))
