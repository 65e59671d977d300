"""Columns of strings."""

from __future__ import annotations

from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.errors import CorruptIndex
from searchkit.segment.columns import (
    MergedStrings,
    PackedStrings,
    StringColumn,
    merge_strings,
    merged_strings,
    pack_strings,
)
from searchkit.segment.columns import strings as module
from searchkit.segment.container import Container
from tests.segment.columns.merging import picks
from tests.segment.files import container

STRINGS = st.lists(st.none() | st.text(max_size=8))


def column_of(values: list[str | None]) -> StringColumn:
    found = container(lambda writer: pack_strings(values).write(writer, "s"))
    return StringColumn(found, "s", len(values))


@given(STRINGS)
def test_gives_back_what_was_written(values: list[str | None]) -> None:
    column = column_of(values)
    assert list(column) == values
    assert len(column) == len(values)


def test_tells_missing_from_empty_and_ascii_from_others() -> None:
    assert list(column_of(["", None, "ÿ", "plain"])) == ["", None, "ÿ", "plain"]
    assert list(column_of(["", "a", "bc"])) == ["", "a", "bc"]


@given(st.lists(STRINGS, min_size=1, max_size=3), st.sampled_from([1, 2, 1000]), st.data())
def test_merges_documents_in_any_order(segments: list[list[str | None]], together: int, data: st.DataObject) -> None:
    indexes, documents = picks(data, segments)
    columns = [column_of(values) for values in segments]
    expected = [segments[index][document] for index, document in zip(indexes, documents, strict=True)]
    forgotten: list[None] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(merged_strings, "_TOGETHER", together)
        for merged in (
            merge_strings(columns, indexes, documents),
            MergedStrings(columns, indexes, documents, lambda: forgotten.append(None)),
        ):
            found = container(lambda writer, merged=merged: merged.write(writer, "m"))  # type: ignore[misc]
            assert list(StringColumn(found, "m", len(expected))) == expected
    assert len(forgotten) == -(-len(expected) // together)


def test_merging_a_segment_without_the_field_misses_its_strings() -> None:
    merged = merge_strings([None, column_of(["a", "b"])], array("I", [1, 0, 1]), array("I", [1, 5, 0]))
    assert merged.blob == b"b\xffa"
    assert merged.offsets.tolist() == [0, 1, 2, 3]


def test_offsets_grow_to_64_bits_where_they_must(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_NARROW", 4)
    packed = pack_strings(["ab", None, "cd"])
    assert packed.offsets.typecode == "Q"
    found = container(lambda writer: packed.write(writer, "s"))
    assert "s.offsets64" in found
    assert list(StringColumn(found, "s")) == ["ab", None, "cd"]


def test_there_are_no_documents_outside() -> None:
    column = column_of(["a"])
    for document in (-1, 1):
        with pytest.raises(IndexError):
            column[document]


@pytest.mark.parametrize("offsets", [[0, 9, 2], [2, 1, 2], [0, 2**32 - 1, 2]])
def test_offsets_that_make_no_sense_are_damage(offsets: list[int]) -> None:
    column = StringColumn(_container(b"ab", offsets), "s", 2)
    with pytest.raises(CorruptIndex, match=r"x\.seg: column 's': the offsets of string 0 are damaged"):
        column[0]


def test_bytes_that_are_not_utf8_are_damage() -> None:
    column = StringColumn(_container(b"\xff\xff", [0, 2]), "s", 1)
    with pytest.raises(CorruptIndex, match="string 0 is not UTF-8"):
        column[0]


def test_a_column_without_its_sections_is_damage() -> None:
    with pytest.raises(CorruptIndex, match=r"section 's\.text' is missing"):
        StringColumn(container(lambda writer: None), "s", 0)
    with pytest.raises(CorruptIndex, match="has no offsets"):
        StringColumn(_container(b"", []), "s")
    with pytest.raises(CorruptIndex, match="not 4 items"):
        StringColumn(_container(b"ab", [0, 2]), "s", 3)


def _container(blob: bytes, offsets: list[int]) -> Container:
    packed = PackedStrings(blob, [])
    packed.sections["offsets"] = array("I", offsets)
    return container(lambda writer: packed.write(writer, "s"))
