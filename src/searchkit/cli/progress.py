"""How far long work is, on a line of a terminal that is drawn over again; nothing anywhere else."""

from __future__ import annotations

import sys
import time
from types import TracebackType

from searchkit.cli.terminal import is_terminal, width_of

__all__ = ["Progress"]

_CLEAR = "\r\x1b[K"


class Progress:
    """Shows the progress of reading files, on standard error, from `delay` seconds on; a context manager.

    Called with (files done, files to do, articles read), as often as one likes.
    """

    delay = 0.5
    pause = 0.1

    def __init__(self) -> None:
        self._stream = sys.stderr if is_terminal(sys.stderr) else None
        self._started = time.monotonic()
        self._next = self._started + self.delay
        self._drawn = False

    def __call__(self, done: int, files: int, articles: int) -> None:
        """Draw, if it is time to."""
        now = time.monotonic()
        if self._stream is None or now < self._next:
            return
        self._next = now + self.pause
        self._drawn = True
        speed = articles / max(now - self._started, 1e-9)
        line = f"{articles:,} articles, {done:,} of {files:,} files, {speed:,.0f} articles/s"
        self._stream.write(_CLEAR + line[: width_of(self._stream) - 1])
        self._stream.flush()

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._drawn and self._stream is not None:
            self._stream.write(_CLEAR)
            self._stream.flush()
