"""Which zones a text field stands for, by the analyzers of their words."""

from __future__ import annotations

from searchkit.analysis import Analyzer
from searchkit.search.snapshot import Snapshot

__all__ = ["masks_by_analyzer"]


def masks_by_analyzer(snapshot: Snapshot, field: str | None) -> dict[Analyzer, int]:
    """The analyzers of a text field, or of all, and for each the number of the mask of its zones."""
    key = ("masks", field)
    known = snapshot.memo.get(key)
    if known is None:
        known = _masks_by_analyzer(snapshot, field)
        snapshot.remember(key, known)
    return known  # type: ignore[return-value]


def _masks_by_analyzer(snapshot: Snapshot, field: str | None) -> dict[Analyzer, int]:
    texts = snapshot.schema.texts
    groups: dict[Analyzer, int] = {}
    for zone in range(len(texts)) if field is None else [texts.index(field)]:
        analyzer = snapshot.analyzer(texts[zone])
        groups[analyzer] = groups.get(analyzer, 0) | 1 << zone
    return {analyzer: snapshot.scoring.masks.index(bits) for analyzer, bits in groups.items()}
