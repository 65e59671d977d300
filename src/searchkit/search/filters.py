"""Filters on columns: which documents of a segment have a value, or one in an interval."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil, inf

from searchkit.deadlines import watched
from searchkit.kernels.intervals import mark_floats, mark_integers
from searchkit.schema import Field, Keyword, Stored, Text
from searchkit.search.bitmaps import empty_bitmap
from searchkit.search.parts import SegmentPart
from searchkit.segment.columns import FloatColumn, IntegerColumn, KeywordColumn

__all__ = ["Filter", "has_value", "in_interval", "with_id"]

Filter = Callable[[SegmentPart], bytearray]

_LEAST, _MOST = -(1 << 63) + 1, (1 << 63) - 1


def with_id(id: str) -> Filter:
    """The document with an id."""

    def make(part: SegmentPart) -> bytearray:
        bitmap = empty_bitmap(part)
        document = part.segment.identity.table.find(id)
        if document is not None:
            bitmap[document >> 3] |= 1 << (document & 7)
        return bitmap

    return make


def in_interval(field: str, low: float | None, high: float | None) -> Filter:
    """Documents whose date (microseconds) or number is in [low, high); None: no bound."""

    def make(part: SegmentPart) -> bytearray:
        bitmap = empty_bitmap(part)
        column = part.segment.column(field)
        if isinstance(column, IntegerColumn):
            # An interval of integers, which may be given by floats.
            start = _LEAST if low is None else _whole(low)
            stop = _MOST if high is None else _whole(high) - 1
            mark_integers(column.values, start, stop, bitmap)
        elif isinstance(column, FloatColumn):
            mark_floats(
                column.values,
                -inf if low is None else _float(low),
                inf if high is None else _float(high),
                high is None,
                bitmap,
            )
        return bitmap

    return make


def has_value(name: str, field: Field) -> Filter:
    """Documents that have a value in a field; in a text field, a token."""

    def make(part: SegmentPart) -> bytearray:
        bitmap = empty_bitmap(part)
        for document in watched(range(part.segment.documents)):
            if present(part, document):
                bitmap[document >> 3] |= 1 << (document & 7)
        return bitmap

    def present(part: SegmentPart, document: int) -> bool:
        segment = part.segment
        if isinstance(field, Text):
            zones = segment.meta.zones
            return name in zones and bool(segment.zones_present[document] >> zones.index(name) & 1)
        if isinstance(field, Stored):
            return name in segment.content(document)
        column = segment.column(name)
        if isinstance(field, Keyword):
            return isinstance(column, KeywordColumn) and bool(column.ordinals(document))
        return column is not None and column[document] is not None

    return make


def _whole(bound: float) -> int:
    """The least integer that is not below a bound, which may be anything, in 64 bits."""
    return ceil(min(max(bound, _LEAST), _MOST))


def _float(bound: float) -> float:
    """A bound that may be an integer of any size."""
    try:
        return float(bound)
    except OverflowError:
        return inf if bound > 0 else -inf
