"""Compresses blocks with Zstandard beside the thread that makes them: it holds no lock of Python's meanwhile."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Iterator
from functools import partial
from types import ModuleType

from searchkit.background import Background

__all__ = ["LEVEL", "Compressor", "zstandard"]

LEVEL = 1
_TOGETHER = 32
_AT_ONCE = 2

Block = tuple[bytes, int]
"""The content of a block, and what its caller wants to know of it again."""


class Compressor:
    """Takes blocks and gives their frames back, in order; at most about a hundred blocks are under way.

    Blocks go to threads a few dozen at a time, since to hand over one costs as much as a tenth of its compression.
    """

    def __init__(self) -> None:
        self._gathered: list[Block] = []
        self._batches: deque[Background[list[Block]]] = deque()

    def add(self, block: Block) -> Iterator[Block]:
        """Takes a block; yields frames of earlier ones that are done by now."""
        self._gathered.append(block)
        if len(self._gathered) >= _TOGETHER:
            while len(self._batches) >= _AT_ONCE:
                yield from self._batches.popleft().result()
            self._start()

    def finish(self) -> Iterator[Block]:
        """Yields the frames of all blocks that were taken."""
        if self._gathered:
            self._start()
        while self._batches:
            yield from self._batches.popleft().result()

    def _start(self) -> None:
        self._batches.append(Background("compression", partial(_compressed, self._gathered)))
        self._gathered = []


def _compressed(blocks: list[Block]) -> list[Block]:
    zstd = zstandard()
    compress, end = zstd.ZstdCompressor(level=LEVEL).compress, zstd.ZstdCompressor.FLUSH_FRAME
    return [(compress(content, end), noted) for content, noted in blocks]


def zstandard() -> ModuleType:
    """Zstandard, imported when it is needed first."""
    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        from backports import zstd
    return zstd
