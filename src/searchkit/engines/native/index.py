"""The index that a program opens, kept by the native engine in a folder."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from types import TracebackType
from typing import IO, TYPE_CHECKING, Any, Literal, Unpack

from searchkit.arguments import identifier, instance, seconds, several, whole
from searchkit.deadlines import within
from searchkit.engines.native.arguments import check_articles
from searchkit.engines.native.preloading import OFTEN, begin_preloading
from searchkit.engines.native.reading import Reader
from searchkit.engines.native.searching import Searching
from searchkit.engines.native.understanding import Understanding
from searchkit.errors import IndexClosed, ReadOnlyIndex
from searchkit.limits import DEFAULT_LIMITS, Limits
from searchkit.results.hit import Hit, presented
from searchkit.results.results import Results
from searchkit.schema import Schema
from searchkit.search.snapshot import Snapshot
from searchkit.storage import Store

if TYPE_CHECKING:
    from searchkit.engines.native.many import SearchOptions
    from searchkit.engines.native.report import Report
    from searchkit.engines.native.scanning import ScanOptions
    from searchkit.engines.native.synonyms import SynonymsGiven
    from searchkit.engines.native.writer import Writer
    from searchkit.query.factors import Recency
    from searchkit.query.moments import When
    from searchkit.query.nodes import Node
    from searchkit.query.ranking import Ranking
    from searchkit.search.explanation import Explanation
    from searchkit.search.facets import Facet
    from searchkit.search.facets.requests import FacetsWanted
    from searchkit.search.searcher import Match
    from searchkit.search.sorting.keys import SortWanted
    from searchkit.search.synonyms import Synonyms
    from searchkit.search.understanding import UnderstoodQuery
    from searchkit.storage.verify import Finding
    from searchkit.suggestions import Completion, Suggestion

__all__ = ["Index"]


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
        self._understanding = Understanding(limits, now, synonyms)
        self._closed = False
        self._last: Searching | None = None

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

    def _searching(self) -> Searching:
        snapshot, held = self._snapshot(), self._last
        if held is None or held.snapshot is not snapshot:
            held = self._last = Searching(snapshot, self._understanding, self.limits)
        held.asked += 1
        if held.asked == OFTEN:
            begin_preloading(snapshot)
        return held

    def _check_open(self) -> None:
        if self._closed:
            raise IndexClosed(f"{self._store.path}: the index was closed")

    def add(
        self,
        articles: Iterable[object],
        *,
        on_error: Literal["report", "raise"] = "report",
        progress: Callable[[int], None] | None = None,
        workers: int | None = None,
    ) -> Report:
        """Adds articles in one atomic commit; those whose id exists replace it.

        articles: mappings, dataclasses, any objects with attributes, or what `searchkit.articles.read` yields.
        on_error: "report" leaves out what cannot be indexed and lists it in the report; "raise" raises `DocumentError`
            at the first such article, and nothing is added.
        progress: called with the number of articles read so far, after each.
        workers: how many threads index, as for `writer`.

        Where reading the articles raises, nothing is added either. Raises `LockTimeout` where another writer holds the
        index.
        """
        from searchkit.engines.native.report import Report

        check_articles(articles, on_error, progress)
        with self.writer(workers=workers) as writer:
            rejected = writer.add_all(articles, on_error=on_error, progress=progress)
        return Report(writer.added, writer.replaced, rejected, writer.removed)

    @contextmanager
    def writer(self, *, timeout: float | None = None, workers: int | None = None) -> Iterator[Writer]:
        """A writer, for one commit: `with index.writer() as writer: writer.add(…); writer.delete(…)`.

        timeout: seconds to wait for another writer, else that of the index; then `LockTimeout`.
        workers: how many threads index, the caller's among them: with 1, all is done in the caller's. By default as
            many as there are processors, four at most. The index is the same, to the byte, whatever their number.
        """
        # Only here: searching starts sooner without all that writes.
        from searchkit.engines.native.writer import Writer

        if self._read_only:
            raise ReadOnlyIndex(f"{self._store.path}: opened for reading only")
        self._check_open()
        patience = self._timeout if timeout is None else seconds("timeout", timeout)
        if workers is not None:
            whole("workers", workers, 1)
        understanding = self._understanding
        with Writer(
            self._store, self._schema, timeout=patience, understanding=understanding, workers=workers
        ) as writer:
            yield writer

    def delete(self, id: str) -> bool:
        """Deletes the document with an id, in a commit of its own; False where there is none."""
        with self.writer() as writer:
            return writer.delete(id)

    def delete_where(
        self,
        query: str | Node,
        *,
        since: When = None,
        until: When = None,
        selected: Mapping[str, Any] | None = None,
        dry_run: bool = False,
    ) -> int:
        """Deletes all documents that a query matches, in a commit of its own; returns how many.

        query, since, until, selected: as for `search`, with match="all": never the closest.
        dry_run: only count what would be deleted.

        Raises `QueryError`, and deletes nothing, for anything that is wrong with the query: what `search` lists as
        problems; what a limit left out; and text that matches everything without saying so, which is empty text, and
        one that only excludes. `*` means every document, `*:* -film` all but some.
        """
        if dry_run:
            from searchkit.engines.native.exact import exact_plan
            from searchkit.search.searcher import count

            snapshot = self._snapshot()
            plan = exact_plan(snapshot, self._understanding, query, since=since, until=until, selected=selected)
            return count(snapshot, plan)
        with self.writer() as writer:
            return writer.delete_where(query, since=since, until=until, selected=selected)

    def update(self, id: str, fields: Mapping[str, Any]) -> None:
        """Changes some fields of the document with an id, in a commit of its own; the others keep their values.

        fields: field → its new value, as `add` takes it; None takes the value away.

        The document counts as added now, as if it were given to `add` as a whole. Raises `DocumentNotFound` where there
        is no such document; `DocumentError` for a field that the schema does not have, a value that does not fit, and
        another id.
        """
        with self.writer() as writer:
            writer.update(id, fields)

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
        self._understanding.synonyms = synonyms_of(synonyms)

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
        timeout: float | None = None,
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
        timeout: seconds that the search may take; then `SearchTimeout`. What the results look for when they are asked
            (`total`, `suggestions`, `why_nothing`) may take as long again, each.
        strict: raise `QueryError` for what is wrong with the query, instead of listing it in `problems`.
        """
        return self._searching().search(
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

    def search_many(
        self, queries: Iterable[str | Node], *, threads: int = 1, **options: Unpack[SearchOptions]
    ) -> list[Results]:
        """What `search` answers to each of several queries, in their order, all from the same commit.

        threads: how many of them are searched at once. More than one help where the kernels take long beside what
            Python does for each query, as in very large indexes, and processors are idle; else they cost a little.
        options: as for `search`, for all of the queries; `timeout` is for each.

        Raises what the first query (in their order) raises that cannot be answered; of a `QueryError`, `position` says
        which it is, counted from 0, and any other error has a note of it.
        """
        from searchkit.engines.native.many import search_many

        several("search_many", queries, "queries")
        whole("threads", threads, 1)
        return search_many(self._searching(), list(queries), threads, options)

    def scan(
        self,
        query: str | Node | None = None,
        *,
        match: Literal["all", "any"] = "all",
        sort: str = "date",
        since: When = None,
        until: When = None,
        selected: Mapping[str, Any] | None = None,
        strict: bool = True,
    ) -> Iterator[Hit]:
        """All that a query matches, one after the other, in memory that does not grow with how many there are.

        query: as for `search`; every document by default. since, until, selected: as for `search`.
        match: "all" words must be there, or "any"; never the closest.
        sort: "date", the oldest first and of one date the first added, or "-date", the other way round; the undated
            come last.
        strict: raise `QueryError` for what is wrong with the query, since an iterator has no `problems`.

        The hits have a score of 0. They are those of the newest commit when `scan` is called, whatever is committed
        while they are read.
        """
        return self._searching().asking.scan(query, match, sort, since, until, selected, strict)

    def export(
        self,
        target: str | os.PathLike[str] | IO[Any],
        query: str | Node | None = None,
        **options: Unpack[ScanOptions],
    ) -> int:
        """Writes articles as JSON Lines, an object a line; returns how many.

        target: a file that ends in .jsonl or .ndjson, and in .gz, .xz or .zst for a compressed one, which appears when
            all is written; or a stream of text or bytes. query, options: which articles, and in which order, as for
            `scan`; all of them by default, the oldest first.

        Every field is written, so what is read back from there is the same: by `add(searchkit.articles.read(target))`
        in an index of the same schema. Raises `ArticleError` for a file of another name, or that cannot be written.
        """
        from searchkit.articles.json_writing import write_articles

        hits = self.scan(query, **options)
        with write_articles(target) as write:
            count = 0
            for hit in hits:
                write(hit.fields)
                count += 1
        return count

    def facets(
        self,
        query: str | Node,
        facets: FacetsWanted,
        *,
        match: Match = None,
        since: When = None,
        until: When = None,
        selected: Mapping[str, Any] | None = None,
        timeout: float | None = None,
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
        with within(timeout):
            return self._searching().asking.facets(query, facets, match, since, until, selected, strict)

    def count(
        self,
        query: str | Node,
        *,
        match: Match = None,
        since: When = None,
        until: When = None,
        selected: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        strict: bool = False,
    ) -> int:
        """How many articles a query matches; arguments as for `search`."""
        with within(timeout):
            return self._searching().count(query, match, since, until, selected, strict)

    def complete(
        self, text: str, *, limit: int = 10, since: When = None, until: When = None, timeout: float | None = None
    ) -> list[Completion]:
        """What is being typed, with its last word completed in the ways that find most, beside the words before it.

        text: a query so far. limit: how many completions at most. since, until: only what articles of these dates have,
        as for `search`, and so is `timeout`. A completion has the whole `text`, the `word`, the `query` as a tree, and
        the `count` of the articles that have the word and all that stands before it.
        """
        with within(timeout):
            return self._searching().asking.suggester().completions(text, limit, since, until)

    def suggest(
        self,
        query: str | Node,
        *,
        limit: int = 5,
        since: When = None,
        until: When = None,
        timeout: float | None = None,
    ) -> list[Suggestion]:
        """What a query with misspelt words was probably meant to be, the likeliest first.

        query, since, until, timeout: as for `search`. limit: how many suggestions at most. Only queries that
        find something are suggested; each has its `text`, the `query` as a tree, the `count` of the articles that it
        finds, and the `changes`: pairs of a word as typed and what replaces it.
        """
        with within(timeout):
            return self._searching().asking.suggester().suggestions(query, limit, since, until)

    def like(
        self,
        source: str | Hit | Mapping[str, Any],
        *,
        limit: int = 10,
        offset: int = 0,
        terms: int = 25,
        since: When = None,
        until: When = None,
        timeout: float | None = None,
    ) -> Results:
        """The articles that are most like one: those that have the words that set it apart.

        source: the id of an article of the index, a hit, or texts by field: `{"body": "…"}`. limit, offset, since,
        until, timeout: as for `search`. terms: how many of its words to look for. An article of the index is not
        like itself. Raises `DocumentNotFound` where no article has the id.
        """
        with within(timeout):
            node = self._searching().asking.suggester().likeness(source, terms)
            return self.search(node, limit=limit, offset=offset, match="any", since=since, until=until, timeout=timeout)

    def understand(self, query: str | Node, *, strict: bool = False) -> UnderstoodQuery:
        """How a query is understood here: its tree, what its words became and stand for, how many articles have each.

        Arguments as for `search`; nothing is ranked.
        """
        from searchkit.engines.native.query_parts import understood

        return understood(self._snapshot(), self._understanding, query, strict=strict)

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
        return self._searching().asking.explain(query, id, match, since, until, ranking, recency, strict)

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
