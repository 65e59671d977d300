"""The types that a field can have."""

from __future__ import annotations

from collections.abc import Sequence

from searchkit.dataclasses import dataclass
from searchkit.schema.word_filters import Filter, WordFilter, word_filters

__all__ = ["Bool", "Date", "Field", "Keyword", "Number", "Stored", "Text"]


@dataclass(frozen=True, slots=True)
class Text:
    """Running text: analysed into words, searched by default, a zone of the article's one token sequence.

    weight: how much an occurrence here counts against one in a field of weight 1 (BM25F).
    language: a Snowball language by name ("english", "german", …), or None for no stemming.
    short: kept in a column of its own, so that reading it from a hit costs no decompression; for titles and the like.
    filters: functions from a folded word to what is indexed for it, or their dotted names ("package.module.function");
        see `WordFilter`. They run in order, before stemming. The index keeps their names.

    Raises `SchemaError` for a filter that has no name to keep.
    """

    weight: float = 1.0
    language: str | None = "english"
    short: bool = False
    filters: Sequence[WordFilter | Filter | str] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "filters", word_filters(self.filters))

    @property
    def analysis(self) -> tuple[str | None, tuple[WordFilter, ...]]:
        """What decides which words of the field match: fields with the same are searched by the same words."""
        return self.language, self.filters  # type: ignore[return-value]


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
