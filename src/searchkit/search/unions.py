"""The documents of many terms that count as one, as a bitmap that is made once a segment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from searchkit.deadlines import check
from searchkit.search.bitmaps import empty_bitmap
from searchkit.search.plan import AnyPlan

if TYPE_CHECKING:
    from searchkit.search.parts import SegmentPart

__all__ = ["FEW", "union_of"]

FEW = 8
"""Up to so many terms are read for every query instead."""
_KEPT_BYTES = 1 << 24
_MARKED_AT_ONCE = 64


def union_of(part: SegmentPart, plan: AnyPlan) -> bytearray:
    """The bitmap of the documents of a segment that have any of the terms of a plan; remembered with the segment."""
    key = (plan.keys, plan.mask)
    bitmap = part.unions.get(key)
    if bitmap is None:
        bitmap = _made(part, plan)
        # No more than fit in 16 MB.
        if (len(part.unions) + 1) * len(bitmap) > _KEPT_BYTES:
            part.unions.clear()
        part.unions[key] = bitmap
    return bitmap


def _made(part: SegmentPart, plan: AnyPlan) -> bytearray:
    from searchkit.kernels.marking import mark  # searching starts sooner without it

    bitmap = empty_bitmap(part)
    for first in range(0, len(plan.keys), _MARKED_AT_ONCE):
        check()
        records = part.segment.terms(list(plan.keys[first : first + _MARKED_AT_ONCE]))
        mark(part.segment.view, part.saturations, records, plan.mask, bitmap)
    return bitmap
