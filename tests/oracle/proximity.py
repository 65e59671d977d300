"""Words near each other, by trying every way to place them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

Places = tuple[frozenset[str], ...]


class Sloppy(NamedTuple):
    """A sloppy phrase. names: what tells its words apart: those that are the same have one name. places: the terms that
    each may be.
    """

    names: tuple[object, ...]
    places: Places
    slop: int

    def count(self, words: list[str]) -> int:
        """The least shifts, `position - place`, of all ways to give each word a position of its own (those that are the
        same in their order) so that no two shifts differ by more than the slop; no more than the rarest word is there.
        """
        ways = set(self._ways(words, 0, []))
        return min(len(ways), *(frequency(terms, words) for terms in self.places))

    def _ways(self, words: list[str], place: int, taken: list[int]) -> Iterator[int]:
        shifts = [position - at for at, position in enumerate(taken)]
        if place == len(self.places):
            yield min(shifts)
            return
        low, high = (max(shifts) - self.slop, min(shifts) + self.slop) if shifts else (-place, len(words))
        same = [taken[at] for at in range(place) if self.names[at] == self.names[place]]
        for position in range(max(0, low + place, *(one + 1 for one in same)), min(high + place + 1, len(words))):
            if words[position] in self.places[place]:
                yield from self._ways(words, place + 1, [*taken, position])


class Pair(NamedTuple):
    """Two phrases near each other."""

    left: Places
    right: Places
    distance: int

    @property
    def places(self) -> Places:
        """Those of both."""
        return self.left + self.right

    def count(self, words: list[str]) -> int:
        """The positions where a pair begins, no more than either phrase is there."""
        left, right = rows(self.left, words), rows(self.right, words)
        begins = {
            start
            for starts, length, others in ((left, len(self.left), set(right)), (right, len(self.right), set(left)))
            for start in starts
            if not others.isdisjoint(range(start + length, start + length + self.distance))
        }
        return min(len(begins), len(left), len(right))


def rows(places: Places, words: Sequence[str]) -> list[int]:
    """Where the places of a phrase (none: nowhere) follow each other in a list of words."""
    if not places or any(terms.isdisjoint(words) for terms in places):
        return []
    starts = range(len(words) - len(places) + 1)
    return [start for start in starts if all(words[start + at] in terms for at, terms in enumerate(places))]


def frequency(terms: frozenset[str], words: list[str]) -> int:
    """How often any of the terms is there."""
    return sum(word in terms for word in words)
