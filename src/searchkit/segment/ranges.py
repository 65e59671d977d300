"""The ranges that the documents of a segment fall into."""

from __future__ import annotations

__all__ = ["RANGE", "ranges_of"]

RANGE = 4096
"""Documents of one range; the last may have fewer."""


def ranges_of(documents: int) -> int:
    """How many ranges there are."""
    return (documents + RANGE - 1) // RANGE
