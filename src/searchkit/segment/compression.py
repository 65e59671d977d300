"""Compresses blocks with Zstandard, several at once where there are threads for it: it holds no lock of Python's."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

from searchkit.background import Workers

__all__ = ["Compressor", "zstandard"]

_TOGETHER = 256
"""Blocks that are held at most."""

Block = tuple[bytes, int]
"""The content of a block, and what its caller wants to know of it again."""


class Compressor:
    """Takes blocks and gives their frames back, in order.

    With one thread, a block is compressed at once, as long as the processor keeps it near. Several share out many
    blocks at a time, since to ask a thread costs as much as to compress one. None should compress while another runs
    Python for long: it would wait for Python's lock after each block.
    """

    def __init__(self, workers: Workers) -> None:
        self._workers = workers
        self._gathered: list[Block] = []
        self._frames: list[Block] = []
        self._idle: list[Any] = []

    def add(self, block: Block) -> list[Block]:
        """Takes a block; returns frames of earlier ones, and of this one, where enough have gathered."""
        if self._workers.are_none:
            self._frames.append(self._compressed(block))
        else:
            self._gathered.append(block)
        return self.finish() if len(self._gathered) + len(self._frames) >= _TOGETHER else []

    def finish(self) -> list[Block]:
        """The frames of all blocks that are left."""
        frames = self._frames + self._workers.share(self._compressed, self._gathered)
        self._gathered, self._frames = [], []
        return frames

    def _compressed(self, block: Block) -> Block:
        zstd = zstandard()
        try:
            compressor = self._idle.pop()
        except IndexError:
            compressor = zstd.ZstdCompressor(options=_options(zstd.CompressionParameter))
        frame = compressor.compress(block[0], zstd.ZstdCompressor.FLUSH_FRAME)
        self._idle.append(compressor)
        return frame, block[1]


def _options(parameter: Any) -> dict[int, int]:
    """Fast, as docs/decisions/0016-faster-compression.md measures it: repeats of seven bytes, found by a table that the
    processor keeps close.
    """
    return {parameter.compression_level: 1, parameter.min_match: 7, parameter.hash_log: 13}


def zstandard() -> ModuleType:
    """Zstandard, imported when it is needed first."""
    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        from backports import zstd
    return zstd
