"""Until when a search may go on.

A deadline belongs to the context that asked (see `contextvars`), so that whatever goes on deep inside a search can look
at it without being handed it. Where there is none, looking costs next to nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextvars import ContextVar, Token
from time import monotonic_ns
from types import TracebackType
from typing import NamedTuple, TypeVar

from searchkit.arguments import seconds
from searchkit.errors import SearchTimeout

__all__ = ["check", "left", "overdue", "watched", "within"]

T = TypeVar("T")

_AT_ONCE = 256


class _Deadline(NamedTuple):
    """at: by `monotonic_ns`. timeout: what was asked for, in seconds."""

    at: int
    timeout: float


_DEADLINE: ContextVar[_Deadline | None] = ContextVar("deadline", default=None)


class within:  # noqa: N801 - reads as a statement
    """A context manager for what must be done in so many seconds; None: no matter when. Of one within another the
    earlier deadline holds.

    Raises `TypeError` or `ValueError` for a timeout that is no number of seconds.
    """

    __slots__ = ("_before", "_timeout")

    def __init__(self, timeout: float | None) -> None:
        self._timeout = None if timeout is None else seconds("timeout", timeout)
        self._before: Token[_Deadline | None] | None = None

    def __enter__(self) -> None:
        if self._timeout is None:
            return
        outer = _DEADLINE.get()
        made = _Deadline(monotonic_ns() + int(min(self._timeout, 1e9) * 1e9), self._timeout)
        self._before = _DEADLINE.set(made if outer is None else min(outer, made))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._before is not None:
            _DEADLINE.reset(self._before)


def check() -> None:
    """Raises `SearchTimeout` where the deadline has passed."""
    deadline = _DEADLINE.get()
    if deadline is not None and monotonic_ns() >= deadline.at:
        raise SearchTimeout(deadline.timeout)


def watched(items: Iterable[T]) -> Iterable[T]:
    """The items, of which there may be many; raises `SearchTimeout` where the deadline passes meanwhile."""
    return items if _DEADLINE.get() is None else _watched(items)


def _watched(items: Iterable[T]) -> Iterator[T]:
    for number, item in enumerate(items):
        if not number % _AT_ONCE:
            check()
        yield item


def left() -> int:
    """Nanoseconds until the deadline, at least 1; 0 where there is none."""
    deadline = _DEADLINE.get()
    return 0 if deadline is None else max(1, deadline.at - monotonic_ns())


def overdue() -> SearchTimeout:
    """What to raise where a kernel found that the deadline has passed."""
    deadline = _DEADLINE.get()
    return SearchTimeout(0.0 if deadline is None else deadline.timeout)
