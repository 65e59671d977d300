"""The column of keywords of a merged segment. Values may be many more than documents, and all of them distinct: none is
held as an object for longer than it takes to write it.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from heapq import merge
from io import BytesIO
from itertools import accumulate

from searchkit.segment.columns.keywords import KeywordColumn, pack_ordinals
from searchkit.segment.columns.packed import Packed, narrowest
from searchkit.segment.columns.strings import PackedStrings

__all__ = ["merge_keywords"]


def merge_keywords(
    columns: Sequence[KeywordColumn | None], segments: Sequence[int], documents: Sequence[int]
) -> Packed:
    """A column for a merged segment; arguments as for `merge_strings`. Values that no document has now are dropped."""
    # The values of all columns are numbered on one scale, those of each from its base on.
    bases = list(accumulate((0 if column is None else len(column.values) for column in columns), initial=0))
    flat, lengths = _numbers(columns, bases, segments, documents)
    used = bytearray(bases[-1])
    for number in flat:
        used[number] = 1
    dictionary, ordinals = _dictionary(columns, bases, used)
    return pack_ordinals(dictionary, array("I", map(ordinals.__getitem__, flat)), lengths)


def _numbers(
    columns: Sequence[KeywordColumn | None], bases: Sequence[int], segments: Sequence[int], documents: Sequence[int]
) -> tuple[array[int], array[int]]:
    """The numbers of the values of all new documents, one after another; and how many each document has."""
    format = narrowest(bases[-1])
    # There is a base more than columns, the end of the scale.
    pairs = zip(columns, bases, strict=False)
    old = [None if column is None else column.shifted(base, format) for column, base in pairs]
    flat, lengths = array(format), array("I")
    for segment, document in zip(segments, documents, strict=True):
        one = old[segment]
        if one is None:
            lengths.append(0)
            continue
        numbers, starts = one
        before = len(flat)
        if starts is not None:
            flat.extend(numbers[starts[document] : starts[document + 1]])
        elif numbers[document] != bases[segment + 1]:
            flat.append(numbers[document])
        lengths.append(len(flat) - before)
    return flat, lengths


def _dictionary(
    columns: Sequence[KeywordColumn | None], bases: Sequence[int], used: bytearray
) -> tuple[PackedStrings, array[int]]:
    """The values that are used, sorted, equal ones once; and for each number the place of its value among them."""
    ordinals = array("I", bytes(4 * len(used)))
    blob, sizes = BytesIO(), array("I")
    last = None
    pairs = zip(columns, bases, strict=False)
    for value, number in merge(*[_values(column, base, used) for column, base in pairs if column is not None]):
        if value != last:
            sizes.append(blob.write(value.encode()))
            last = value
        ordinals[number] = len(sizes) - 1
    return PackedStrings(blob.getvalue(), sizes), ordinals


def _values(column: KeywordColumn, base: int, used: bytearray) -> Iterator[tuple[str, int]]:
    """The values of a column that are used, in order, and their numbers."""
    for ordinal in range(len(column.values)):
        if used[base + ordinal]:
            value = column.values[ordinal]
            if value is None:
                raise column.damaged()
            yield value, base + ordinal
