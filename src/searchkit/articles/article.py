"""An article as it was read from a file."""

from __future__ import annotations

from searchkit.schema.record import STANDARD_INPUT, Record

__all__ = ["STANDARD_INPUT", "Article"]


class Article(Record):
    """One article of a file: `fields`, and where it was read: `path`, `line` and `number`.

    `searchkit.schema.Coercer` takes it as it is, and names its place where it is rejected.
    """

    __slots__ = ()
