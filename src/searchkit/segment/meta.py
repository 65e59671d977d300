"""The description of a segment, as JSON in a section of its own."""

from __future__ import annotations

import json
from typing import Any

from searchkit.dataclasses import dataclass
from searchkit.segment.container import Container, ContainerWriter
from searchkit.segment.reference import Reference

__all__ = ["Meta", "read_meta", "write_meta"]


@dataclass(frozen=True, slots=True)
class Meta:
    """documents, entries (of the dictionary): how many; length: the sum of quantised lengths.

    zones: names of the text fields in zone order; columns: names of the fields that have a column, in the order of
        their names c0, c1 …; payload: the text fields whose text is in the stored content; reference: see `Reference`.
    """

    documents: int
    entries: int
    length: int
    zones: tuple[str, ...]
    columns: tuple[str, ...]
    reference: Reference
    payload: tuple[str, ...]


def write_meta(writer: ContainerWriter, meta: Meta) -> None:
    """Writes the section."""
    data = {
        "documents": meta.documents,
        "entries": meta.entries,
        "length": meta.length,
        "zones": meta.zones,
        "columns": meta.columns,
        "payload": meta.payload,
        "reference": meta.reference.to_dict(),
    }
    writer.add("meta", json.dumps(data, separators=(",", ":")).encode())


def read_meta(container: Container) -> Meta:
    """Reads the section; raises `CorruptIndex` where it makes no sense."""
    try:
        data = json.loads(bytes(container.section("meta")))
        return Meta(
            _natural(data["documents"]),
            _natural(data["entries"]),
            _natural(data["length"]),
            tuple(map(str, data["zones"])),
            tuple(map(str, data["columns"])),
            Reference.from_dict(data["reference"]),
            tuple(map(str, data["payload"])),
        )
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise container.corrupt(f"the description of the segment is damaged: {error!r}") from None


def _natural(value: Any) -> int:
    if type(value) is not int or not 0 <= value < 1 << 48:
        raise ValueError(f"{value!r} is not a count")
    return value
