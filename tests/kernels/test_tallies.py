"""Counts of a column's values are those of a loop over the documents, for any width, any bitmap, and used again."""

from __future__ import annotations

from array import array
from collections import Counter
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.kernels.tallies import Tally

DOCUMENTS = 5_000
FORMATS = {1: "B", 2: "H", 4: "I"}


def bitmap_of(documents: set[int]) -> bytearray:
    made = bytearray((DOCUMENTS + 4095) // 4096 * 512)
    for document in documents:
        made[document >> 3] |= 1 << (document & 7)
    return made


def check(tally: Tally, values: list[list[int]], documents: set[int], none: int) -> None:
    tally.add(bitmap_of(documents))
    counts = Counter(value for document in documents for value in values[document])
    commonest = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    assert not tally.damaged
    assert tally.sums() == (len(counts), counts.total())
    assert tally.occurring() == sorted(counts.items())
    assert tally.count(none) == sum(not values[document] for document in documents)
    assert [tally.count(value) for value in range(none)] == [counts[value] for value in range(none)]
    for wanted in (1, 3, none):
        assert tally.most_frequent(wanted) == commonest[:wanted]
    tally.clear()
    assert (tally.sums(), tally.occurring(), tally.count(none)) == ((0, 0), [], 0)


def chosen(places: list[int]) -> set[int]:
    return {document for place in places for document in range(place, min(place + 40, DOCUMENTS), 1 + place % 3)}


PLACES = st.lists(st.integers(0, DOCUMENTS - 1), max_size=8)


@given(st.sampled_from([1, 2, 4]), st.integers(1, 60), st.lists(PLACES, min_size=1, max_size=3))
def test_one_value_a_document(width: int, none: int, several: list[list[int]]) -> None:
    numbers = array(FORMATS[width], [document * document % (none + 1) for document in range(DOCUMENTS)])
    values = [[number] if number < none else [] for number in numbers]
    tally = Tally(memoryview(numbers).cast("B"), width, none, None, False)
    for places in several:
        check(tally, values, chosen(places), none)


@given(st.sampled_from([1, 2, 4]), st.booleans(), st.integers(1, 60), st.lists(PLACES, min_size=1, max_size=3))
def test_any_number_of_values_a_document(width: int, wide: bool, none: int, several: list[list[int]]) -> None:
    values = [sorted({document * value % none for value in range(document % 4)}) for document in range(DOCUMENTS)]
    numbers = array(FORMATS[width], [number for one in values for number in one])
    starts = array("Q" if wide else "I", accumulate(map(len, values), initial=0))
    tally = Tally(memoryview(numbers).cast("B"), width, none, memoryview(starts).cast("B").cast("I"), wide)
    for places in several:
        check(tally, values, chosen(places), none)


def test_documents_that_the_column_does_not_have_are_left_out() -> None:
    tally = Tally(memoryview(bytes([0, 1, 1])), 1, 2, None, False)
    tally.add(bytearray(b"\xff" * 512))
    assert tally.occurring() == [(0, 1), (1, 2)]


@pytest.mark.parametrize(
    ("numbers", "starts"), [([0, 3], None), ([0, 2], [0, 1, 2]), ([0, 1], [0, 2, 1]), ([0, 1], [0, 1, 3])]
)
def test_numbers_and_starts_that_make_no_sense_are_damage(numbers: list[int], starts: list[int] | None) -> None:
    places = None if starts is None else memoryview(array("I", starts))
    tally = Tally(memoryview(bytes(numbers)), 1, 2, places, False)
    tally.add(bytearray(b"\3" + bytes(511)))
    assert tally.damaged
