"""Memory that is asked for and given back, where the system says no."""

from __future__ import annotations

import errno
import mmap
from typing import Any, NoReturn

import pytest

from searchkit.kernels.buffers import release, zeros

LARGE = 1 << 20


def test_memory_that_is_released_can_be_used_again() -> None:
    numbers = zeros(LARGE)
    numbers[7] = 7
    release(numbers, 0, LARGE)
    numbers[9] = 9
    assert numbers[9] == 9


def test_locked_memory_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    class Locked(mmap.mmap):
        def madvise(self, *_: Any) -> NoReturn:
            raise OSError(errno.EINVAL, "Invalid argument")

    pages = memoryview(Locked(-1, LARGE)).cast("I")
    pages[7] = 7
    release(pages, 0, len(pages))
    assert pages[7] == 7


def test_memory_that_is_not_to_be_had(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> NoReturn:
        raise OSError(errno.ENOMEM, "Cannot allocate memory")

    monkeypatch.setattr("searchkit.kernels.buffers.mmap.mmap", refuse)
    with pytest.raises(MemoryError, match="4194304 bytes: Cannot allocate memory"):
        zeros(LARGE)
