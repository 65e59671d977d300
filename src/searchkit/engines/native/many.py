"""Many queries at once, in threads: compiled kernels hold no lock of Python's while they search."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import count
from typing import TYPE_CHECKING, Any, TypedDict

from searchkit.engines.native.searching import Searching
from searchkit.errors import QueryError
from searchkit.query.factors import Recency
from searchkit.query.moments import When
from searchkit.query.nodes import Node
from searchkit.query.ranking import Ranking
from searchkit.results.results import Results
from searchkit.search.searcher import Match

if TYPE_CHECKING:
    from searchkit.search.facets.requests import FacetsWanted
    from searchkit.search.sorting.keys import SortWanted

__all__ = ["SearchOptions", "search_many"]


class SearchOptions(TypedDict, total=False):
    """What `Index.search` can be told beside the query."""

    limit: int
    offset: int
    match: Match
    sort: SortWanted | None
    since: When
    until: When
    after: str | None
    collapse: str | None
    facets: FacetsWanted | None
    selected: Mapping[str, Any] | None
    ranking: Ranking | None
    recency: str | timedelta | Recency | None
    timeout: float | None
    strict: bool


def search_many(
    searching: Searching, queries: Sequence[str | Node], threads: int, options: SearchOptions
) -> list[Results]:
    """The answers to queries, in their order.

    Raises what the first query (in their order) raises that cannot be answered, with its position.
    """
    found: list[Results | None] = [None] * len(queries)
    failures: dict[int, Exception] = {}
    positions = count()

    def work() -> None:
        # Positions are given out in order: whatever comes before one that fails was given out, too.
        while not failures and (position := next(positions)) < len(queries):
            try:
                found[position] = searching.search(queries[position], **options)
            except Exception as error:
                failures[position] = error

    workers = min(threads, len(queries))
    if workers <= 1:
        work()
    else:
        with ThreadPoolExecutor(workers) as pool:
            for _ in range(workers):
                pool.submit(work)
    if failures:
        raise _positioned(failures, min(failures))
    return found  # type: ignore[return-value]  # every position was answered


def _positioned(failures: Mapping[int, Exception], position: int) -> Exception:
    error = failures[position]
    if isinstance(error, QueryError):
        error.position = position
    else:
        error.add_note(f"query {position}")
    return error
