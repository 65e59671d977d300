"""The memory that searches of a segment work in, kept from one search to the next."""

from __future__ import annotations

from searchkit.deadlines import left, overdue
from searchkit.kernels.nodes import Tree
from searchkit.kernels.state import State
from searchkit.kernels.top import Top
from searchkit.search.parts import Scratch, SegmentPart

__all__ = ["borrow", "give_back"]

_KEPT = 4
_LARGE = 64
_TOP = 1_000


def borrow(part: SegmentPart) -> Scratch:
    """Memory for one search; nobody else has it until it is given back."""
    try:
        scratch = part.scratch.pop()
    except IndexError:
        state = State(part.segment.view, part.saturations)
        scratch = state, Tree(state), Top(_TOP)
    scratch[0].reset(left())
    scratch[1].reset()
    return scratch


def give_back(part: SegmentPart, scratch: Scratch) -> None:
    """Keeps the memory for the next search, unless a query of very many words made it large.

    Raises `SearchTimeout` where the search noticed that its deadline had passed, and left the memory as it was then.
    """
    if scratch[0].late:
        raise overdue()
    if len(part.scratch) < _KEPT and scratch[0].capacity <= _LARGE:
        part.scratch.append(scratch)
