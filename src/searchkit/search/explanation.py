"""Where a score comes from, as a tree whose numbers add up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from searchkit.dataclasses import dataclass, field

__all__ = ["Explanation"]


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a part of a query adds to the score of a document.

    what: the part, in words. units: what it adds, a whole number: exactly the sum of those of its parts, where it has
        any. scale: what a unit is worth; `score` is both multiplied.
    details: of a word or phrase what its units are made of: `boost`, `idf`, `frequencies` (by field), `w`, `length`,
        `average`, `k`, `saturation`. See docs/ranking.md.
    parts: the parts that the document has.
    """

    what: str
    units: int
    scale: float
    details: Mapping[str, Any] = field(default_factory=dict)
    parts: tuple[Explanation, ...] = ()

    @property
    def score(self) -> float:
        """What the part adds to the score."""
        return self.units * self.scale

    def to_dict(self) -> dict[str, Any]:
        """As JSON values."""
        known: dict[str, Any] = {"what": self.what, "score": self.score, "units": self.units}
        if self.details:
            known["details"] = dict(self.details)
        if self.parts:
            known["parts"] = [part.to_dict() for part in self.parts]
        return known

    def __str__(self) -> str:
        return "\n".join(self._lines(""))

    def _lines(self, indent: str) -> Iterator[str]:
        yield f"{indent}{self.score:.6f}  {self.what}{self._arithmetic()}"
        for part in self.parts:
            yield from part._lines(indent + "  ")

    def _arithmetic(self) -> str:
        known = self.details
        if "saturation" not in known:
            return ""
        boost = f"boost {known['boost']:g} × " if known["boost"] != 1 else ""
        where = ", ".join(f"{count} in {name}" for name, count in known["frequencies"].items() if count)
        return (
            f" = {boost}idf {known['idf']:.4f} × {known['saturation']:.4f}"
            f" ({where}: w {known['w']:g}, K {known['k']:.4f} by a length of {known['length']},"
            f" {known['average']:.1f} on average)"
        )
