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
