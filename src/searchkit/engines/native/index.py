"""The index that a program opens, kept by the native engine in a folder."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal

from searchkit.arguments import function, identifier, instance, seconds, several, whole
from searchkit.engines.native.reading import Reader
from searchkit.errors import DocumentError, IndexClosed, ReadOnlyIndex
from searchkit.limits import DEFAULT_LIMITS, Limits
from searchkit.query.checking import check_tree
from searchkit.query.factors import Recency
from searchkit.query.interpretation import interpret
from searchkit.query.moments import microseconds
from searchkit.query.nodes import Node
from searchkit.query.parsed import ParsedQuery
from searchkit.query.parser import parse
from searchkit.query.problems import Problem
from searchkit.query.ranking import Ranking
from searchkit.results.hit import Hit, presented
from searchkit.results.results import Results
from searchkit.results.wanted import Wanted, wanted
from searchkit.schema import Schema
from searchkit.schema.instants import microseconds as instant_of
from searchkit.search.cuts import noted
from searchkit.search.explanation import Explanation
from searchkit.search.factors import Multiplier
from searchkit.search.parts import SegmentPart
from searchkit.search.plan import Plan
from searchkit.search.searcher import Answer, Match, answer
from searchkit.search.snapshot import Snapshot
from searchkit.storage import Finding, Store

if TYPE_CHECKING:
    from searchkit.engines.native.report import Report
    from searchkit.engines.native.suggesting import Suggester
    from searchkit.engines.native.synonyms import SynonymsGiven
    from searchkit.engines.native.writer import Writer
    from searchkit.search.facets import Facet
    from searchkit.search.facets.requests import FacetsWanted
    from searchkit.search.sorting.answering import SortedAnswer
    from searchkit.search.sorting.keys import SortWanted
    from searchkit.search.synonyms import Synonyms
    from searchkit.suggestions import Completion, Suggestion

__all__ = ["Index"]

When = datetime | date | str | None

_REMEMBERED, _REMEMBERED_LENGTH = 1000, 200


class Index:
    """An inverted index over articles, in a folder. Made by `searchkit.open`; a context manager.

    May be shared by threads. Every search sees the newest commit, whole.
    """

    def __init__(
        self,
        store: Store,
        schema: Schema,
        *,
        read_only: bool,
        timeout: float,
        limits: Limits = DEFAULT_LIMITS,
        now: Callable[[], datetime] | None = None,
        synonyms: Synonyms | None = None,
    ) -> None:
        self._store, self._reader = store, Reader(store, schema)
        self._schema, self._read_only, self._timeout = schema, read_only, timeout
        self.limits = limits
        self._now, self._synonyms = now, synonyms
        self._parsed: dict[str, ParsedQuery] = {}
        self._closed = False

    @property
    def path(self) -> str:
        """The absolute path of the folder."""
        return self._store.path

    @property
    def schema(self) -> Schema:
        """The fields of the index."""
        return self._snapshot().schema

    def _snapshot(self) -> Snapshot:
        self._check_open()
        return self._reader.snapshot()

    def _check_open(self) -> None:
        if self._closed:
            raise IndexClosed(f"{self._store.path}: the index was closed")

    def add(
        self,
        articles: Iterable[object],
        *,
        on_error: Literal["report", "raise"] = "report",
        progress: Callable[[int], None] | None = None,
    ) -> Report:
        """Adds articles in one atomic commit; those whose id exists replace it.

        articles: mappings, dataclasses, any objects with attributes, or what `searchkit.articles.read` yields.
        on_error: "report" leaves out what cannot be indexed and lists it in the report; "raise" raises `DocumentError`
            at the first such article, and nothing is added.
        progress: called with the number of articles read so far, after each.

        Where reading the articles raises, nothing is added either. Raises `LockTimeout` where another writer holds the
        index.
        """
        from searchkit.engines.native.report import Report

        if on_error not in ("report", "raise"):
            raise ValueError(f"on_error is 'report' or 'raise', not {on_error!r}")
        several("add", articles, "articles")
        function("progress", progress)
        rejected = []
        with self.writer() as writer:
            for number, article in enumerate(articles, 1):
                try:
                    if isinstance(article, DocumentError):
                        raise article
                    writer.add(article)
                except DocumentError as error:
                    if on_error == "raise":
                        raise
                    rejected.append(error)
                if progress is not None:
                    progress(number)
        return Report(writer.added, writer.replaced, rejected, writer.removed)

    @contextmanager
    def writer(self, *, timeout: float | None = None) -> Iterator[Writer]:
        """A writer, for one commit: `with index.writer() as writer: writer.add(…); writer.delete(…)`.

        timeout: seconds to wait for another writer, else that of the index; then `LockTimeout`.
        """
        # Only here: searching starts sooner without all that writes.
        from searchkit.engines.native.writer import Writer

        if self._read_only:
            raise ReadOnlyIndex(f"{self._store.path}: opened for reading only")
        self._check_open()
        patience = self._timeout if timeout is None else seconds("timeout", timeout)
        with Writer(self._store, self._schema, timeout=patience) as writer:
            yield writer

    def delete(self, id: str) -> bool:
        """Deletes the document with an id, in a commit of its own; False where there is none."""
        with self.writer() as writer:
            return writer.delete(id)

    def merge(self) -> None:
        """Merges all segments into one: smallest and fastest to search; not needed for either to be good."""
        with self.writer() as writer:
            writer.merge()

    def set_synonyms(self, synonyms: SynonymsGiven) -> None:
        """From now on queries are searched with these synonyms, as for `searchkit.open`; None: with none.

        The same file again reads what is in it now. Nothing of the index changes.
        """
        from searchkit.engines.native.synonyms import synonyms_of

        self._check_open()
        self._synonyms = synonyms_of(synonyms)

    def attachment(self, name: str) -> bytes | None:
        """The bytes that a writer kept with the index under a name, or None."""
        instance("name", name, str, "a str")
        self._check_open()
        files = self._store.snapshot()
        entry = files.manifest.attachments.get(name)
        return None if entry is None else bytes(files.file(entry.name).view)

    def search(
        self,
        query: str | Node,
        *,
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
        strict: bool = False,
    ) -> Results:
        """The articles that answer a query best.

        query: text in the query language, or a tree of nodes.
        limit, offset: how many hits, and how many of the best to leave out before them.
        match: "all" words must be there, or "any"; by default all, and where no article has them all, the closest.
        sort: by score; or the name of a field, "-" before it for descending, a `SortKey`, or a list of several:
            "-date" is newest first, "-score" best first. Articles that have no value come last.
        since, until: only articles dated from `since` on, and before `until`; a date in text or a `date` that is given
            as `until` is included whole, as in the query language's `until:`.
        after: a token, `Results.next_page` of the page before: what comes after its last hit, whatever was added or
            deleted meanwhile. The query and all that decides on matches and order must be the same, else
            `PageTokenError`.
        collapse: a keyword field of single values: of each value only the best article, with its `group_size`; those
            without a value stand for themselves.
        facets: what to count over all that match, for `Results.facets`; see `facets`.
        selected: field → value, or values in a list, of which a document must have one; see `facets`.
        ranking: weights, k1 and b for this search, by default those of the schema; and factors.
        recency: new articles before old ones: the age that takes a quarter of the score ("90d"), half of what age can
            take; or a `Recency`, which says it all.
        strict: raise `QueryError` for what is wrong with the query, instead of listing it in `problems`.
        """
        snapshot = self._snapshot()
        multiplied = None
        if ranking is not None or recency is not None:
            snapshot, multiplied = self._ranked_by(snapshot, ranking, recency)
        node, problems, interpretation = self._understand(snapshot, query, strict)
        narrow = node if not selected else self._narrowed(snapshot, node, selected)
        if isinstance(sort, list) and len(sort) == 1:
            sort = sort[0]
        found: Answer | SortedAnswer
        if after is None and collapse is None and (sort is None or _is_plain(sort, snapshot.schema)):
            found = self._answer(snapshot, narrow, limit, offset, match, sort, since, until, multiplied)
            shared = _Shared(lambda: wanted(snapshot, node, self.limits), snapshot, found.plan, multiplied)
            scale = found.scale
            hits = [Hit(score * scale, part, document, shared) for score, part, document in found.ranked]
        else:
            from searchkit.engines.native.paging import Asked, ask_page, page_hits

            if multiplied is not None:
                raise ValueError(
                    "factors such as recency go with the order by score: leave out sort, after and collapse"
                )
            self._check_page(limit, offset, match)
            asked = Asked(query, match, sort, since, until, selected, collapse, ranking)
            now = None if self._now is None else self._now()
            found = ask_page(snapshot, narrow, asked, self.limits, limit=limit, offset=offset, after=after, now=now)
            shared = _Shared(lambda: wanted(snapshot, node, self.limits), snapshot, found.plan, None)
            hits = page_hits(found, shared)
        if found.plan.cuts:
            problems += noted(found.plan.cuts, query, snapshot.schema, strict)

        def next_page() -> str:
            from searchkit.engines.native.paging import Asked, page_token

            asked = Asked(query, match, sort, since, until, selected, collapse, ranking)
            return page_token(snapshot, asked, found)

        results = Results(
            hits,
            partial=found.partial,
            problems=problems,
            interpret=interpretation,
            count=found.count,
            next_page=next_page if hits and len(hits) == limit and multiplied is None else None,
            advise=lambda: self._suggester(snapshot).advice(query, narrow, since, until),
        )
        if facets is not None:
            # Of a search that found something it is known whether all words are in it.
            how: Match = "any" if found.partial else match or ("all" if found.ranked else None)
            results.facets = self._facets(snapshot, node, facets, selected, how, since, until)
        return results

    def facets(
        self,
        query: str | Node,
        facets: FacetsWanted,
        *,
        match: Match = None,
        since: When = None,
        until: When = None,
        selected: Mapping[str, Any] | None = None,
        strict: bool = False,
    ) -> dict[str, Facet]:
        """Counts of all that a query matches, by the values of fields: name → facet.

        facets: the name of a field, a `TermFacet`, `DateFacet` or `RangeFacet`, several of them, or a mapping that
            gives them names. A bare name stands for the ten most frequent values of a keyword or bool field, or for
            the months of a date field.
        selected: field → a value, or several in a list, that people have ticked: keyword or bool values, text such as
            "1979-11" or a pair for dates, a pair (low, high) for numbers, or buckets. Documents must have one of them
            for each field; but what is counted of that very field is counted as if nothing were selected there, so that
            the alternatives keep their counts.

        Other arguments as for `search`. Raises `QueryError` for a field that cannot be counted, `LimitExceeded` for
        more units or intervals than `limits` has buckets.
        """
        snapshot = self._snapshot()
        node, _, _ = self._understand(snapshot, query, strict)
        if match not in (None, "all", "any"):
            raise ValueError(f"match is 'all', 'any' or None, not {match!r}")
        return self._facets(snapshot, node, facets, selected, match, since, until)

    def _facets(
        self,
        snapshot: Snapshot,
        node: Node,
        facets: FacetsWanted,
        selected: Mapping[str, Any] | None,
        match: Match,
        since: When,
        until: When,
    ) -> dict[str, Facet]:
        from searchkit.engines.native.faceting import facets_of

        now = None if self._now is None else self._now()
        options: dict[str, Any] = {"selected": selected, "match": match, "since": since, "until": until, "now": now}
        return facets_of(snapshot, node, facets, self.limits, **options)

    def _narrowed(self, snapshot: Snapshot, node: Node, selected: Mapping[str, Any]) -> Node:
        from searchkit.engines.native.faceting import narrowed

        return narrowed(snapshot, node, selected, self.limits, None if self._now is None else self._now())

    def count(
        self, query: str | Node, *, match: Match = None, since: When = None, until: When = None, strict: bool = False
    ) -> int:
        """How many articles a query matches; arguments as for `search`."""
        snapshot = self._snapshot()
        node, _, _ = self._understand(snapshot, query, strict)
        found = self._answer(snapshot, node, 1, 0, match, None, since, until)
        if found.plan.cuts and strict:
            noted(found.plan.cuts, query, snapshot.schema, strict)
        return found.count()

    def complete(self, text: str, *, limit: int = 10, since: When = None, until: When = None) -> list[Completion]:
        """What is being typed, with its last word completed in the ways that find most, beside the words before it.

        text: a query so far. limit: how many completions at most. since, until: only what articles of these dates have,
        as for `search`. A completion has the whole `text`, the `word`, the `query` as a tree, and the `count` of the
        articles that have the word and all that stands before it.
        """
        return self._suggester(self._snapshot()).completions(text, limit, since, until)

    def suggest(self, query: str | Node, *, limit: int = 5, since: When = None, until: When = None) -> list[Suggestion]:
        """What a query with misspelt words was probably meant to be, the likeliest first.

        query, since, until: as for `search`. limit: how many suggestions at most. Only queries that find something are
        suggested; each has its `text`, the `query` as a tree, the `count` of the articles that it finds, and the
        `changes`: pairs of a word as typed and what replaces it.
        """
        return self._suggester(self._snapshot()).suggestions(query, limit, since, until)

    def like(
        self,
        source: str | Hit | Mapping[str, Any],
        *,
        limit: int = 10,
        offset: int = 0,
        terms: int = 25,
        since: When = None,
        until: When = None,
    ) -> Results:
        """The articles that are most like one: those that have the words that set it apart.

        source: the id of an article of the index, a hit, or texts by field: `{"body": "…"}`. limit, offset, since,
        until: as for `search`. terms: how many of its words to look for. An article of the index is not like itself.
        Raises `DocumentNotFound` where no article has the id.
        """
        node = self._suggester(self._snapshot()).likeness(source, terms)
        return self.search(node, limit=limit, offset=offset, match="any", since=since, until=until)

    def _suggester(self, snapshot: Snapshot) -> Suggester:
        # Only here: searching starts sooner without it.
        from searchkit.engines.native.suggesting import Suggester

        return Suggester(snapshot, self.limits, None if self._now is None else self._now())

    def explain(
        self,
        query: str | Node,
        id: str,
        *,
        match: Match = None,
        since: When = None,
        until: When = None,
        ranking: Ranking | None = None,
        recency: str | timedelta | Recency | None = None,
        strict: bool = False,
    ) -> Explanation | None:
        """Where the score of the document with an id comes from; None where there is none, or it does not match.

        Arguments as for `search`. `print` shows an explanation as a tree of lines.
        """
        snapshot = self._snapshot()
        snapshot, multiplied = self._ranked_by(snapshot, ranking, recency)
        node, _, _ = self._understand(snapshot, query, strict)
        plan = self._answer(snapshot, node, 1, 0, match, None, since, until).plan
        found = snapshot.find(str(id))
        return None if found is None else _explain(snapshot, plan, multiplied, *found)

    def _ranked_by(
        self, snapshot: Snapshot, ranking: Ranking | None, recency: str | timedelta | Recency | None
    ) -> tuple[Snapshot, Multiplier | None]:
        """The snapshot as a search is to rank it, and the factors."""
        ranking = ranking or Ranking()
        factors = ranking.factors
        if recency is not None:
            factors += (recency if isinstance(recency, Recency) else Recency(recency),)
        now = datetime.now(UTC) if self._now is None else self._now()
        multiplied = Multiplier(snapshot, factors, instant_of(now, UTC)) if factors else None
        return snapshot.under(ranking), multiplied

    def _understand(
        self, snapshot: Snapshot, query: str | Node, strict: bool
    ) -> tuple[Node, tuple[Problem, ...], Callable[[], str]]:
        if not isinstance(query, str | Node):
            raise TypeError(f"a query is a string or a tree of nodes, not {type(query).__name__}")
        if self._synonyms is not None:
            return self._understand_with_synonyms(snapshot, query, strict, self._synonyms)
        return self._understand_as_typed(snapshot, query, strict)

    def _understand_with_synonyms(
        self, snapshot: Snapshot, query: str | Node, strict: bool, synonyms: Synonyms
    ) -> tuple[Node, tuple[Problem, ...], Callable[[], str]]:
        from searchkit.engines.native.synonyms import with_synonyms

        node, problems, _ = self._understand_as_typed(snapshot, query, strict)
        expanded, more = with_synonyms(synonyms, snapshot, node, self.limits, query)
        return expanded, problems + more, lambda: interpret(expanded, snapshot.schema)

    def _understand_as_typed(
        self, snapshot: Snapshot, query: str | Node, strict: bool
    ) -> tuple[Node, tuple[Problem, ...], Callable[[], str]]:
        if isinstance(query, Node):
            check_tree(query)
            return query, (), lambda: interpret(query, snapshot.schema)
        parsed = self._parsed.get(query)
        if parsed is None or strict:
            now = None if self._now is None else self._now()
            parsed = parse(query, schema=snapshot.schema, limits=self.limits, now=now, strict=strict)
            # Without a field no date is in it that depends on the clock, and no name that depends on the schema.
            if not strict and len(query) <= _REMEMBERED_LENGTH and query.isascii() and ":" not in query:
                if len(self._parsed) >= _REMEMBERED:
                    self._parsed.clear()
                self._parsed[query] = parsed
        known = parsed
        return known.node, known.problems, lambda: known.interpretation

    def _answer(
        self,
        snapshot: Snapshot,
        node: Node,
        limit: int,
        offset: int,
        match: Match,
        sort: SortWanted | None,
        since: When,
        until: When,
        multiplied: Multiplier | None = None,
    ) -> Answer:
        self._check_page(limit, offset, match)
        now = None if self._now is None else self._now()
        return answer(
            snapshot,
            node,
            self.limits,
            limit=limit,
            offset=offset,
            match=match,
            sort=sort,  # type: ignore[arg-type]
            since=None if since is None else microseconds(since, snapshot.schema, now, end=False),
            until=None if until is None else microseconds(until, snapshot.schema, now, end=True),
            multiplied=multiplied,
        )

    def _check_page(self, limit: int, offset: int, match: Match) -> None:
        whole("limit", limit, 0, self.limits.page, "page")
        whole("offset", offset, 0, self.limits.page, "page")
        if match not in (None, "all", "any"):
            raise ValueError(f"match is 'all', 'any' or None, not {match!r}")

    def get(self, id: str) -> dict[str, Any] | None:
        """All fields of the document with an id, or None where there is none."""
        found = self._snapshot().find(identifier(id))
        return None if found is None else presented(*found)

    def __contains__(self, id: object) -> bool:
        return isinstance(id, str | int) and self._snapshot().find(identifier(id)) is not None

    def __len__(self) -> int:
        return len(self._snapshot())

    def info(self) -> dict[str, Any]:
        """What there is to know of the index: documents, segments, bytes, schema, versions, the kernels' build."""
        from searchkit.engines.native.describing import describe

        return describe(self._snapshot(), self._store)

    def check(self) -> list[Finding]:
        """Reads every byte and checks every checksum and structure; an empty list where all is well."""
        from searchkit.engines.native.checking import check

        self._check_open()
        return list(check(self._store))

    def close(self) -> None:
        """Lets go of the index. Results that were given out stay usable."""
        self._closed = True
        self._store.close()

    def __enter__(self) -> Index:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Index {os.fspath(self._store.path)!r}>"


