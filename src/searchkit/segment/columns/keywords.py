"""Columns of keywords: any number of exact values a document, kept as numbers in a sorted dictionary."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate, chain

from searchkit.errors import CorruptIndex
from searchkit.segment.columns.packed import Packed, narrowest
from searchkit.segment.columns.strings import PackedStrings, StringColumn, pack_strings
from searchkit.segment.container import Container

__all__ = ["KeywordColumn", "merge_keywords", "pack_keywords"]


class KeywordColumn(Sequence[tuple[str, ...]]):
    """A column of keywords, read in place: `column[document]` is the tuple of its values, in the document's order.

    values: the distinct values, in code point order; a value's index is its ordinal.
    numbers: the ordinals of all documents, one after another: an array "B", "H" or "I".
    starts: where each document's ordinals start in `numbers`, and where the last ones end: an array "I" or "Q". None
        where no document has several: then `numbers` has one a document, `len(values)` standing for none.
    """

    __slots__ = ("_container", "_documents", "_name", "numbers", "starts", "values")

    def __init__(self, container: Container, name: str, documents: int) -> None:
        self._container, self._name, self._documents = container, name, documents
        self.values = StringColumn(container, f"{name}.values")
        self.starts = self._open_starts()
        count = documents if self.starts is None else self.starts[documents]
        self.numbers = container.typed(f"{name}.ordinals", narrowest(len(self.values)), count)

    def __len__(self) -> int:
        return self._documents

    def __getitem__(self, document: int) -> tuple[str, ...]:  # type: ignore[override]
        values = self.values
        try:
            return tuple([values[ordinal] for ordinal in self.ordinals(document)])  # type: ignore[misc]
        except IndexError:
            if not 0 <= document < self._documents:
                raise
            raise self.damaged() from None

    def ordinals(self, document: int) -> Sequence[int]:
        """The ordinals of a document's values, in the document's order."""
        if document < 0:
            raise IndexError(f"there is no document {document}")
        if self.starts is None:
            ordinal = self.numbers[document]
            return () if ordinal == len(self.values) else (ordinal,)
        start, end = self.starts[document], self.starts[document + 1]
        if not start <= end <= len(self.numbers):
            raise self.damaged()
        return self.numbers[start:end]

    def find(self, value: str) -> int | None:
        """The ordinal of a value, or None where no document has it."""
        place = bisect_left(self.values, value)  # type: ignore[type-var]
        return place if place < len(self.values) and self.values[place] == value else None

    def _open_starts(self) -> memoryview | None:
        for suffix, format in (("starts", "I"), ("starts64", "Q")):
            if f"{self._name}.{suffix}" in self._container:
                return self._container.typed(f"{self._name}.{suffix}", format, self._documents + 1)
        return None

    def damaged(self) -> CorruptIndex:
        """The error, to be raised, for ordinals that make no sense."""
        return self._container.corrupt(f"column {self._name!r}: the ordinals are damaged")


def pack_keywords(values: Sequence[tuple[str, ...]]) -> Packed:
    """A column of these keywords, in document order; an empty tuple: none."""
    distinct = sorted(set(chain.from_iterable(values)))
    ordinals = {value: ordinal for ordinal, value in enumerate(distinct)}
    return _pack(distinct, [[ordinals[value] for value in several] for several in values])


def merge_keywords(
    columns: Sequence[KeywordColumn | None], segments: Sequence[int], documents: Sequence[int]
) -> Packed:
    """A column for a merged segment; arguments as for `merge_strings`. Values that no document has now are dropped."""
    old = [_no_keywords if column is None else column.ordinals for column in columns]
    found = [old[segment](document) for segment, document in zip(segments, documents, strict=True)]
    used: list[set[int]] = [set() for _ in columns]
    for segment, several in zip(segments, found, strict=True):
        used[segment].update(several)
    names = [_names(column, some) for column, some in zip(columns, used, strict=True)]
    distinct = sorted(set(chain.from_iterable(known.values() for known in names)))
    ordinals = {value: ordinal for ordinal, value in enumerate(distinct)}
    renumbered = [{before: ordinals[value] for before, value in known.items()} for known in names]
    merged = []
    for segment, several in zip(segments, found, strict=True):
        after = renumbered[segment]
        merged.append([after[ordinal] for ordinal in several])
    return _pack(distinct, merged)


def _names(column: KeywordColumn | None, ordinals: set[int]) -> dict[int, str]:
    """The values of some of a column's ordinals."""
    if column is None:
        return {}
    if ordinals and max(ordinals) >= len(column.values):
        raise column.damaged()
    return {ordinal: column.values[ordinal] for ordinal in ordinals}  # type: ignore[misc]


def _pack(distinct: list[str], ordinals: list[list[int]]) -> Packed:
    dictionary: PackedStrings = pack_strings(distinct)
    sections = {f"values.{suffix}": content for suffix, content in dictionary.sections.items()}
    format, none = narrowest(len(distinct)), [len(distinct)]
    lengths = set(map(len, ordinals))
    if lengths <= {0, 1}:
        sections["ordinals"] = array(format, chain.from_iterable(several or none for several in ordinals))
        return Packed(sections)
    numbers = array(format, chain.from_iterable(ordinals))
    wide = len(numbers) >= 1 << 32
    starts = array("Q" if wide else "I", accumulate(map(len, ordinals), initial=0))
    return Packed({**sections, "starts64" if wide else "starts": starts, "ordinals": numbers})


def _no_keywords(_document: int) -> Sequence[int]:
    return ()
