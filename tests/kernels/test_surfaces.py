"""The table of surfaces: many texts at once, and what is left of it when no text comes any more."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from searchkit.kernels.surfaces import SurfaceTable

TEXTS = st.lists(st.text("ab'é. Z9-\n", max_size=40).map(str.encode), max_size=12)


@given(texts=TEXTS, groups=st.lists(st.integers(0, 3), min_size=1, max_size=3))
def test_many_texts_at_once_are_the_same_as_one_by_one(texts: list[bytes], groups: list[int]) -> None:
    single, together = SurfaceTable(), SurfaceTable()
    ends = []
    for number, text in enumerate(texts):
        single.add(text, groups[number % len(groups)])
        ends.append(len(single.tokens()))
    noted = memoryview(bytearray(4 * len(texts) + 4)).cast("I")
    together.add_all(texts, bytes(groups), noted)
    assert noted.tolist() == [*ends, 0]
    assert together.tokens().tolist() == single.tokens().tolist()
    assert together.surfaces(0) == single.surfaces(0)
    assert together.groups() == single.groups()


def test_surfaces_can_be_read_by_pieces() -> None:
    table = SurfaceTable()
    table.add(b"one two three two")
    assert table.surfaces(0, 2) == ["one", "two"]
    assert table.surfaces(2, 99) == ["three"]


def test_a_frozen_table_keeps_what_it_has() -> None:
    table = SurfaceTable()
    table.add("one two Łódź two".encode())
    table.freeze()
    assert table.surfaces(0) == ["one", "two", "Łódź"]
    assert table.tokens().tolist() == [0, 1, 2, 1]
    assert table.bytes_used < 1 << 20
