"""What an answer remembers of its question: for all that programs may ask of results and hits later."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from searchkit.deadlines import within
from searchkit.kernels.answers import Answer

if TYPE_CHECKING:
    from searchkit.engines.native.asking import Asking
    from searchkit.engines.native.searching import Searching
    from searchkit.engines.native.sharing import SharedByHits
    from searchkit.query.moments import When
    from searchkit.query.nodes import Node
    from searchkit.query.parsed import ParsedQuery
    from searchkit.query.ranking import Ranking
    from searchkit.results.wanted import Wanted
    from searchkit.search.explanation import Explanation
    from searchkit.search.factors import Multiplier
    from searchkit.search.parts import SegmentPart
    from searchkit.search.searcher import Match
    from searchkit.search.snapshot import Snapshot
    from searchkit.search.sorting.answering import SortedAnswer
    from searchkit.search.sorting.keys import SortWanted
    from searchkit.suggestions.advice import Advice

__all__ = ["Answered"]


class Answered:
    """searching: what was searched. query: as it was given. limit, match, sort, and the attributes below: as for
    `Index.search`.

    To make one is part of every search, so the rest is set by those who have it. Each hit of an answer keeps it, and so
    the ranking.
    """

    found: Answer | SortedAnswer
    """The answer, which must be set."""

    since: When = None
    until: When = None
    collapse: str | None = None
    selected: Mapping[str, Any] | None = None
    ranking: Ranking | None = None
    timeout: float | None = None
    multiplied: Multiplier | None = None
    """What scores were multiplied by."""

    snapshot: Snapshot | None = None
    """What was searched, where that may be ranked otherwise."""

    _understood: ParsedQuery | None = None
    _shared: SharedByHits | None = None

    def __init__(
        self,
        searching: Searching | Asking,
        query: str | Node,
        match: Match,
        sort: SortWanted | None,
        limit: int,
    ) -> None:
        self._searching, self._query, self._match, self._sort, self._limit = searching, query, match, sort, limit

    @property
    def understood(self) -> ParsedQuery:
        """The query; must be set where it is anything but plain text."""
        if self._understood is None:
            self._understood = self._searching.asking.parse(str(self._query))
        return self._understood

    @understood.setter
    def understood(self, understood: ParsedQuery) -> None:
        self._understood = understood

    def count(self) -> int:
        """How many documents match."""
        with within(self.timeout):
            return self.found.count()

    def next_page(self) -> str | None:
        """The token of the page after these hits; None where these are the last."""
        if not self._limit or len(self.found.ranked) < self._limit:
            return None
        from searchkit.engines.native.paging import Asked, page_token

        chosen = (self.since, self.until, self.selected, self.collapse, self.ranking)
        asked = Asked(self._query, self._match, self._sort, *chosen)
        return page_token(self._snapshot, asked, self.found, self.multiplied)

    def advise(self) -> Advice:
        """What else may have been meant."""
        dates = (self.since, self.until)
        node = self.understood.node
        return self._searching.asking.advise(self._query, node, *dates, self.timeout, self.selected)

    def __iter__(self) -> Iterator[Wanted]:
        return iter(self._by_hits())

    def explain(self, part: SegmentPart, document: int) -> Explanation | None:
        """Where the score of a document comes from."""
        return self._by_hits().explain(part, document)

    @property
    def _snapshot(self) -> Snapshot:
        return self._searching.snapshot if self.snapshot is None else self.snapshot

    def _by_hits(self) -> SharedByHits:
        if self._shared is None:
            self._shared = self._searching.asking.shared(
                self._snapshot, self.understood.node, self.found.plan, self.multiplied
            )
        return self._shared
