"""What a document is sorted by."""

from __future__ import annotations

from collections.abc import Sequence

from searchkit.schema import Schema
from searchkit.search.parts import SegmentPart
from searchkit.search.sorting.keys import SortKey, is_score
from searchkit.segment.columns import KeywordColumn

__all__ = ["SortValue", "keyword_value", "values_of"]

SortValue = str | float | bool | None


def values_of(
    document: tuple[float, SegmentPart, int], keys: Sequence[SortKey], schema: Schema
) -> tuple[SortValue, ...]:
    """The value of each key; None where it is missing. document: its score, its segment and its number there."""
    return tuple(_value(document, key, schema) for key in keys)


def _value(document: tuple[float, SegmentPart, int], key: SortKey, schema: Schema) -> SortValue:
    score, part, number = document
    if is_score(key, schema):
        return score
    if key.field == schema.key:
        return part.segment.identity.ids[number]
    column = part.segment.column(key.field)
    if isinstance(column, KeywordColumn):
        return keyword_value(column, number, key)
    return None if column is None else column[number]


def keyword_value(column: KeywordColumn, document: int, key: SortKey) -> str | None:
    """The keyword that a document is sorted by: its first in the order asked for."""
    ordinals = column.ordinals(document)
    if not ordinals:
        return None
    return column.values[max(ordinals) if key.descending else min(ordinals)]
