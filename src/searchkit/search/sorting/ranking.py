"""Strings → their ranks, in steps of a few milliseconds at most.

The strings go into buckets between pivots, which are a sorted sample of them, and each bucket is sorted by itself
(W. D. Frazer and A. C. McKellar, *Samplesort: a sampling approach to minimal storage tree sorting*, 1970).
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeAlias, TypeVar

__all__ = ["Ranked", "steps"]

T = TypeVar("T")

Ranked: TypeAlias = "tuple[array[int], array[int]]"  # not to be evaluated before Python 3.12
"""Of each string its rank among the distinct ones, how many these are where it is None; and of each rank the last
string that has it.
"""

_AT_ONCE = 4096
_SAMPLED = 8
"""Strings of the sample for each pivot: how evenly the buckets are filled."""


def steps(strings: Iterable[str | None]) -> Iterator[Ranked | None]:
    """Yields None after each step, and the ranks at last."""
    values: list[str | None] = []
    distinct: set[str | None] = set()
    for chunk in _chunks(strings):
        values += chunk
        distinct.update(chunk)
        yield None
    distinct.discard(None)
    ranks: dict[str | None, int] = {}
    for bucket in _buckets(distinct):
        if bucket is not None:
            ranks.update(zip(sorted(bucket), range(len(ranks), len(ranks) + len(bucket)), strict=True))
        yield None
    ranks[None] = none = len(distinct)
    numbers, order = array("I"), array("I", bytes(4 * (none + 1)))
    for chunk in _chunks(values):
        first = len(numbers)
        numbers.extend([ranks[value] for value in chunk])
        for document in range(first, len(numbers)):
            order[numbers[document]] = document
        yield None
    order.pop()
    yield numbers, order


def _buckets(distinct: Iterable[str | None]) -> Iterator[list[str] | None]:
    """Lists of all of the strings, each with those between two pivots; None after each step before there are any."""
    words: list[str] = []
    for chunk in _chunks(distinct):
        words += [word for word in chunk if word is not None]
        yield None
    # A set of strings is in no order, so that any of them are a sample.
    pivots = sorted(words[: _SAMPLED * (len(words) // _AT_ONCE)])[_SAMPLED // 2 :: _SAMPLED]
    buckets: list[list[str]] = [[] for _ in range(len(pivots) + 1)]
    for part in _chunks(words):
        for word in part:
            buckets[bisect_right(pivots, word)].append(word)
        yield None
    words.clear()
    yield None
    buckets.reverse()
    while buckets:
        yield buckets.pop()


def _chunks(items: Iterable[T]) -> Iterator[list[T]]:
    iterator = iter(items)
    while chunk := list(islice(iterator, _AT_ONCE)):
        yield chunk
