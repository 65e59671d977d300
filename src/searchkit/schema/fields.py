"""The types that a field can have."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Bool", "Date", "Field", "Keyword", "Number", "Stored", "Text"]


@dataclass(frozen=True, slots=True)
class Text:
    """Running text: analysed into words, searched by default, a zone of the article's one token sequence.

    weight: how much an occurrence here counts against one in a field of weight 1 (BM25F).
    language: a Snowball language by name ("english", "german", …), or None for no stemming.
    short: kept in a column of its own, so that reading it from a hit costs no decompression; for titles and the like.
    """

    weight: float = 1.0
    language: str | None = "english"
    short: bool = False


@dataclass(frozen=True, slots=True)
class Keyword:
    """Exact values: an author, a source, a tag.

    many: a document may hold several values.
    parts: also searchable by the words of a value (`author:kenare` finds "Atta Kenare"); exactly with `author:=…`.
    """

    many: bool = False
    parts: bool = True


@dataclass(frozen=True, slots=True)
class Date:
    """An instant, kept in UTC to the microsecond. The schema's primary date orders the documents of a segment."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number, kept as a 64-bit float."""


@dataclass(frozen=True, slots=True)
class Bool:
    """True or false."""


@dataclass(frozen=True, slots=True)
class Stored:
    """Any JSON value, kept and given back, not searched."""


Field = Text | Keyword | Date | Number | Bool | Stored
