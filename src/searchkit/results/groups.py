"""A hit that stands for all documents of a value, where an answer is collapsed."""

from __future__ import annotations

from typing import Any

from searchkit.results.hit import Hit, Shared
from searchkit.search.parts import SegmentPart

__all__ = ["GroupHit"]


class GroupHit(Hit):
    """The best document of a value of the field that the answer is collapsed by.

    group_size: how many documents that match have the value, this one included.
    """

    __slots__ = ("group_size",)

    def __init__(
        self,
        score: float,
        part: SegmentPart,
        document: int,
        shared: Shared,
        group_size: int,
    ) -> None:
        super().__init__(score, part, document, shared)
        self.group_size = group_size

    def __reduce__(self) -> tuple[Any, ...]:
        kind, arguments = super().__reduce__()
        return kind, (*arguments, self.group_size)
