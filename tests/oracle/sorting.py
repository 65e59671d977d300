"""Any order of documents, as the naive engine sorts: whole lists, key by key from the last to the first."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from searchkit.query.nodes import Node
from searchkit.query.ranking import Ranking
from searchkit.schema import Keyword, Stored, Text
from searchkit.search.sorting import SortKey
from tests.oracle.documents import Entry, microseconds
from tests.oracle.engine import Match, NaiveIndex
from tests.oracle.strategies import SCHEMAS
from tests.oracle.systems import NOW

Hits = list[tuple[str, float]]


def naive_order(
    index: NaiveIndex,
    documents: dict[str, dict[str, Any]],
    node: Node,
    keys: list[SortKey],
    match: Match,
    ranking: Ranking | None = None,
) -> Hits:
    """All documents that match, with their scores, in order of the keys. documents: as they were given, by id."""
    schema = index.words.schema
    options: dict[str, Any] = {"match": match, "limit": 1_000_000, "ranking": ranking, "now": microseconds(NOW)}
    hits = index.search(node, sort="-date", **options).hits
    if any(key.field == schema.date and not key.descending for key in keys):
        hits = index.search(node, sort="date", **options).hits
        hits = [hit for hit in hits if index.documents[hit[0]].date is not None] + [
            hit for hit in hits if index.documents[hit[0]].date is None
        ]
    for key in reversed(keys):
        values = {id: _value(index, documents, id, score, key) for id, score in hits}
        present = [hit for hit in hits if values[hit[0]] is not None]
        missing = [hit for hit in hits if values[hit[0]] is None]
        # Stable, descending too: equal ones stay as the keys after this one have them.
        present.sort(key=lambda hit: values[hit[0]], reverse=key.descending)
        hits = present + missing if key.missing == "last" else missing + present
    return hits


def naive_groups(index: NaiveIndex, hits: Hits, field: str) -> list[tuple[str, float, int]]:
    """The first of each value, with how many there are; those without a value stand for themselves."""
    found: list[tuple[str, float, int]] = []
    seen: set[str] = set()
    for id, score in hits:
        values = index.documents[id].values[field]
        if not values:
            found.append((id, score, 1))
        elif values[0] not in seen:
            seen.add(values[0])
            found.append((id, score, sum(index.documents[other].values[field] == values for other, _ in hits)))
    return found


def _value(index: NaiveIndex, documents: dict[str, dict[str, Any]], id: str, score: float, key: SortKey) -> Any:
    schema, entry = index.words.schema, index.documents[id]
    if key.field == schema.key:
        return id
    kind = schema.fields.get(key.field)
    if kind is None:
        return score
    if isinstance(kind, Text):
        return documents[id].get(key.field) or None
    if isinstance(kind, Keyword):
        return _extreme(entry, key)
    return entry.values.get(key.field)


def _extreme(entry: Entry, key: SortKey) -> str | None:
    values = entry.values[key.field]
    return (max(values) if key.descending else min(values)) if values else None


def sort_keys(name: str) -> SearchStrategy[list[SortKey]]:
    """One to three columns, in either direction, missing first or last."""
    schema = SCHEMAS[name]
    kept = [
        field for field, kind in schema.fields.items() if getattr(kind, "short", not isinstance(kind, Text | Stored))
    ]
    fields = st.sampled_from([*kept, *kept, "score", schema.key])
    key = st.builds(SortKey, fields, st.booleans(), st.sampled_from(["last", "last", "first"]))
    return st.lists(key, min_size=1, max_size=3, unique_by=lambda one: one.field)
