"""How an index reads queries: by its schema, its clock and its synonyms."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from searchkit.errors import QueryError
from searchkit.limits import Limits
from searchkit.search.snapshot import Snapshot

if TYPE_CHECKING:
    from searchkit.query.nodes import Node
    from searchkit.query.parsed import ParsedQuery
    from searchkit.search.synonyms import Synonyms

__all__ = ["Understanding"]

_REMEMBERED, _REMEMBERED_LENGTH = 1000, 200


class Understanding:
    """limits: of the index. now: its clock, None for the system's. synonyms: what else queries look for."""

    def __init__(self, limits: Limits, now: Callable[[], datetime] | None, synonyms: Synonyms | None) -> None:
        self.limits, self._now, self.synonyms = limits, now, synonyms
        self._parsed: dict[str, ParsedQuery] = {}

    def now(self) -> datetime | None:
        """What relative dates count from; None for the system's clock."""
        return None if self._now is None else self._now()

    def understand(self, snapshot: Snapshot, query: str | Node, strict: bool) -> ParsedQuery:
        """A query as typed or as a tree. Raises `QueryError` for what is wrong with it, where `strict`."""
        understood = self._parse(snapshot, query, strict) if isinstance(query, str) else self._check(snapshot, query)
        return (
            understood
            if self.synonyms is None
            else self._with_synonyms(snapshot, query, understood, self.synonyms, strict)
        )

    def _check(self, snapshot: Snapshot, query: object) -> ParsedQuery:
        from searchkit.query.checking import check_tree
        from searchkit.query.nodes import Node
        from searchkit.query.parsed import ParsedQuery

        if not isinstance(query, Node):
            raise TypeError(f"a query is a string or a tree of nodes, not {type(query).__name__}")
        check_tree(query, snapshot.schema)
        return ParsedQuery(query, (), snapshot.schema)

    def _with_synonyms(
        self, snapshot: Snapshot, query: str | Node, understood: ParsedQuery, synonyms: Synonyms, strict: bool
    ) -> ParsedQuery:
        from searchkit.engines.native.synonyms import with_synonyms
        from searchkit.query.parsed import ParsedQuery

        expanded, more = with_synonyms(synonyms, snapshot, understood.node, self.limits, query)
        if strict and more:
            raise QueryError(more[0].message, str(query), more[0].start, more[0].end)
        return ParsedQuery(expanded, understood.problems + more, snapshot.schema)

    def _parse(self, snapshot: Snapshot, text: str, strict: bool) -> ParsedQuery:
        parsed = self._parsed.get(text)
        if parsed is None or strict:
            # Only here: plain queries start sooner without the query language.
            from searchkit.query.parser import parse

            parsed = parse(text, schema=snapshot.schema, limits=self.limits, now=self.now(), strict=strict)
            # Without a field no date is in it that depends on the clock, and no name that depends on the schema.
            if not strict and len(text) <= _REMEMBERED_LENGTH and text.isascii() and ":" not in text:
                if len(self._parsed) >= _REMEMBERED:
                    self._parsed.clear()
                self._parsed[text] = parsed
        return parsed
