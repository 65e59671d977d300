"""Numbers are sorted by all of their bytes, and those that are equal stay in order."""

from __future__ import annotations

from array import array

from hypothesis import given
from hypothesis import strategies as st

from searchkit.kernels.radix import sort_numbers

_KEYS = st.one_of(st.integers(0, 3), st.integers(0, 70_000), st.integers(0, 2**64 - 1))


@given(keys=st.lists(_KEYS, max_size=60))
def test_numbers_are_sorted_and_equal_ones_stay_in_order(keys: list[int]) -> None:
    sorted_keys = memoryview(array("Q", keys))
    order = memoryview(array("I", range(100, 100 + len(keys))))
    sort_numbers(sorted_keys, order)
    assert sorted_keys.tolist() == sorted(keys)
    assert order.tolist() == [100 + at for at in sorted(range(len(keys)), key=keys.__getitem__)]
