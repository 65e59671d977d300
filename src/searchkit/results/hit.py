"""A hit: one document of an answer. It stays usable after the index is closed or changed."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Protocol

from searchkit.analysis import analyzer_of
from searchkit.kernels.ranked import Found
from searchkit.kernels.strings import StringReader
from searchkit.schema import Date, Keyword, Text
from searchkit.search.parts import SegmentPart
from searchkit.segment.columns.strings import StringColumn

if TYPE_CHECKING:
    from searchkit.results.snippets import Snippet
    from searchkit.results.targets import Target
    from searchkit.search.explanation import Explanation

__all__ = ["Hit", "Shared", "instant", "presented"]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Shared(Protocol):
    """What the hits of one answer share."""

    def __iter__(self) -> Iterator[tuple[str | None, Target]]:
        """The targets of snippets."""

    def explain(self, part: SegmentPart, document: int) -> Explanation | None:
        """Where the score of a document comes from."""


class Hit(Found):
    """A document that matched.

    score: how well; hits of one answer can be compared. Fields are read like a mapping's: `hit["title"]`; what is kept
        in columns (short texts, keywords, dates, numbers) costs next to nothing, other texts are decompressed when
        asked for.
    """

    __slots__ = ()

    score: float
    _part: SegmentPart
    _document: int
    _shared: Shared

    @property
    def index(self) -> str:
        """The absolute path of the folder of the index that it was found in."""
        return os.path.dirname(self._part.segment.path)

    @property
    def date(self) -> datetime | None:
        """The primary date, in UTC; None where the document has none."""
        date = self._part.date(self._document)
        return None if date is None else _moment(self._part, date)

    @property
    def fields(self) -> dict[str, Any]:
        """All fields that have a value, in the schema's order: dates as datetimes in UTC, keywords of many values as
        tuples.
        """
        return presented(self._part, self._document)

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.score, self._part, self._document, self._shared)

    def _reader(self, field: str) -> Callable[[int], Any] | StringReader:
        read = self._part.readers[field] = _reader(self._part, field)
        return read

    def get(self, field: str, default: Any = None) -> Any:
        """As `hit[field]`, with a default for a field that has no value or does not exist."""
        try:
            value = self[field]
        except KeyError:
            return default
        return default if value is None else value

    def snippet(self, field: str = "body", size: int = 240, fragments: int = 1) -> Snippet:
        """The pieces of a text field that best show why the document matched.

        size: the most characters of a piece; fragments: the most pieces. `KeyError` for a field that is no text field.
        """
        from searchkit.results.snippets import make_snippet  # not all who search show snippets

        kind = self._part.segment.schema.fields[field]
        if not isinstance(kind, Text):
            raise KeyError(f"{field!r} is not a text field")
        targets = [target for only, target in self._shared if only is None or only == field]
        return make_snippet(self[field] or "", targets, analyzer_of(kind), size=size, fragments=fragments)

    def explain(self) -> Explanation:
        """Where the score comes from: parts that add up to it exactly. `print` shows them as a tree of lines."""
        found = self._shared.explain(self._part, self._document)
        assert found is not None
        return found

    def __repr__(self) -> str:
        return f"<Hit {self.id!r} score={self.score:.4f}>"


def _reader(part: SegmentPart, field: str) -> Callable[[int], Any] | StringReader:
    """What reads a field of a document of a segment, as hits show it."""
    segment = part.segment
    if field == segment.schema.key:
        return segment.identity.ids.reader
    kind = segment.schema.fields[field]
    column = segment.column(field)
    if column is None:
        return lambda document: segment.content(document).get(field) or None
    if isinstance(column, StringColumn):
        return column.reader
    get: Callable[[int], Any] = column.__getitem__
    if isinstance(kind, Keyword) and not kind.many:
        return lambda document: next(iter(get(document)), None)
    if isinstance(kind, Date):
        return lambda document: None if (value := get(document)) is None else _moment(part, value)
    return get


def instant(microseconds: int) -> datetime:
    """Microseconds since the epoch as a datetime in UTC."""
    return _EPOCH + timedelta(microseconds=microseconds)


def presented(part: SegmentPart, document: int) -> dict[str, Any]:
    """The fields of a document as users see them; see `Hit.fields`."""
    schema = part.segment.schema
    raw = part.segment.fields(document)
    found: dict[str, Any] = {schema.key: part.segment.identity.ids[document]}
    for name, kind in schema.fields.items():
        if name not in raw:
            continue
        value = raw[name]
        if isinstance(kind, Date):
            value = _moment(part, value)
        elif isinstance(kind, Keyword) and not kind.many:
            value = value[0]
        found[name] = value
    return found


def _moment(part: SegmentPart, value: int) -> datetime:
    """A date of a segment as a datetime; one that no datetime can be is damage."""
    try:
        return instant(value)
    except OverflowError:
        raise part.segment.container.corrupt("a date lies outside the years 1 to 9999") from None
