"""Finding given terms in a text without making a token of each of its words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from searchkit.analysis.analyzer import Analyzer, Piece
from searchkit.analysis.surfaces import blank_separators

__all__ = ["TextScan"]

_SURFACE = re.compile("[^ ]+")


class TextScan:
    """A text, with the places of those of its surfaces that hold a wanted term.

    `holders` maps each wanted term in the text to its surfaces: the text has the term where it has one of them.
    """

    def __init__(self, text: str, analyzer: Analyzer, wanted: frozenset[str]) -> None:
        # A space at each end, so that every surface stands between two spaces; the place in the text is one less.
        self._flat = f" {blank_separators(text)} "
        self._analyzer = analyzer
        self._pieces: dict[str, tuple[Piece, ...]] = {}
        self._offsets: dict[str, list[int]] = {}
        self.holders, unknown = analyzer.holders(wanted, set(self._flat.split(" ")))
        for surface in unknown:
            for term in wanted.intersection(piece[0] for piece in self.pieces(surface)):
                self.holders.setdefault(term, set()).add(surface)

    def surfaces_with(self, terms: frozenset[str]) -> list[str]:
        """The distinct surfaces of the text that hold one of the terms."""
        return list(set().union(*(surfaces for term, surfaces in self.holders.items() if term in terms)))

    def pieces(self, surface: str) -> tuple[Piece, ...]:
        """The tokens of a surface of the text."""
        found = self._pieces.get(surface)
        if found is None:
            found = self._pieces[surface] = self._analyzer.pieces(surface)
        return found

    def offsets(self, surface: str) -> list[int]:
        """Where in the text the surface stands, in order."""
        found = self._offsets.get(surface)
        if found is None:
            found = self._offsets[surface] = []
            needle = f" {surface} "
            place = self._flat.find(needle)
            while place >= 0:
                found.append(place)
                place = self._flat.find(needle, place + len(needle) - 1)
        return found

    def count(self, terms: frozenset[str]) -> int:
        """About how often one of the terms is in the text; 0 only where it is nowhere."""
        return sum(len(self.offsets(surface)) for surface in self.surfaces_with(terms))

    def neighbours(self, surface: str, offset: int, index: int, step: int) -> Iterator[tuple[str, int, int]]:
        """The tokens (term, start, end) that follow (step 1) or precede (step -1) token `index` of one surface."""
        pieces = self.pieces(surface)
        index += step
        while True:
            while 0 <= index < len(pieces):
                term, _, start, end = pieces[index]
                yield term, offset + start, offset + end
                index += step
            found = self._next(offset + len(surface)) if step > 0 else self._previous(offset)
            if found is None:
                return
            surface, offset = found
            pieces = self.pieces(surface)
            index = 0 if step > 0 else len(pieces) - 1

    def _next(self, offset: int) -> tuple[str, int] | None:
        match = _SURFACE.search(self._flat, offset + 1)
        return (match[0], match.start() - 1) if match else None

    def _previous(self, offset: int) -> tuple[str, int] | None:
        end = offset + 1
        while end > 0 and self._flat[end - 1] == " ":
            end -= 1
        start = self._flat.rfind(" ", 0, end) + 1
        return (self._flat[start:end], start - 1) if end > 0 else None
