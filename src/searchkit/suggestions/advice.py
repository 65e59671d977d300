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
    of primary dates it was limited to, in microseconds. narrow: a tree → the same for what was selected only, or None
    where nothing was. parse: text → tree. count: how many documents match a tree, all
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
    narrow: Callable[[Node], Node] | None = None

    def suggestions(self, limit: int = 5) -> list[Suggestion]:
        """See `searchkit.suggestions.Speller`; dates that were asked for, and what was selected, go without saying."""
        with within(self.timeout):
            speller = Speller(self.snapshot, self.parse, self._count_narrow, self.best)
            return speller.suggest(self.node, self.text, limit)

    def why_nothing(self) -> WhyNothing:
        """See `searchkit.suggestions.why_nothing`; dates that were asked for, and what was selected, are clauses."""
        with within(self.timeout):
            return why_nothing(self._narrow(self.node), self.snapshot.schema, self.count)

    def _count_narrow(self, node: Node) -> int:
        return self.count(self._narrow(node))

    def _narrow(self, node: Node) -> Node:
        if self.narrow is not None:
            node = self.narrow(node)
        date = self.snapshot.schema.date
        if date is None or (self.since is None and self.until is None):
            return node
        return And((node, Between(date, self.since, self.until)))
