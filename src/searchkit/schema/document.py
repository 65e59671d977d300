"""A document: an article after coercion, in the shape that indexing takes."""

from __future__ import annotations

from typing import Any

from searchkit.dataclasses import dataclass

__all__ = ["Document"]


@dataclass(slots=True)
class Document:
    """One article, checked against a schema.

    id: what identifies it; adding the same id again replaces the document.
    date: the primary date in microseconds since the epoch, UTC, or None.
    texts: the text fields in UTF-8, in the schema's order, b"" where one is missing.
    values: the other fields by name, absent ones left out. Keyword: a tuple of distinct, trimmed, non-empty strings;
        Date: microseconds since the epoch, UTC (the primary date is here too); Number: float; Bool: bool; Stored: a
        JSON value.
    """

    id: str
    date: int | None
    texts: tuple[bytes, ...]
    values: dict[str, Any]
