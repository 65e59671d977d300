"""What the hits of one answer share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from searchkit.limits import Limits
from searchkit.query.nodes import Node
from searchkit.search.parts import SegmentPart
from searchkit.search.plan import Plan
from searchkit.search.snapshot import Snapshot

if TYPE_CHECKING:
    from searchkit.results.wanted import Wanted
    from searchkit.search.explanation import Explanation
    from searchkit.search.factors import Multiplier

__all__ = ["SharedByHits", "explain_document"]


class SharedByHits:
    """What the hits of one answer share: the targets of snippets, found when a first snippet is asked for, and how
    scores are explained.
    """

    def __init__(
        self, snapshot: Snapshot, node: Node, limits: Limits, plan: Plan, multiplied: Multiplier | None
    ) -> None:
        self._snapshot, self._node, self._limits = snapshot, node, limits
        self._plan, self._multiplied = plan, multiplied
        self._wanted: list[Wanted] | None = None

    def __iter__(self) -> Iterator[Wanted]:
        if self._wanted is None:
            from searchkit.results.wanted import wanted  # not all who search show snippets

            self._wanted = wanted(self._snapshot, self._node, self._limits)
        return iter(self._wanted)

    def explain(self, part: SegmentPart, document: int) -> Explanation | None:
        """Where the score of a document comes from."""
        return explain_document(self._snapshot, self._plan, self._multiplied, part, document)


def explain_document(
    snapshot: Snapshot, plan: Plan, multiplied: Multiplier | None, part: SegmentPart, document: int
) -> Explanation | None:
    """Where the score of a document comes from, factors included; None where it does not match."""
    # Only here: most searches are never explained.
    from searchkit.search.explaining import explain

    text = explain(snapshot, plan, part, document)
    return text if text is None or multiplied is None else multiplied.explained(part, document, text)
