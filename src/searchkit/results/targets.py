"""What a snippet has to show."""

from __future__ import annotations

from searchkit.dataclasses import dataclass

__all__ = ["Target"]


@dataclass(frozen=True, slots=True)
class Target:
    """A word or a phrase that a snippet should show.

    positions: for each token, in order, the set of terms that it may be: one set for a word or a prefix, several for a
        phrase, which is shown as a whole or not at all.
    weight: how much showing it counts, against the others.
    reach: of a sloppy phrase its slop; of a pair the distance. split: of a pair near each other, how many of the
        positions are the first phrase's; else 0.
    """

    positions: tuple[frozenset[str], ...]
    weight: float = 1.0
    reach: int = 0
    split: int = 0
