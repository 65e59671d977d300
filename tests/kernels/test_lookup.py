"""A term is found where it is, and nothing where it isn't, as a walk over all entries says."""

from __future__ import annotations

from array import array
from itertools import accumulate

from hypothesis import given, settings
from hypothesis import strategies as st

from searchkit.kernels.dictionary import FLAG_FORM, FLAG_POINTER, FLAG_TERM, Dictionary, build
from searchkit.kernels.lookup import bring_near, find, find_those
from searchkit.kernels.records import SectionSizes, TermRecord

KEYS = st.text("abé\x01", max_size=12).map(str.encode)
FLAGS = st.sampled_from([FLAG_TERM, FLAG_TERM | FLAG_FORM, FLAG_FORM | FLAG_POINTER, FLAG_TERM | FLAG_POINTER])
NUMBERS = st.integers(0, 40) | st.integers(0, 1 << 20)
ENTRIES = st.dictionaries(KEYS, st.tuples(FLAGS, NUMBERS, NUMBERS, NUMBERS), max_size=120)


def made(entries: dict[bytes, tuple[int, int, int, int]], ranges: int) -> Dictionary:
    return Dictionary(*sections(entries, ranges), len(entries), ranges)


def sections(entries: dict[bytes, tuple[int, int, int, int]], ranges: int) -> tuple[bytes, array[int], array[int]]:
    """Data, index and heads; entries: key → flags, document frequency less 1, bytes of positions, exceptions."""
    keys = sorted(entries)
    rows = [entries[key] for key in keys]
    starts = array("I", accumulate(map(len, keys), initial=0))
    pointers = [2 if row[0] & FLAG_POINTER else 0 for row in rows]
    blocks = (len(keys) + 15) // 16
    out, index, heads = (
        bytearray(200 * len(keys) + 200),
        array("Q", bytes(8 * blocks + 8)),
        array("Q", bytes(8 * blocks + 8)),
    )
    used = build(
        b"".join(keys) + b"\0",
        starts,
        array("I", range(len(keys))),
        bytes(row[0] for row in rows),
        array("I", [row[1] + 1 for row in rows]),
        array("I", [row[2] for row in rows]),
        array("I", [row[3] for row in rows]),
        array("I", accumulate(pointers, initial=0)),
        array("I", [7, 300] * len(keys) + [0]),
        ranges,
        out,
        index,
        heads,
    )
    return bytes(out[:used]), index, heads[:blocks]


def fields(record: TermRecord) -> tuple[int, ...]:
    return (
        record.entry,
        record.frequency,
        record.postings,
        record.frequent,
        record.positions,
        record.position_bytes,
        record.index,
        record.exceptions,
        record.exception_count,
    )


@settings(deadline=None)
@given(ENTRIES, st.lists(KEYS, max_size=20), st.integers(1, 5))
def test_what_is_found_is_what_a_walk_meets(
    entries: dict[bytes, tuple[int, int, int, int]], others: list[bytes], ranges: int
) -> None:
    dictionary = made(entries, ranges)
    walker, expected = dictionary.walk(), {}
    while walker.advance():
        if walker.flags() & FLAG_TERM:
            expected[walker.key()] = fields(walker.record())
    assert set(expected) == {key for key, row in entries.items() if row[0] & FLAG_TERM}
    keys = [*entries, *others, *(key + b"a" for key in entries), *(key[:-1] for key in entries)]
    bring_near([dictionary, made({}, ranges), dictionary], keys)
    assert list(map(fields, find_those(dictionary, keys))) == [expected[key] for key in keys if key in expected]
    for key in keys:
        found = find(dictionary, key)
        assert (None if found is None else fields(found)) == expected.get(key)
    for key, row in expected.items():
        assert fields(dictionary.record(row[0])) == row
        assert dictionary.seek(key) == row[0]


@settings(deadline=None)
@given(ENTRIES, st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 255)), max_size=30))
def test_damage_gives_nonsense_or_nothing(
    entries: dict[bytes, tuple[int, int, int, int]], damage: list[tuple[int, int]]
) -> None:
    whole = sections(entries, 1)
    data = bytearray(whole[0])
    for place, byte in damage:
        data[place % (len(data) or 1) : place % (len(data) or 1) + 1] = bytes([byte])[: len(data)]
    dictionary = Dictionary(bytes(data), *whole[1:], len(entries), 1)
    bring_near([dictionary], list(entries))
    for key in entries:
        find(dictionary, key)


def test_data_beyond_their_sections_are_no_record() -> None:
    record = find(made({b"a": (FLAG_TERM, 9, 5, 2)}, 1), b"a")
    assert record is not None
    assert SectionSizes(10, 10, 0, 1, 5, 0, 2).hold(record)
    assert SectionSizes(10, 10, 0, 1, 5, 0, 2).first_beyond([record, record]) is None
    for sizes in (
        (9, 10, 0, 1, 5, 0, 2),
        (10, 9, 0, 1, 5, 0, 2),
        (10, 10, 0, 0, 5, 0, 2),
        (10, 10, 0, 1, 4, 0, 2),
        (10, 10, 0, 1, 5, 0, 1),
    ):
        assert not SectionSizes(*sizes).hold(record)
        assert [SectionSizes(*sizes).first_beyond([record])] == [record]
