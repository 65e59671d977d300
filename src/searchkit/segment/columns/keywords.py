"""Columns of keywords: any number of exact values a document, kept as numbers in a sorted dictionary."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from itertools import accumulate, chain, pairwise
from operator import gt

from searchkit.errors import CorruptIndex
from searchkit.segment.columns.packed import Packed, narrowest
from searchkit.segment.columns.strings import StringColumn, pack_strings
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

    def all_ordinals(self, base: int) -> list[Sequence[int]]:
        """What `ordinals` says of each document, with `base` added to all; `CorruptIndex` where one is damaged."""
        none = len(self.values)
        numbers = self.numbers.tolist()
        if max(numbers, default=-1) >= none + (self.starts is None):
            raise self.damaged()
        shifted = [number + base for number in numbers]
        if self.starts is None:
            return [(number,) if number != none + base else () for number in shifted]
        starts = self.starts.tolist()
        if starts[0] or any(map(gt, starts, starts[1:])):
            raise self.damaged()
        return [shifted[start:end] for start, end in pairwise(starts)]

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
        return _pack([], [], [0] * len(values))
    several = [value or () for value in values]
    distinct = sorted(set(chain.from_iterable(several)))
    ordinals = {value: ordinal for ordinal, value in enumerate(distinct)}
    flat = [ordinals[value] for value in chain.from_iterable(several)]
    return _pack(distinct, flat, list(map(len, several)))


def merge_keywords(
    columns: Sequence[KeywordColumn | None], segments: Sequence[int], documents: Sequence[int]
) -> Packed:
    """A column for a merged segment; arguments as for `merge_strings`. Values that no document has now are dropped."""
    old, names = _on_one_scale(columns)
    several = [old[segment](document) for segment, document in zip(segments, documents, strict=True)]
    flat = list(chain.from_iterable(several))
    known = {number: names(number) for number in set(flat)}
    distinct = sorted(set(known.values()))
    ordinals = {value: ordinal for ordinal, value in enumerate(distinct)}
    renumbered = {number: ordinals[value] for number, value in known.items()}
    return _pack(distinct, [renumbered[number] for number in flat], list(map(len, several)))


def _on_one_scale(
    columns: Sequence[KeywordColumn | None],
) -> tuple[list[Callable[[int], Sequence[int]]], Callable[[int], str]]:
    """For each column what gives a document's ordinals, those of different columns made different; and what gives the
    value of such a number."""
    getters: list[Callable[[int], Sequence[int]]] = []
    bases = [0]
    for column in columns:
        getters.append(_no_keywords if column is None else column.all_ordinals(bases[-1]).__getitem__)
        bases.append(bases[-1] + (0 if column is None else len(column.values)))

    def name(number: int) -> str:
        index = bisect_right(bases, number) - 1
        value: str = columns[index].values[number - bases[index]]  # type: ignore[union-attr, assignment]
        return value

    return getters, name


def _no_keywords(_document: int) -> Sequence[int]:
    return ()


def _pack(distinct: list[str], flat: list[int], lengths: list[int]) -> Packed:
    """flat: the ordinals of all documents, one after another. lengths: how many each document has."""
    dictionary = pack_strings(distinct)
    sections = {f"values.{suffix}": content for suffix, content in dictionary.sections.items()}
    format = narrowest(len(distinct))
    if not flat:
        sections["ordinals"] = array(format, [len(distinct)]) * len(lengths)
        return Packed(sections)
    if max(lengths, default=0) <= 1:
        ordinals = iter(flat)
        sections["ordinals"] = array(format, [next(ordinals) if length else len(distinct) for length in lengths])
        return Packed(sections)
    wide = len(flat) >= 1 << 32
    starts = array("Q" if wide else "I", accumulate(lengths, initial=0))
    return Packed({**sections, "starts64" if wide else "starts": starts, "ordinals": array(format, flat)})
