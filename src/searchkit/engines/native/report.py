"""What came of adding articles."""

from __future__ import annotations

from searchkit.dataclasses import dataclass, field
from searchkit.errors import DocumentError

__all__ = ["Report"]


@dataclass(slots=True)
class Report:
    """added: documents that went in, replaced ones included; replaced: how many of them took the place of one of the
    same id.

    rejected: those that could not be indexed, each with its position or line, id, field and reason. removed: deleted
        ones.
    """

    added: int = 0
    replaced: int = 0
    rejected: list[DocumentError] = field(default_factory=list)
    removed: int = 0

    def __str__(self) -> str:
        parts = [f"{self.added} added"]
        if self.replaced:
            parts.append(f"{self.replaced} of them replaced")
        if self.removed:
            parts.append(f"{self.removed} removed")
        if self.rejected:
            parts.append(f"{len(self.rejected)} rejected")
        return ", ".join(parts)
