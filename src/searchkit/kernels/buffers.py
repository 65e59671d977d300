# cython: language_level=3
"""Zeroed memory for numbers. Large buffers come from the system a page at a time as they are written: what indexing
needs at most is often several times what it uses in the end, and nothing of it is cleared twice.
"""

from __future__ import annotations

import mmap
from contextlib import suppress
from struct import calcsize

_LARGE = 1 << 18
_HUGE = 1 << 22
# Without these flags, which Windows knows nothing of, the memory would be one that processes share.
_OF_OUR_OWN = {"flags": mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS} if hasattr(mmap, "MAP_PRIVATE") else {}


def zeros(count: int, format: str = "I") -> memoryview:
    """`count` zeros in a `struct` format of one letter: "B", "H", "I" or "Q"."""
    size = count * calcsize(format)
    return memoryview(_pages(size) if size >= _LARGE else bytearray(size)).cast(format)


def grown(old: object, used: int, needed: int, format: str) -> memoryview:
    """A buffer that begins with the first `used` numbers of an old one, and has room for `needed` of them at least."""
    new = zeros(max(needed, 2 * len(old)), format)  # type: ignore[arg-type]
    new[:used] = memoryview(old)[:used]  # type: ignore[arg-type]
    return new


def release(buffer: memoryview, first: int, after: int) -> None:
    """Gives the memory of the numbers from `first` up to, not including, `after` of what `zeros` made, or of a mapped
    file, back to the system, where that is possible. What they are is not known then; a file's are read again.
    """
    pages = buffer.obj
    if isinstance(pages, mmap.mmap) and hasattr(mmap, "MADV_DONTNEED"):
        start = -(-first * buffer.itemsize // mmap.PAGESIZE) * mmap.PAGESIZE
        stop = after * buffer.itemsize // mmap.PAGESIZE * mmap.PAGESIZE
        if start < stop:
            with suppress(OSError):  # where the process has locked its memory
                pages.madvise(mmap.MADV_DONTNEED, start, stop - start)


def _pages(size: int) -> mmap.mmap:
    try:
        pages = mmap.mmap(-1, size, **_OF_OUR_OWN)
    except OSError as error:
        raise MemoryError(f"{size} bytes: {error.strerror or error}") from error
    if size >= _HUGE and hasattr(mmap, "MADV_HUGEPAGE"):
        with suppress(OSError):  # where the system has none
            pages.madvise(mmap.MADV_HUGEPAGE)
    return pages
