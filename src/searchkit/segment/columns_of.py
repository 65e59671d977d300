"""Which kind of column a field has."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from searchkit.schema import Bool, Date, Field, Keyword, Number
from searchkit.segment.columns import (
    BoolColumn,
    FloatColumn,
    IntegerColumn,
    KeywordColumn,
    MergedStrings,
    Packed,
    StringColumn,
    merge_bools,
    merge_floats,
    merge_integers,
    merge_keywords,
    pack_bools,
    pack_encoded,
    pack_floats,
    pack_integers,
    pack_keywords,
)
from searchkit.segment.container import Container

__all__ = ["Column", "merge_columns", "open_column", "pack_column"]

Column = StringColumn | KeywordColumn | IntegerColumn | FloatColumn | BoolColumn


def pack_column(field: Field, values: Sequence[Any]) -> Packed:
    """The column of a field, from its values (None: missing; texts in UTF-8) in document order."""
    if isinstance(field, Keyword):
        return pack_keywords(values)
    if isinstance(field, Date):
        return pack_integers(values)
    if isinstance(field, Number):
        return pack_floats(values)
    if isinstance(field, Bool):
        return pack_bools(values)
    return pack_encoded(values)


def open_column(field: Field, container: Container, name: str, documents: int) -> Column:
    """Opens the column of a field that was written under `name`."""
    if isinstance(field, Keyword):
        return KeywordColumn(container, name, documents)
    if isinstance(field, Date):
        return IntegerColumn(container, name, documents)
    if isinstance(field, Number):
        return FloatColumn(container, name, documents)
    if isinstance(field, Bool):
        return BoolColumn(container, name, documents)
    return StringColumn(container, name, documents)


def merge_columns(
    field: Field,
    columns: Sequence[Any],
    segments: Sequence[int],
    documents: Sequence[int],
    forget: Callable[[], None],
) -> Packed | MergedStrings:
    """The column of a merged segment; arguments as for `columns.MergedStrings`."""
    if isinstance(field, Keyword):
        return merge_keywords(columns, segments, documents)
    if isinstance(field, Date):
        return merge_integers(columns, segments, documents)
    if isinstance(field, Number):
        return merge_floats(columns, segments, documents)
    if isinstance(field, Bool):
        return merge_bools(columns, segments, documents)
    return MergedStrings(columns, segments, documents, forget)
