"""What is measured, in parts: each is run by itself, and its figures are kept as JSON."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from parts.changing import updates
from parts.growing import growth
from parts.indexing import commits, indexing
from parts.merging import merges
from parts.querying import queries_dated, queries_plain, queries_small
from parts.starting import opening, threads
from scale import Scale

__all__ = ["PARTS", "Part"]

Part = Callable[[Scale, Path], Any]
"""From how much to measure, and a folder for indexes that may be kept, to figures as JSON has them."""

PARTS: dict[str, Part] = {
    "indexing": indexing,
    "queries-plain": queries_plain,
    "queries-dated": queries_dated,
    "queries-small": queries_small,
    "threads": threads,
    "opening": opening,
    "updates": updates,
    "commits": commits,
    "merges": merges,
    "growth": growth,
}
