"""Bitmaps of documents, 512 bytes a range of 4,096, as the kernels take them."""

from __future__ import annotations

from searchkit.search.parts import SegmentPart

__all__ = ["empty_bitmap"]


def empty_bitmap(part: SegmentPart) -> bytearray:
    """A bitmap for the documents of a segment, none of them in it."""
    return bytearray((part.segment.documents + 4095) // 4096 * 512)
