"""Compresses blocks with Zstandard beside the thread that makes them: it holds no lock of Python's meanwhile."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Iterator
from threading import Thread
from types import ModuleType

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
        self._batches: deque[_Batch] = deque()

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
        batch = _Batch(self._gathered)
        self._gathered = []
        batch.start()
        self._batches.append(batch)


class _Batch(Thread):
    """Some blocks, being compressed."""

    def __init__(self, blocks: list[Block]) -> None:
        super().__init__(name="searchkit-compression", daemon=True)
        self._blocks = blocks
        self._frames: list[Block] = []
        self._error: BaseException | None = None

    def run(self) -> None:
        try:
            zstd = zstandard()
            compressor = zstd.ZstdCompressor(level=LEVEL)
            for content, noted in self._blocks:
                self._frames.append((compressor.compress(content, zstd.ZstdCompressor.FLUSH_FRAME), noted))
        except BaseException as error:  # raised where the result is asked for
            self._error = error

    def result(self) -> list[Block]:
        """The frames, once all are done."""
        self.join()
        if self._error is not None:
            raise self._error
        return self._frames


def zstandard() -> ModuleType:
    """Zstandard, imported when it is needed first."""
    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        from backports import zstd
    return zstd
