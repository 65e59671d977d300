"""Work that goes on beside the thread that asked for it; of use where the work holds no lock of Python's."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from time import sleep
from typing import TYPE_CHECKING, NoReturn, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

__all__ = ["Workers"]

Item = TypeVar("Item")
Made = TypeVar("Made")
_MOST = 4
_WORTHWHILE = 1 << 16
_TO_BEGIN = 1e-4
"""Seconds for which the caller lets another thread have Python's lock, which it would wait fifty times as long for."""


class Workers:
    """Threads that call functions beside the caller's own.

    count: how many threads work, the caller's among them; with 1, all is done there and then. By default as many as
        there are processors, four at most.
    """

    def __init__(self, count: int | None = None) -> None:
        self._others = (count or min(os.cpu_count() or 1, _MOST)) - 1
        self._started: ThreadPoolExecutor | None = None

    @property
    def count(self) -> int:
        """How many threads work, the caller's among them."""
        return self._others + 1

    @property
    def are_none(self) -> bool:
        """Whether there is no thread but the caller's."""
        return not self._others

    def beside(self, size: int) -> Workers:
        """Who works on so many bytes: for few, a thread would take longer to begin than they take."""
        return self if size >= _WORTHWHILE else _NOBODY

    def start(self, function: Callable[[], Made]) -> Callable[[], Made]:
        """Calls a function from now on; what is returned waits for its result, and raises what it raised, each time.

        Functions are begun in the order in which they were given.
        """
        if not self._others:
            return _called(function)
        begun = self._pool.submit(function)
        sleep(_TO_BEGIN)
        return begun.result

    def share(self, function: Callable[[Item], Made], items: Sequence[Item]) -> list[Made]:
        """What a function makes of each item, in order: all threads take items by turns, the caller's too.

        Raises what it raised for one of them.
        """
        if not self._others or len(items) < 2:
            return [function(item) for item in items]
        made: dict[int, Made] = {}
        left = iter(range(len(items)))

        def work() -> None:
            for number in left:
                made[number] = function(items[number])

        others = [self._pool.submit(work) for _ in range(min(self._others, len(items) - 1))]
        work()
        for other in others:
            # One that has not begun by now would find nothing to do.
            if not other.cancel():
                other.result()
        return [made[number] for number in range(len(items))]

    def close(self) -> None:
        """Waits for what has begun, and drops what has not."""
        if self._started is not None:
            self._started.shutdown(cancel_futures=True)
            self._started = None

    @property
    def _pool(self) -> ThreadPoolExecutor:
        if self._started is None:
            # Only here: its import takes longer than a small commit has use for.
            from concurrent.futures import ThreadPoolExecutor

            self._started = ThreadPoolExecutor(self._others, "searchkit")
        return self._started


_NOBODY = Workers(1)


def _called(function: Callable[[], Made]) -> Callable[[], Made]:
    try:
        result = function()
    except BaseException as error:
        failure = error

        def fail() -> NoReturn:
            raise failure

        return fail
    return lambda: result
