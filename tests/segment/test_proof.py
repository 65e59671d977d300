"""Damage that would change answers in silence is found before the first answer."""

from __future__ import annotations

from pathlib import Path

import pytest

import searchkit
from searchkit.segment.container import Container

SECTIONS = ("terms", "terms.index", "terms.heads", "ranges.counts", "ranges.bounds", "norms", "vectors")


@pytest.mark.parametrize("section", SECTIONS)
def test_damage_of_what_steers_searches_is_named(tmp_path: Path, section: str) -> None:
    with searchkit.open(tmp_path) as index:
        index.add([{"id": str(number), "title": "Rusk", "body": "zwieback and tea"} for number in range(8)])
    (path,) = tmp_path.glob("*.seg")
    content = bytearray(path.read_bytes())
    container = Container(memoryview(bytes(content)), str(path))
    place = bytes(content).index(bytes(container.section(section)))
    content[place + len(container.section(section)) // 2] ^= 1
    path.write_bytes(content)
    with searchkit.open(tmp_path, mode="r") as index, pytest.raises(searchkit.CorruptIndex, match=section):
        list(index.search("zwieback"))


@pytest.mark.parametrize("damage", [b"\xff\xff\xff\xff", b"\x00\x00\x00\x00"])
def test_damaged_postings_of_rare_words_are_never_more_than_a_range_has(tmp_path: Path, damage: bytes) -> None:
    """Documents beyond the segment, or one again and again: no document has the word, and `check` says so."""
    with searchkit.open(tmp_path) as index:
        index.add([{"id": str(number), "body": "tea and zwieback" if number < 3 else "tea"} for number in range(8)])
    (path,) = tmp_path.glob("*.seg")
    content = bytearray(path.read_bytes())
    container = Container(memoryview(bytes(content)), str(path))
    section = bytes(container.section("rare"))
    place = bytes(content).index(section)
    content[place : place + len(section)] = damage * (len(section) // 4)
    path.write_bytes(content)
    with searchkit.open(tmp_path, mode="r") as index:
        assert [hit.id for hit in index.search('"and zwieback"')] == []
        assert (len(list(index.search("zwieback"))), index.search("zwieback").total) == (0, 0)
        assert len(list(index.search("tea"))) == 8
        assert len(list(index.check())) == 1


@pytest.mark.parametrize("code", [1, 14, 15])
def test_damaged_postings_with_vectors_that_nobody_has_count_nothing(tmp_path: Path, code: int) -> None:
    """What stands behind the codebook in memory is not read for them: phrases find nothing, and `check` says so."""
    with searchkit.open(tmp_path) as index:
        index.add([{"id": str(number), "body": "tea and zwieback"} for number in range(1_500)])
    (path,) = tmp_path.glob("*.seg")
    content = bytearray(path.read_bytes())
    section = bytes(Container(memoryview(bytes(content)), str(path)).section("postings"))
    place = bytes(content).index(section)
    for at in range(place + 1, place + len(section), 2):
        content[at] = content[at] & 15 | code << 4
    path.write_bytes(content)
    with searchkit.open(tmp_path, mode="r") as index:
        for query in ('"and zwieback"', '"tea and zwieback"~2', '"tea and zwieback"'):
            # 15 says that the vector is elsewhere, and where it is not there it is the commonest.
            assert code == 15 or not list(index.search(query)), query
        assert len(list(index.search("zwieback OR tea"))) <= 10
        assert len(list(index.check())) == 1
