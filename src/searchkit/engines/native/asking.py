"""Searches of one snapshot of an index by any query, and all else that programs ask of it beside plain searches."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from searchkit.arguments import instance
from searchkit.dataclasses import replace
from searchkit.engines.native.answered import Answered
from searchkit.engines.native.arguments import check_match, check_page, is_by_date
from searchkit.engines.native.sharing import SharedByHits, explain_document
from searchkit.engines.native.understanding import Understanding
from searchkit.kernels.answers import Answer
from searchkit.kernels.ranked import all_found
from searchkit.limits import Limits
from searchkit.query.factors import Recency
from searchkit.query.moments import When, microseconds
from searchkit.query.nodes import All, Node
from searchkit.query.parsed import ParsedQuery
from searchkit.query.parser import parse
from searchkit.query.ranking import Ranking
from searchkit.results.hit import Hit
from searchkit.results.results import Results
from searchkit.schema.instants import microseconds as instant_of
from searchkit.search.cuts import noted
from searchkit.search.searcher import Match, answer
from searchkit.search.snapshot import Snapshot
from searchkit.search.totals import counted

if TYPE_CHECKING:
    from searchkit.engines.native.suggesting import Suggester
    from searchkit.search.explanation import Explanation
    from searchkit.search.facets import Facet
    from searchkit.search.facets.requests import FacetsWanted
    from searchkit.search.factors import Multiplier
    from searchkit.search.plan import Plan
    from searchkit.search.sorting.answering import SortedAnswer
    from searchkit.search.sorting.keys import SortWanted
    from searchkit.suggestions.advice import Advice

__all__ = ["Asking"]


class Asking:
    """snapshot: what is searched. understanding: of queries, by the index. limits: of the index.

    Methods have the arguments of those of `Index`.
    """

    def __init__(self, snapshot: Snapshot, understanding: Understanding, limits: Limits) -> None:
        self.snapshot, self._understanding, self._limits = snapshot, understanding, limits

    @property
    def asking(self) -> Asking:
        """Itself, as of `Searching`."""
        return self

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
        check_page(self._limits, limit, offset, match)
        snapshot, limits, multiplied = self.snapshot, self._limits, None
        if ranking is not None or recency is not None:
            ranking = _with_recency(ranking, recency)
            snapshot, multiplied = self._ranked_by(ranking)
        understood = self._understanding.understand(snapshot, query, strict)
        node, problems = understood.node, understood.problems
        narrow = node if not selected else self._narrowed(node, selected)
        if isinstance(sort, list) and len(sort) == 1:
            sort = sort[0]
        found: Answer | SortedAnswer
        later = Answered(self, query, match, sort, limit)
        later.snapshot, later.understood = snapshot, understood
        later.since, later.until, later.selected, later.timeout = since, until, selected, timeout
        later.collapse, later.ranking = collapse, ranking
        hits: list[Hit]
        if after is not None or collapse is not None or not (sort is None or is_by_date(sort, snapshot.schema)):
            from searchkit.engines.native.paging import Asked, ask_page, page_hits

            asked = Asked(query, match, sort, since, until, selected, collapse, ranking)
            page: dict[str, Any] = {"limit": limit, "offset": offset, "after": after}
            now = self._understanding.now()
            found, multiplied = ask_page(snapshot, narrow, asked, limits, now=now, multiplied=multiplied, **page)
            hits = page_hits(found, later)
        else:
            low, high = self._interval(snapshot, since, until)
            found = answer(snapshot, narrow, limits, limit, offset, match, sort, low, high, multiplied)  # type: ignore[arg-type]
            hits = all_found(Hit, found.ranked, found.scale, later)
        later.found, later.multiplied = found, multiplied
        if found.plan.cuts:
            problems += noted(found.plan.cuts, query, snapshot.schema, strict)
        results = Results(hits, found.partial, problems, later)
        if facets is not None:
            how: Match = "any" if found.partial or match == "any" else "all"
            results.facets = self._facets(node, facets, how, since, until, selected, found.plan)
        return results

    def facets(
        self,
        query: str | Node,
        facets: FacetsWanted,
        match: Match,
        since: When,
        until: When,
        selected: Mapping[str, Any] | None,
        strict: bool,
    ) -> dict[str, Facet]:
        """See `Index.facets`."""
        node = self._understanding.understand(self.snapshot, query, strict).node
        check_match(match)
        return self._facets(node, facets, match, since, until, selected)

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
        check_match(match)
        snapshot = self.snapshot
        node = self._understanding.understand(snapshot, query, strict).node
        narrow = node if not selected else self._narrowed(node, selected)
        found, plan = counted(snapshot, narrow, self._limits, match, *self._interval(snapshot, since, until))
        if plan.cuts and strict:
            noted(plan.cuts, query, snapshot.schema, strict)
        return found

    def scan(
        self,
        query: str | Node | None,
        match: Match,
        sort: str,
        since: When,
        until: When,
        selected: Mapping[str, Any] | None,
        strict: bool,
    ) -> Iterator[Hit]:
        """See `Index.scan`."""
        from searchkit.engines.native.exact import plan_of
        from searchkit.engines.native.scanning import is_descending, scan

        snapshot, understanding, asked = self.snapshot, self._understanding, All() if query is None else query
        descending = is_descending(sort, snapshot.schema)
        options: dict[str, Any] = {"since": since, "until": until, "selected": selected, "strict": strict}
        node = understanding.understand(snapshot, asked, strict).node
        plan = plan_of(snapshot, understanding, asked, node, match=match, **options)
        shared = SharedByHits(snapshot, node, self._limits, plan, None)
        return scan(snapshot, plan, shared, descending)

    def explain(
        self,
        query: str | Node,
        id: str,
        match: Match,
        since: When,
        until: When,
        ranking: Ranking | None,
        recency: str | timedelta | Recency | None,
        strict: bool,
    ) -> Explanation | None:
        """See `Index.explain`."""
        snapshot, multiplied = self._ranked_by(_with_recency(ranking, recency))
        node = self._understanding.understand(snapshot, query, strict).node
        check_match(match)
        plan = answer(snapshot, node, self._limits, 1, 0, match, None, *self._interval(snapshot, since, until)).plan
        found = snapshot.find(str(id))
        return None if found is None else explain_document(snapshot, plan, multiplied, *found)

    def suggester(self) -> Suggester:
        """Completions, likeness and advice."""
        # Only here: searching starts sooner without it.
        from searchkit.engines.native.suggesting import Suggester

        return Suggester(self.snapshot, self._limits, self._understanding.now())

    def _ranked_by(self, ranking: Ranking) -> tuple[Snapshot, Multiplier | None]:
        """The snapshot as a search is to rank it, and the factors."""
        multiplied = None
        if ranking.factors:
            from searchkit.search.factors import Multiplier

            now = self._understanding.now() or datetime.now(UTC)
            multiplied = Multiplier(self.snapshot, ranking.factors, instant_of(now, UTC))
        return self.snapshot.under(ranking), multiplied

    def _narrowing(self, selected: Mapping[str, Any] | None) -> Callable[[Node], Node] | None:
        return (lambda node: self._narrowed(node, selected)) if selected else None

    def _narrowed(self, node: Node, selected: Mapping[str, Any]) -> Node:
        from searchkit.engines.native.faceting import narrowed

        return narrowed(self.snapshot, node, selected, self._limits, self._understanding.now())

    def _facets(
        self,
        node: Node,
        facets: FacetsWanted,
        match: Match,
        since: When,
        until: When,
        selected: Mapping[str, Any] | None,
        plan: Plan | None = None,
    ) -> dict[str, Facet]:
        from searchkit.engines.native.faceting import facets_of

        now = self._understanding.now()
        return facets_of(
            self.snapshot,
            node,
            facets,
            self._limits,
            selected,
            match=match,
            since=since,
            until=until,
            now=now,
            plan=plan,
        )

    def _interval(self, snapshot: Snapshot, since: When, until: When) -> tuple[int | None, int | None]:
        """The interval of primary dates of a search of the snapshot, in microseconds."""
        if since is None and until is None:
            return None, None
        now = self._understanding.now()
        return (
            None if since is None else microseconds(since, snapshot.schema, now, end=False),
            None if until is None else microseconds(until, snapshot.schema, now, end=True),
        )

    def parse(self, query: str) -> ParsedQuery:
        """A query that was searched plainly, as the parser understands it."""
        return parse(query, schema=self.snapshot.schema, limits=self._limits)

    def shared(self, snapshot: Snapshot, node: Node, plan: Plan, multiplied: Multiplier | None) -> SharedByHits:
        """What the hits of an answer share."""
        return SharedByHits(snapshot, node, self._limits, plan, multiplied)

    def advise(
        self,
        query: str | Node,
        node: Node,
        since: When,
        until: When,
        timeout: float | None,
        selected: Mapping[str, Any] | None,
    ) -> Advice:
        """What else a query may have meant."""
        return self.suggester().advice(query, node, since, until, timeout, self._narrowing(selected))


def _with_recency(ranking: Ranking | None, recency: str | timedelta | Recency | None) -> Ranking:
    ranking = Ranking() if ranking is None else ranking
    instance("ranking", ranking, Ranking, "a searchkit.Ranking")
    if recency is None:
        return ranking
    factor = recency if isinstance(recency, Recency) else Recency(recency)
    return replace(ranking, factors=(*ranking.factors, factor))
