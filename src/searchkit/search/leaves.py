"""Opens a term's postings for the kernels."""

from __future__ import annotations

from searchkit.kernels.leaves import open_leaf
from searchkit.kernels.state import State
from searchkit.segment.segment import TermRecord

__all__ = ["open_term"]


def open_term(state: State, record: TermRecord, weight: int, scoring: bool, mask: int) -> int:
    """Adds a term to the leaves of a search; returns the number of the leaf."""
    leaf: int = open_leaf(
        state,
        record.postings,
        record.frequent,
        record.frequency,
        record.exceptions,
        record.exception_count,
        record.positions,
        record.index,
        weight,
        scoring,
        mask,
    )
    return leaf
