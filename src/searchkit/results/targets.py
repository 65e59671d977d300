"""What a snippet has to show."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Target"]


@dataclass(frozen=True, slots=True)
class Target:
    """A word or a phrase that a snippet should show.

    positions: for each token, in order, the set of terms that it may be: one set for a word or a prefix, several for a
        phrase, which is shown as a whole or not at all.
    weight: how much showing it counts, against the others.
    """

    positions: tuple[frozenset[str], ...]
    weight: float = 1.0
