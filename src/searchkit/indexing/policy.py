"""When segments are merged: log-structured, by size.

Segments are sorted into tiers, each ten times as large as the one below; the lowest is of all below a hundred
documents. Ten segments of one tier become one. So a document is copied about once a tier, that is log10 of the index's
size over that of a commit, and an index has at most nine segments a tier. In the lowest it is copied up to eleven times
where each commit has but one: were there tiers of fewer, it would be less, but every search would read more segments.
A segment of which a third is deleted is written anew, which takes away what was deleted.
"""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["MERGED_AT_ONCE", "choose_merges"]

MERGED_AT_ONCE = 10
_SMALLEST = 100
_DELETED = 1 / 3


def choose_merges(sizes: Sequence[tuple[int, int]]) -> list[list[int]]:
    """Groups of segments (by their place) to merge into one each.

    sizes: of each segment, its live documents and all of its documents.
    """
    tiers: dict[int, list[int]] = {}
    for number, (live, _) in enumerate(sizes):
        tiers.setdefault(_tier(live), []).append(number)
    groups = []
    for tier in sorted(tiers):
        if len(tiers[tier]) >= MERGED_AT_ONCE:
            groups.append(tiers[tier])
    merged = {number for group in groups for number in group}
    for number, (live, documents) in enumerate(sizes):
        if number not in merged and live < documents * (1 - _DELETED):
            groups.append([number])
    return groups


def _tier(live: int) -> int:
    tier = 0
    size = _SMALLEST
    while live >= size:
        tier += 1
        size *= 10
    return tier
