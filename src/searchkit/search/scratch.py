"""The memory that searches of a segment work in, kept from one search to the next."""

from __future__ import annotations

from dataclasses import dataclass

from searchkit.kernels.state import State
from searchkit.kernels.top import Top
from searchkit.kernels.tree import Tree
from searchkit.search.parts import Scratch, SegmentPart

__all__ = ["Needs", "borrow", "give_back"]

_KEPT = 4
_LEAVES, _LEVELS, _NODES, _SPARE, _TOP = 8, 3, 24, 4096, 1024


@dataclass(slots=True)
class Needs:
    """leaves, levels, nodes: of the query tree; rare: postings of rare terms; phrases, alternatives: whether there are
    some.
    """

    leaves: int = 1
    levels: int = 1
    nodes: int = 1
    rare: int = 0
    phrases: bool = False
    alternatives: bool = False


def borrow(part: SegmentPart, needs: Needs, bitmaps: bytes | bytearray) -> Scratch:
    """Memory for one search; nobody else has it until it is given back."""
    try:
        scratch = part.scratch.pop()
    except IndexError:
        return _make(part, needs, bitmaps)
    state, tree, _ = scratch
    if not (
        state.capacity >= needs.leaves
        and state.levels >= needs.levels
        and tree.capacity >= needs.nodes
        and state.room >= needs.rare
        and (state.phrases or not needs.phrases)
        and (state.tallies or not needs.alternatives)
    ):
        return _make(part, needs, bitmaps)
    state.reset()
    tree.reset(bitmaps)
    return scratch


def give_back(part: SegmentPart, scratch: Scratch) -> None:
    """Keeps the memory for the next search."""
    if len(part.scratch) < _KEPT:
        part.scratch.append(scratch)


def _make(part: SegmentPart, needs: Needs, bitmaps: bytes | bytearray) -> Scratch:
    segment = part.segment
    state = State(
        segment.view,
        part.saturations,
        max(_LEAVES, needs.leaves),
        max(_LEVELS, needs.levels),
        max(_SPARE, needs.rare),
        segment.longest if needs.phrases else 0,
        needs.alternatives,
    )
    tree = Tree(state, max(_NODES, needs.nodes))
    tree.reset(bitmaps)
    return state, tree, Top(_TOP)
