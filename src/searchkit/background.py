"""Work that goes on beside the thread that asked for it; of use where the work holds no lock of Python's."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread
from typing import Generic, TypeVar

__all__ = ["Background"]

T = TypeVar("T")


class Background(Thread, Generic[T]):
    """Calls a function in a thread of its own, from now on.

    task: what the thread is named after.
    """

    def __init__(self, task: str, function: Callable[[], T]) -> None:
        super().__init__(name=f"searchkit-{task}", daemon=True)
        self._function = function
        self._result: T
        self._error: BaseException | None = None
        self.start()

    def run(self) -> None:
        """Calls the function."""
        try:
            self._result = self._function()
        except BaseException as error:  # raised where the result is asked for
            self._error = error

    def result(self) -> T:
        """What the function returned, once it has; raises what it raised."""
        self.join()
        if self._error is not None:
            raise self._error
        return self._result
