"""Bitmaps of documents, 512 bytes a range of 4,096, as the kernels take them."""

from __future__ import annotations

from searchkit.search.parts import SegmentPart

__all__ = ["count_bits", "empty_bitmap"]


def empty_bitmap(part: SegmentPart) -> bytearray:
    """A bitmap for the documents of a segment, none of them in it."""
    return bytearray((part.segment.documents + 4095) // 4096 * 512)


def count_bits(bitmap: memoryview, low: int, high: int) -> int:
    """How many documents of [low, high) are in a bitmap."""
    if low >= high:
        return 0
    bits = int.from_bytes(bitmap[low >> 3 : (high + 7) >> 3], "little") >> (low & 7)
    return (bits & ((1 << (high - low)) - 1)).bit_count()
