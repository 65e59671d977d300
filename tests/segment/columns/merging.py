"""Which documents a merge keeps, drawn at random."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

from hypothesis import strategies as st


def picks(data: st.DataObject, segments: Sequence[Sequence[object]]) -> tuple[array[int], array[int]]:
    """For each new document the index of its old segment and its number there: some of all, in any order."""
    every = [(index, document) for index, values in enumerate(segments) for document in range(len(values))]
    chosen = data.draw(st.lists(st.sampled_from(every), unique=True)) if every else []
    return array("I", [index for index, _ in chosen]), array("I", [document for _, document in chosen])
