"""Answers in any order, and the tokens by which they go on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from searchkit.dataclasses import dataclass, replace
from searchkit.limits import Limits
from searchkit.query.moments import When, microseconds
from searchkit.query.nodes import Node
from searchkit.query.ranking import Ranking
from searchkit.results.groups import GroupHit
from searchkit.results.hit import Hit, Shared
from searchkit.search.ages import age
from searchkit.search.searcher import Answer, Match
from searchkit.search.snapshot import Snapshot
from searchkit.search.sorting.answering import SortedAnswer, sorted_answer
from searchkit.search.sorting.choosing import Position
from searchkit.search.sorting.collapsing import check_collapse
from searchkit.search.sorting.keys import BY_SCORE, SortKey, SortWanted, is_score, keys_of
from searchkit.search.sorting.tokens import PageToken, read_token, write_token
from searchkit.search.sorting.values import values_of

if TYPE_CHECKING:
    from searchkit.search.factors import Multiplier

__all__ = ["Asked", "ask_page", "page_hits", "page_token"]

_ANCHORS = 5


@dataclass(frozen=True, slots=True)
class Asked:
    """What a page belongs to: a query with everything that decides what matches, and in which order."""

    query: str | Node
    match: Match
    sort: SortWanted | None
    since: When
    until: When
    selected: Mapping[str, Any] | None
    collapse: str | None
    ranking: Ranking | None

    def keys(self, snapshot: Snapshot) -> tuple[SortKey, ...]:
        """The keys of the order."""
        return BY_SCORE if self.sort is None else keys_of(self.sort, snapshot.schema)

    def digest(self, keys: tuple[SortKey, ...]) -> str:
        """What tells this from any other."""
        chosen = sorted((name, sorted(map(repr, _several(one)))) for name, one in (self.selected or {}).items())
        parts = (self.query, self.match, keys, self.since, self.until, chosen, self.collapse, self.ranking)
        return blake2b(repr(parts).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def ask_page(
    snapshot: Snapshot,
    node: Node,
    asked: Asked,
    limits: Limits,
    *,
    limit: int,
    offset: int,
    after: str | None,
    now: datetime | None,
    multiplied: Multiplier | None,
) -> tuple[SortedAnswer, Multiplier | None]:
    """A page of an answer in any order, and the factors of its scores.

    node: the query as a tree, narrowed to what was selected. multiplied: the factors as of now; a page that goes on
    after another has those of the first.
    """
    keys, schema = asked.keys(snapshot), snapshot.schema
    if asked.collapse is not None:
        check_collapse(asked.collapse, schema)
    token = None
    if after is not None:
        if offset:
            raise ValueError("a page begins after a token or at an offset, not both")
        token = read_token(after, asked.digest(keys), keys, schema)
        if multiplied is not None and token.now is not None:
            multiplied = multiplied.at(token.now)
    found = sorted_answer(
        snapshot,
        node,
        limits,
        keys,
        limit=limit,
        offset=offset,
        after=None if token is None else token.position,
        anchors=() if token is None else token.anchors,
        collapse=asked.collapse,
        # A page goes on as the one before it, even where the index now has something better.
        match=asked.match if token is None else token.mode,  # type: ignore[arg-type]
        since=microseconds(asked.since, schema, now, end=False),
        until=microseconds(asked.until, schema, now, end=True),
        multiplied=multiplied,
    )
    partial = found.partial if token is None else token.mode == "any" and asked.match is None
    return replace(found, partial=partial), multiplied


def page_hits(found: SortedAnswer, shared: Shared) -> list[Hit]:
    """The hits of a page; of a collapsed answer, with the sizes of their groups."""
    if found.sizes is None:
        return [Hit(score, part, document, shared) for score, part, document in found.ranked]
    sized = zip(found.ranked, found.sizes, strict=True)
    return [GroupHit(score, part, document, shared, size) for (score, part, document), size in sized]


def page_token(snapshot: Snapshot, asked: Asked, found: Answer | SortedAnswer, multiplied: Multiplier | None) -> str:
    """The token of the page after an answer, whose scores have these factors."""
    keys, (score, part, document) = asked.keys(snapshot), found.ranked[-1]
    values = values_of((score * found.scale, part, document), keys, snapshot.schema)
    position = Position(values, age(part, document))
    mode = "any" if found.partial or asked.match == "any" else "all"
    anchors = []
    if any(is_score(key, snapshot.schema) for key in keys):
        anchors = [part.segment.identity.ids[number] or "" for _, part, number in found.ranked[: -_ANCHORS - 1 : -1]]
    now = None if multiplied is None else multiplied.now
    return write_token(PageToken(position, mode, tuple(anchors), now), asked.digest(keys))


def _several(given: Any) -> list[Any]:
    return list(given) if isinstance(given, list | set | frozenset) else [given]
