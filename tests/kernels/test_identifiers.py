"""The hash table of document ids against a dict, and against damage."""

from __future__ import annotations

from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.kernels import identifiers as kernel

IDS = st.text(max_size=20).map(str.encode)
KEYS = [f"https://news.example.com/{number}.html".encode() for number in range(100)]
TABLE = [1, 0, 1972033874, 3102625947, 1295096388, 0, 0, 0]


def joined(ids: list[bytes], wide: bool = False) -> tuple[bytes, memoryview]:
    """The ids one after another, and their offsets in 32-bit words."""
    offsets = array("Q" if wide else "I", [0])
    for id in ids:
        offsets.append(offsets[-1] + len(id))
    return b"".join(ids), memoryview(offsets).cast("B").cast("I")


def table_of(ids: list[bytes], wide: bool = False) -> tuple[bytes, memoryview, bool, int, array[int]]:
    """What the searches take: blob, offsets, wide, count and the table built of them."""
    blob, offsets = joined(ids, wide)
    table = array("I", bytes(4 << (len(ids) * 3 // 2).bit_length()))
    assert kernel.build(blob, offsets, wide, len(ids), table) == len(ids)
    return blob, offsets, wide, len(ids), table


@given(st.lists(IDS, unique=True), st.lists(IDS), st.booleans(), st.booleans())
def test_finds_what_a_dict_finds(ids: list[bytes], others: list[bytes], wide: bool, keys_wide: bool) -> None:
    expected = {id: number for number, id in enumerate(ids)}
    table = table_of(ids, wide)
    keys = ids + others
    assert [kernel.find_one(key, *table) for key in keys] == [expected.get(key, -1) for key in keys]

    blob, offsets = joined(keys, keys_wide)
    found = array("I", bytes(4 * len(keys)))
    hits = kernel.find_many(blob, offsets, keys_wide, len(keys), *table, found)
    assert found.tolist() == [expected.get(key, kernel.ABSENT) for key in keys]
    assert hits == sum(key in expected for key in keys)


def test_tells_words_apart_at_every_length() -> None:
    keys = [bytes([65 + byte % 7]) * length for length in range(40) for byte in range(7 if length else 1)]
    assert len(set(keys)) == len(keys)
    table = table_of(keys)
    assert [kernel.find_one(key, *table) for key in keys] == list(range(len(keys)))
    assert [kernel.find_one(key + b"\0", *table) for key in keys] == [-1] * len(keys)


def test_the_table_is_what_the_format_says() -> None:
    """Frozen bytes: a table built today must be found in by every later version."""
    assert table_of([b"", b"a", b"seg-0001", b"seg-0001-and-more"])[-1].tolist() == TABLE


@given(st.lists(st.binary(max_size=30), unique=True, max_size=12))
def test_the_hash_and_the_slots_are_as_documented(ids: list[bytes]) -> None:
    table = table_of(ids)[-1]
    expected = [0] * len(table)
    bits = len(ids).bit_length()
    for document, id in enumerate(ids):
        value = documented_hash(id)
        place = value % len(table)
        while expected[place]:
            place = (place + 1) % len(table)
        expected[place] = (value >> 32 >> bits << bits) + document + 1
    assert table.tolist() == expected


def documented_hash(id: bytes) -> int:
    """The hash as docs/file-format.md has it."""
    value = len(id) * 0x9E3779B97F4A7C15 % 2**64
    for start in range(0, len(id), 8):
        word = int.from_bytes(id[start : start + 8].ljust(8, b"\0"), "little")
        value = (value ^ word) * 0xD6E8FEB86659FD93 % 2**64
        value ^= value >> 32
    value = value * 0xC2B2AE3D27D4EB4F % 2**64
    return value ^ (value >> 29)


def test_names_the_first_document_whose_id_comes_twice() -> None:
    blob, offsets = joined([b"a", b"b", b"a", b"b"])
    assert kernel.build(blob, offsets, False, 4, array("I", bytes(32))) == 2


@pytest.mark.parametrize("slot", [100, 127, 0xFFFFFFFF])
def test_reports_a_table_full_of_what_cannot_be(slot: int) -> None:
    blob, offsets, wide, count, table = table_of(KEYS)
    full = array("I", [slot] * len(table))
    results = {kernel.find_one(key, blob, offsets, wide, count, full) for key in [*KEYS, b"other"]}
    assert results <= {kernel.DAMAGED, 99}
    assert kernel.DAMAGED in results


def test_reports_a_number_beyond_the_documents() -> None:
    blob, offsets, wide, count, table = table_of(KEYS)
    for place, slot in enumerate(table):
        if slot:
            table[place] = slot | 127
    assert {kernel.find_one(key, blob, offsets, wide, count, table) for key in KEYS} == {kernel.DAMAGED}
    found = array("I", bytes(4 * count))
    assert kernel.find_many(blob, offsets, wide, count, blob, offsets, wide, count, table, found) == kernel.DAMAGED


def test_reports_offsets_outside_the_ids() -> None:
    blob, _, wide, count, table = table_of(KEYS)
    backwards = array("I", range(count, -1, -1))
    outside = array("I", [0xFFFFFFFF] * (count + 1))
    for offsets in (backwards, outside):
        assert {kernel.find_one(key, blob, offsets, wide, count, table) for key in KEYS} == {kernel.DAMAGED}


@given(st.integers(0, 255), st.integers(0, 31))
def test_a_flipped_bit_loses_an_id_or_is_reported(place: int, bit: int) -> None:
    blob, offsets, wide, count, table = table_of(KEYS)
    assert len(table) == 256
    table[place] ^= 1 << bit
    for number, key in enumerate(KEYS):
        assert kernel.find_one(key, blob, offsets, wide, count, table) in (number, -1, kernel.DAMAGED)
