"""Fields that were read from a file, with the place they came from."""

from __future__ import annotations

from typing import Any

from searchkit.dataclasses import dataclass

__all__ = ["STANDARD_INPUT", "Record"]

STANDARD_INPUT = "-"


@dataclass(slots=True)
class Record:
    """The fields of one document as they were read, not yet checked against a schema.

    fields: name → value.
    path: the file, or "-" for standard input.
    line: where the record starts, counted from 1, or None where its format has no lines.
    number: its place among the records of the file, counted from 1; bad records count too.
    """

    fields: dict[str, Any]
    path: str
    line: int | None = None
    number: int = 1

    def default_id(self) -> str | None:
        """The id of a record that names none: its path, and its number where it isn't the first of its file."""
        if self.path in ("", STANDARD_INPUT):
            return None
        return self.path if self.number == 1 else f"{self.path}#{self.number}"
