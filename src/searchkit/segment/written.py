"""What is known of a segment once it is written."""

from __future__ import annotations

from searchkit.dataclasses import dataclass

__all__ = ["Written"]


@dataclass(frozen=True, slots=True)
class Written:
    """documents: how many; length: the sum of their quantised lengths."""

    documents: int
    length: int
