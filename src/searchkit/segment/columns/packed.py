"""A column of a new segment, ready to be written."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from searchkit.dataclasses import dataclass
from searchkit.segment.container import ContainerWriter

if TYPE_CHECKING:
    from typing_extensions import Buffer

__all__ = ["Packed", "narrowest"]


@dataclass(frozen=True, slots=True)
class Packed:
    """The sections of one column: suffix of the name → content."""

    sections: dict[str, Buffer]

    def write(self, writer: ContainerWriter, name: str) -> None:
        """Write the column; `name`: at most 7 ASCII characters, which start the names of its sections."""
        for suffix, content in self.sections.items():
            writer.add(f"{name}.{suffix}", content)


def narrowest(largest: int) -> str:
    """The narrowest unsigned format of an array that holds numbers up to `largest`: "B", "H", "I" or "Q"."""
    return next(format for format in "BHIQ" if largest < 1 << 8 * array(format).itemsize)
