"""Filters on columns: which documents of a segment have a value, or one in an interval."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import pairwise
from math import ceil, inf

from searchkit.deadlines import watched
from searchkit.kernels.intervals import mark_floats, mark_integers
from searchkit.schema import Date, Field, Number, Stored, Text
from searchkit.search.bitmaps import empty_bitmap
from searchkit.search.parts import SegmentPart
from searchkit.segment.columns import MISSING_BOOL, BoolColumn, FloatColumn, IntegerColumn, KeywordColumn

__all__ = ["Filter", "has_value", "in_interval", "with_id"]

Filter = Callable[[SegmentPart], bytearray]

_ZERO, _ONE = b"01"
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
    """Documents that have a value in a field; in a text field, a token. Found once a segment, and kept."""

    def make(part: SegmentPart) -> bytearray:
        bitmap = part.present.get(name)
        if bitmap is None:
            bitmap = part.present[name] = _present(part, name, field)
        return bitmap

    return make


def _present(part: SegmentPart, name: str, field: Field) -> bytearray:
    if isinstance(field, Date | Number):
        return in_interval(name, None, None)(part)
    digits = bytes(_digits(part, name, field))
    bits = int(digits[::-1], 2) if digits else 0
    return bytearray(bits.to_bytes(len(empty_bitmap(part)), "little"))


def _digits(part: SegmentPart, name: str, field: Field) -> Iterable[int]:
    """For each document of a segment the digit 1 where it has a value, else 0; nothing where none has."""
    segment = part.segment
    if isinstance(field, Text):
        zones = segment.meta.zones
        bit = 1 << zones.index(name) if name in zones else 0
        return segment.zones_present.tobytes().translate(bytes(_ONE if zone & bit else _ZERO for zone in range(256)))
    if isinstance(field, Stored):
        return (_ONE if name in segment.content(document) else _ZERO for document in watched(range(segment.documents)))
    column = segment.column(name)
    if isinstance(column, BoolColumn):
        return (_ZERO if value == MISSING_BOOL else _ONE for value in column.values)
    if not isinstance(column, KeywordColumn):
        return ()
    if column.starts is None:
        none = len(column.values)
        return (_ZERO if number == none else _ONE for number in column.numbers)
    return (_ONE if low < high else _ZERO for low, high in pairwise(column.starts))


def _whole(bound: float) -> int:
    """The least integer that is not below a bound, which may be anything, in 64 bits."""
    return ceil(min(max(bound, _LEAST), _MOST))


def _float(bound: float) -> float:
    """A bound that may be an integer of any size."""
    try:
        return float(bound)
    except OverflowError:
        return inf if bound > 0 else -inf
