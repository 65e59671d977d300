"""Indexes that are searched again and again are mapped ahead; see `kernels.preloading`."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Thread

from searchkit.search.snapshot import Snapshot
from searchkit.segment.segment import Segment

__all__ = ["OFTEN", "begin_preloading"]

OFTEN = 2
"""After so many searches others are likely to follow; a program that asks once does not pay for that."""
_LEAST = 1 << 20
"""Bytes of a segment below which it has few pages, and no thread is started for each small commit."""
_READ = 1 << 28
"""Bytes of an index above which only what is in memory is mapped: the rest is left to the searches that need it."""
_MOST = 1 << 32
"""Bytes of an index above which nothing is: the tables alone would take a five-hundredth of that."""


def begin_preloading(snapshot: Snapshot) -> Thread | None:
    """Has another thread map what searches read of the segments that are not mapped yet; None where there is nothing
    to do.
    """
    all_segments = [part.segment for part in snapshot.parts]
    segments = [one for one in all_segments if not one.is_preloaded and one.searched_bytes >= _LEAST]
    size = sum(one.searched_bytes for one in all_segments)
    if not segments or size > _MOST:
        return None
    for segment in segments:
        segment.is_preloaded = True
    thread = Thread(target=_preload, args=(segments, size <= _READ), name="searchkit-preload", daemon=True)
    thread.start()
    return thread


def _preload(segments: Sequence[Segment], reading: bool) -> None:
    for segment in segments:
        segment.preload(reading)
