"""Searches of one snapshot of an index, as programs ask for them: plain ones in the shortest way.

All others go to `Asking`, which is imported when it is needed: a first query starts sooner without the query language.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

from searchkit.deadlines import within
from searchkit.engines.native.answered import Answered
from searchkit.engines.native.arguments import check_match, check_page, is_by_date
from searchkit.engines.native.understanding import Understanding
from searchkit.kernels.answers import Answer
from searchkit.kernels.execution import MOST
from searchkit.kernels.plain_search import PlainSearch
from searchkit.kernels.ranked import all_found
from searchkit.limits import Limits
from searchkit.results.hit import Hit
from searchkit.results.results import Results
from searchkit.search.plain_search import plain_search
from searchkit.search.snapshot import Snapshot

if TYPE_CHECKING:
    from searchkit.engines.native.asking import Asking
    from searchkit.query.factors import Recency
    from searchkit.query.moments import When
    from searchkit.query.nodes import Node
    from searchkit.query.ranking import Ranking
    from searchkit.search.facets.requests import FacetsWanted
    from searchkit.search.searcher import Match
    from searchkit.search.sorting.keys import SortWanted

__all__ = ["Searching"]


class Searching:
    """snapshot: what is searched. understanding: of queries, by the index. limits: of the index. asked: how often it
    was used.

    Methods have the arguments of those of `Index`.
    """

    def __init__(self, snapshot: Snapshot, understanding: Understanding, limits: Limits) -> None:
        self.snapshot, self._understanding, self._limits = snapshot, understanding, limits
        self.asked = 0

    @cached_property
    def asking(self) -> Asking:
        """Searches by any query, and all else."""
        from searchkit.engines.native.asking import Asking

        return Asking(self.snapshot, self._understanding, self._limits)

    @cached_property
    def plain(self) -> PlainSearch:
        """Searches by plain queries."""
        return plain_search(self.snapshot, self._limits)

    def search(
        self,
        query: str | Node,
        limit: int = 10,
        offset: int = 0,
        match: Match = None,
        sort: SortWanted | None = None,
        since: When = None,
        until: When = None,
        after: str | None = None,
        collapse: str | None = None,
        facets: FacetsWanted | None = None,
        selected: Mapping[str, Any] | None = None,
        ranking: Ranking | None = None,
        recency: str | timedelta | Recency | None = None,
        timeout: float | None = None,
        strict: bool = False,
    ) -> Results:
        """See `Index.search`."""
        if (
            type(query) is str
            and (sort is None or (type(sort) is str and is_by_date(sort, self.snapshot.schema)))
            and not selected
            and since is None
            and until is None
            and after is None
            and collapse is None
            and facets is None
            and ranking is None
            and recency is None
            and timeout is None
        ):
            results = self._search_plainly(query, limit, offset, match, sort)
            if results is not None:
                return results
        with within(timeout):
            return self.asking.search(
                query,
                limit,
                offset,
                match,
                sort,
                since,
                until,
                after,
                collapse,
                facets,
                selected,
                ranking,
                recency,
                timeout,
                strict,
            )

    def _search_plainly(
        self, query: str, limit: int, offset: int, match: Match, sort: SortWanted | None
    ) -> Results | None:
        """What is found for words side by side or a phrase, in the shortest way; None for any other query."""
        if self._understanding.synonyms is not None or offset:
            return None
        check_page(self._limits, limit, offset, match)
        found: Answer | None = self.plain.search(self.snapshot, query, match, min(limit or 1, MOST), sort)
        if found is None:
            return None
        later = Answered(self, query, match, sort, limit)
        later.found = found
        hits: list[Hit] = all_found(Hit, found.ranked if limit else [], found.scale, later)
        return Results(hits, found.partial, (), later)

    def count(
        self,
        query: str | Node,
        match: Match,
        since: When,
        until: When,
        selected: Mapping[str, Any] | None,
        strict: bool,
    ) -> int:
        """See `Index.count`."""
        if (
            type(query) is str
            and since is None
            and until is None
            and not selected
            and self._understanding.synonyms is None
        ):
            check_match(match)
            total: int | None = self.plain.count(self.snapshot, query, match)
            if total is not None:
                return total
        return self.asking.count(query, match, since, until, selected, strict)
