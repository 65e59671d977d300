"""Columns of keywords: any number of exact values a document, kept as numbers in a sorted dictionary."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate, chain, islice
from operator import gt

from searchkit.errors import CorruptIndex
from searchkit.segment.columns.packed import Packed, narrowest
from searchkit.segment.columns.strings import PackedStrings, StringColumn, pack_strings
from searchkit.segment.container import Container

__all__ = ["KeywordColumn", "pack_keywords", "pack_ordinals"]


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

    def shifted(self, base: int, format: str) -> tuple[array[int], array[int] | None]:
        """The ordinals of all documents, one after another, with `base` added to all, in an array of this format, and
        where each document's start; None where each has one, `base + len(values)` standing for none. `CorruptIndex`
        where they are damaged.
        """
        none = len(self.values)
        if max(self.numbers, default=-1) >= none + (self.starts is None):
            raise self.damaged()
        numbers = array(format, map(base.__add__, self.numbers))
        if self.starts is None:
            return numbers, None
        starts = array(self.starts.format, self.starts)
        if starts[0] or any(map(gt, starts, islice(starts, 1, None))):
            raise self.damaged()
        return numbers, starts

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


def pack_keywords(values: Sequence[tuple[str, ...] | None]) -> Packed:
    """A column of these keywords, in document order; an empty tuple or None: none."""
    if not any(values):
        return pack_ordinals(pack_strings([]), [], [0] * len(values))
    several = [value or () for value in values]
    distinct = sorted(set(chain.from_iterable(several)))
    ordinals = {value: ordinal for ordinal, value in enumerate(distinct)}
    flat = [ordinals[value] for value in chain.from_iterable(several)]
    return pack_ordinals(pack_strings(distinct), flat, list(map(len, several)))


def pack_ordinals(dictionary: PackedStrings, flat: Sequence[int], lengths: Sequence[int]) -> Packed:
    """A column of the ordinals of all documents, one after another, in a dictionary of sorted values. lengths: how many
    each document has.
    """
    distinct = len(dictionary.offsets) - 1
    sections = {f"values.{suffix}": content for suffix, content in dictionary.sections.items()}
    format = narrowest(distinct)
    if not flat:
        sections["ordinals"] = array(format, [distinct]) * len(lengths)
        return Packed(sections)
    if max(lengths, default=0) <= 1:
        ordinals = iter(flat)
        sections["ordinals"] = array(format, (next(ordinals) if length else distinct for length in lengths))
        return Packed(sections)
    wide = len(flat) >= 1 << 32
    starts = array("Q" if wide else "I", accumulate(lengths, initial=0))
    return Packed({**sections, "starts64" if wide else "starts": starts, "ordinals": array(format, flat)})
