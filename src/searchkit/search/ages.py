"""The order of documents that nothing else orders."""

from __future__ import annotations

from searchkit.search.parts import SegmentPart

__all__ = ["UNDATED", "age"]

UNDATED = -(1 << 63)
_SEQUENCE_BITS = 48


def age(part: SegmentPart, document: int) -> tuple[int, int]:
    """What orders documents of equal scores: the date, the undated before all, then the order of addition, one index
    after the other.
    """
    date = part.date(document)
    added = part.index << _SEQUENCE_BITS | part.segment.identity.sequences[document]
    return UNDATED if date is None else date, added
