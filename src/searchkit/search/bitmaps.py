"""Bitmaps of documents, 512 bytes a range of 4,096, as the kernels take them."""

from __future__ import annotations

from collections.abc import Iterator

from searchkit.kernels.parts import Part

__all__ = ["count_bits", "empty_bitmap", "numbers_of"]


def empty_bitmap(part: Part) -> bytearray:
    """A bitmap for the documents of a segment, none of them in it."""
    return bytearray((part.stop + 4095) // 4096 * 512)


def count_bits(bitmap: memoryview, low: int, high: int) -> int:
    """How many documents of [low, high) are in a bitmap."""
    if low >= high:
        return 0
    bits = int.from_bytes(bitmap[low >> 3 : (high + 7) >> 3], "little") >> (low & 7)
    return (bits & ((1 << (high - low)) - 1)).bit_count()


def numbers_of(bitmap: memoryview) -> Iterator[int]:
    """The documents in a bitmap, in order of their numbers."""
    for at, bits in enumerate(bitmap):
        while bits:
            yield (at << 3) + (bits & -bits).bit_length() - 1
            bits &= bits - 1
