"""The table of document ids in a segment."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.errors import CorruptIndex
from searchkit.segment.columns import StringColumn, pack_strings, strings
from searchkit.segment.container import ContainerWriter
from searchkit.segment.identifiers import ABSENT, IdentifierTable, pack_identifiers
from tests.segment.files import container

IDS = st.lists(st.text(max_size=12), unique=True)


def table_of(ids: list[str], content: bytes | None = None) -> IdentifierTable:
    def fill(writer: ContainerWriter) -> None:
        packed = pack_strings(ids)
        packed.write(writer, "id")
        writer.add("table", pack_identifiers(packed) if content is None else content)

    found = container(fill)
    return IdentifierTable(found, "table", StringColumn(found, "id", len(ids)))


@given(IDS, IDS)
def test_finds_documents_by_id(ids: list[str], others: list[str]) -> None:
    table = table_of(ids)
    expected = {id: number for number, id in enumerate(ids)}
    asked = ids + others
    assert [table.find(id) for id in asked] == [expected.get(id) for id in asked]
    assert table.find_many(pack_strings(asked)).tolist() == [expected.get(id, ABSENT) for id in asked]


def test_an_id_that_cannot_be_is_not_there() -> None:
    assert table_of(["a"]).find("\ud800") is None


def test_wide_offsets_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(strings, "_NARROW", 0)
    table = table_of(["one", "two"])
    assert (table.find("one"), table.find("two"), table.find("three")) == (0, 1, None)
    assert table.find_many(pack_strings(["two", "x"])).tolist() == [1, ABSENT]


def test_an_id_must_not_come_twice() -> None:
    with pytest.raises(ValueError, match="document 2 has an id that an earlier one has: b'a'"):
        pack_identifiers(pack_strings(["a", "b", "a"]))


def test_damage_is_reported() -> None:
    for slots in (0, 2, 6):
        with pytest.raises(CorruptIndex, match="is damaged"):
            table_of(["a", "b"], bytes(4 * slots))
    table = table_of(["a", "b"], b"\xff" * 16)
    ids = [f"id {number}" for number in range(10)]
    with pytest.raises(CorruptIndex, match=r"x\.seg: the table of document ids is damaged"):
        table.find(ids[0])
    with pytest.raises(CorruptIndex, match="is damaged"):
        table.find_many(pack_strings(ids))