def _is_plain(sort: object, schema: Schema) -> bool:
    """Whether it is the order of the primary date, in which documents are numbered."""
    return sort in ("-date", "date") and (schema.date == "date" or "date" not in schema.fields)


class _Shared:
    """What the hits of one answer share: the targets of snippets, found when a first snippet is asked for, and how
    scores are explained.
    """

    def __init__(
        self, make: Callable[[], list[Wanted]], snapshot: Snapshot, plan: Plan, multiplied: Multiplier | None
    ) -> None:
        self._make, self._snapshot, self._plan, self._multiplied = make, snapshot, plan, multiplied
        self._made: list[Wanted] | None = None

    def __iter__(self) -> Iterator[Wanted]:
        if self._made is None:
            self._made = self._make()
        return iter(self._made)

    def explain(self, part: SegmentPart, document: int) -> Explanation | None:
        """Where the score of a document comes from."""
        return _explain(self._snapshot, self._plan, self._multiplied, part, document)


def _explain(
    snapshot: Snapshot, plan: Plan, multiplied: Multiplier | None, part: SegmentPart, document: int
) -> Explanation | None:
    # Only here: most searches are never explained.
    from searchkit.search.explaining import explain

    text = explain(snapshot, plan, part, document)
    return text if text is None or multiplied is None else multiplied.explained(part, document, text)
