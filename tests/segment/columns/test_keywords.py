"""Columns of keywords."""

from __future__ import annotations

from array import array
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.errors import CorruptIndex
from searchkit.segment.columns import KeywordColumn, merge_keywords, pack_keywords, pack_strings
from tests.segment.columns.merging import picks
from tests.segment.files import container

Values = list[tuple[str, ...]]
VALUE = st.sampled_from(["AFP", "Reuters", "Ça", "", "日本"]) | st.text(max_size=3)
SEVERAL: st.SearchStrategy[Values] = st.lists(st.lists(VALUE, unique=True, max_size=3).map(tuple))
SINGLE: st.SearchStrategy[Values] = st.lists(st.lists(VALUE, max_size=1).map(tuple))


def column_of(values: Values) -> KeywordColumn:
    return KeywordColumn(container(lambda writer: pack_keywords(values).write(writer, "k")), "k", len(values))


def damaged(documents: int, names: list[str], **sections: Any) -> KeywordColumn:
    """A column with these sections, whatever they say."""

    def fill(writer: Any) -> None:
        pack_strings(names).write(writer, "k.values")
        for suffix, content in sections.items():
            writer.add(f"k.{suffix}", content)

    return KeywordColumn(container(fill), "k", documents)


@given(SEVERAL | SINGLE)
def test_gives_back_what_was_written(values: Values) -> None:
    column = column_of(values)
    distinct = sorted({value for several in values for value in several})
    assert list(column) == values
    assert len(column) == len(values)
    assert list(column.values) == distinct
    assert [[distinct[ordinal] for ordinal in column.ordinals(d)] for d in range(len(values))] == list(
        map(list, values)
    )
    assert [column.find(value) for value in distinct] == list(range(len(distinct)))
    assert column.find("\U0010ffff no such value") is None
    assert (column.starts is None) == all(len(several) <= 1 for several in values)


@pytest.mark.parametrize(("count", "format"), [(255, "B"), (256, "H"), (65_535, "H"), (65_536, "I")])
def test_ordinals_are_as_narrow_as_fits(count: int, format: str) -> None:
    values: Values = [(f"{number:05}",) for number in range(count)]
    column = column_of([*values, ()])
    assert column.numbers.format == format
    assert (column[0], column[count - 1], column[count]) == (("00000",), (f"{count - 1:05}",), ())


@given(st.lists(SEVERAL | SINGLE, min_size=1, max_size=3), st.data())
def test_merges_and_drops_values_without_documents(segments: list[Values], data: st.DataObject) -> None:
    indexes, documents = picks(data, segments)
    merged = merge_keywords([column_of(values) for values in segments], indexes, documents)
    column = KeywordColumn(container(lambda writer: merged.write(writer, "m")), "m", len(documents))
    expected = [segments[index][document] for index, document in zip(indexes, documents, strict=True)]
    assert list(column) == expected
    assert list(column.values) == sorted({value for several in expected for value in several})


def test_merging_a_segment_without_the_field_misses_its_keywords() -> None:
    merged = merge_keywords([None, column_of([("a", "b")]), None], array("I", [0, 1, 2]), array("I", [4, 0, 9]))
    assert list(KeywordColumn(container(lambda writer: merged.write(writer, "m")), "m", 3)) == [(), ("a", "b"), ()]


def test_there_are_no_documents_outside() -> None:
    for values in ([("a",)], [("a", "b")]):
        column = column_of([tuple(several) for several in values])
        for document in (-1, 1):
            with pytest.raises(IndexError):
                column[document]


@pytest.mark.parametrize(
    ("documents", "names", "sections"),
    [
        (1, ["a"], {"ordinals": b"\2"}),
        (1, [], {"ordinals": b"\1"}),
        (1, ["a"], {"ordinals": b"\1\1", "starts": array("I", [0, 2])}),
        (1, [], {"ordinals": b"\0", "starts": array("I", [0, 1])}),
        (2, ["a"], {"ordinals": b"\0", "starts": array("I", [0, 3, 1])}),
    ],
)
def test_ordinals_and_starts_that_make_no_sense_are_damage(documents: int, names: list[str], sections: Any) -> None:
    column = damaged(documents, names, **sections)
    with pytest.raises(CorruptIndex, match=r"x\.seg: column 'k': the ordinals are damaged"):
        column[0]
    with pytest.raises(CorruptIndex):
        merge_keywords([column], [0] * documents, list(range(documents)))


def test_lengths_are_checked_when_a_column_is_opened() -> None:
    with pytest.raises(CorruptIndex, match="not 2 items"):
        damaged(2, ["a"], ordinals=b"\0")
    with pytest.raises(CorruptIndex, match="not 9 items"):
        damaged(1, ["a"], ordinals=b"\0", starts=array("I", [0, 9]))
    with pytest.raises(CorruptIndex, match="not 3 items"):
        damaged(2, ["a"], ordinals=b"\0", starts64=array("Q", [0, 1]))


def test_wide_starts_are_read() -> None:
    column = damaged(2, ["a", "b"], ordinals=b"\0\1", starts64=array("Q", [0, 2, 2]))
    assert list(column) == [("a", "b"), ()]
