"""Columns of integers, floats and truth values."""

from __future__ import annotations

from math import nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.errors import CorruptIndex
from searchkit.segment.columns import (
    MISSING_BOOL,
    MISSING_INTEGER,
    BoolColumn,
    FloatColumn,
    IntegerColumn,
    Packed,
    merge_bools,
    merge_floats,
    merge_integers,
    pack_bools,
    pack_floats,
    pack_integers,
)
from searchkit.segment.container import Container
from tests.segment.columns.merging import picks
from tests.segment.files import container

INTEGERS = st.none() | st.integers(MISSING_INTEGER + 1, 2**63 - 1)
FLOATS = st.none() | st.floats(allow_nan=False)
BOOLS = st.none() | st.booleans()


def stored(packed: Packed) -> Container:
    return container(lambda writer: packed.write(writer, "n"))


@given(st.lists(INTEGERS), st.lists(FLOATS), st.lists(BOOLS))
def test_gives_back_what_was_written(
    integers: list[int | None], floats: list[float | None], bools: list[bool | None]
) -> None:
    assert list(IntegerColumn(stored(pack_integers(integers)), "n", len(integers))) == integers
    assert list(FloatColumn(stored(pack_floats(floats)), "n", len(floats))) == floats
    assert list(BoolColumn(stored(pack_bools(bools)), "n", len(bools))) == bools


def test_missing_values_can_be_scanned() -> None:
    assert IntegerColumn(stored(pack_integers([None, 7])), "n", 2).values.tolist() == [MISSING_INTEGER, 7]
    assert BoolColumn(stored(pack_bools([None, True, False])), "n", 3).values.tolist() == [MISSING_BOOL, 1, 0]
    assert list(FloatColumn(stored(pack_floats([nan, 1.5])), "n", 2)) == [None, 1.5]


@given(st.lists(st.lists(INTEGERS), min_size=1, max_size=3), st.data())
def test_merges_integers(segments: list[list[int | None]], data: st.DataObject) -> None:
    indexes, documents = picks(data, segments)
    columns = [IntegerColumn(stored(pack_integers(values)), "n", len(values)) for values in segments]
    found = IntegerColumn(stored(merge_integers(columns, indexes, documents)), "n", len(documents))
    assert list(found) == [segments[index][document] for index, document in zip(indexes, documents, strict=True)]


def test_merges_floats_and_bools() -> None:
    floats = FloatColumn(stored(pack_floats([1.5, None])), "n", 2)
    merged = stored(merge_floats([floats, None], [0, 1, 0], [1, 9, 0]))
    assert list(FloatColumn(merged, "n", 3)) == [None, None, 1.5]
    bools = BoolColumn(stored(pack_bools([True, None, False])), "n", 3)
    merged = stored(merge_bools([None, bools], [1, 0, 1], [2, 9, 0]))
    assert list(BoolColumn(merged, "n", 3)) == [False, None, True]


def test_merging_a_segment_without_the_field_misses_its_integers() -> None:
    column = IntegerColumn(stored(pack_integers([5])), "n", 1)
    assert list(IntegerColumn(stored(merge_integers([column, None], [1, 0], [3, 0])), "n", 2)) == [None, 5]


def test_the_range_of_integers_is_kept() -> None:
    for value in (MISSING_INTEGER, 2**63):
        with pytest.raises(OverflowError):
            pack_integers([0, value])


def test_lengths_and_truth_values_are_checked() -> None:
    found = stored(pack_integers([1, 2]))
    with pytest.raises(CorruptIndex, match="not 3 items"):
        IntegerColumn(found, "n", 3)
    with pytest.raises(CorruptIndex, match="is missing"):
        FloatColumn(found, "n", 2)
    bools = BoolColumn(stored(Packed({"bools": b"\x03"})), "n", 1)
    with pytest.raises(CorruptIndex, match="document 0 has the truth value 3"):
        bools[0]


def test_columns_know_their_length() -> None:
    assert len(IntegerColumn(stored(pack_integers([1, 2])), "n", 2)) == 2
    assert len(FloatColumn(stored(pack_floats([1.0])), "n", 1)) == 1
    assert len(BoolColumn(stored(pack_bools([])), "n", 0)) == 0
