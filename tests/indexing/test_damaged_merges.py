"""Merging segments whose checksums are right but whose lists or dictionaries are not: a typed error or a segment, and
no byte read outside the file.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

import searchkit
from searchkit.background import Workers
from searchkit.errors import CorruptIndex
from searchkit.indexing.merging import merge_segments
from searchkit.schema import ARTICLE
from searchkit.segment.segment import Segment
from tests.segment.files import MemoryFile
from tests.segment.test_deferred import Kept

SECTIONS = ("terms", "postings", "rare", "ranges.counts", "positions", "exceptions.ranks", "vectors.counts")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    """Two segments with frequent words, rare ones, exceptions and forms."""
    chosen = random.Random(7)
    words = [f"walrus{number}" for number in range(60)] + ["seals", "seal", "it's"]
    folder = tmp_path_factory.mktemp("damaged") / "index"
    with searchkit.open(folder) as index:
        for first in (0, 80):
            bodies = [" ".join(chosen.choices(words, k=chosen.randrange(1, 400))) for _ in range(80)]
            index.add({"id": str(first + at), "title": body[:30], "body": body} for at, body in enumerate(bodies))
    return [path.read_bytes() for path in sorted(folder.glob("*.seg"))]


@pytest.fixture(autouse=True)
def unverified(monkeypatch: pytest.MonkeyPatch) -> None:
    def verify(_segment: Segment, *, forget: bool = False) -> Iterator[str]:
        return iter(())

    monkeypatch.setattr(Segment, "verify", verify)


def opened(content: bytes, number: int) -> Segment:
    return Segment(memoryview(content), f"{number}.seg", ARTICLE)


def merge(*segments: Segment) -> MemoryFile:
    file = MemoryFile()
    merge_segments(ARTICLE, [(one, b"") for one in segments], file, bytes(16), bytes(16), Workers(1), Kept())
    return file


def place(content: bytes, section: str) -> range:
    """Where a section lies in the file."""
    found = opened(content, 0).container._sections[section]
    assert found.length
    return range(found.offset, found.end)


def test_whole_segments_are_merged(files: list[bytes]) -> None:
    first, second = map(opened, files, range(2))
    assert opened(bytes(merge(first, second).content), 2).documents == 160


@pytest.mark.parametrize("section", SECTIONS)
def test_damage_is_told_or_harmless(files: list[bytes], section: str) -> None:
    chosen = random.Random(section)
    told = 0
    for _ in range(60):
        damaged = bytearray(files[1])
        for at in chosen.sample(place(files[1], section), chosen.choice([1, 1, 3])):
            damaged[at] = chosen.choice([0, 1, 0x7F, 0x80, 0xFF, damaged[at] ^ 1 << chosen.randrange(8)])
        try:
            merge(opened(files[0], 0), opened(bytes(damaged), 1))
        except CorruptIndex as error:
            assert error.path == "1.seg"  # noqa: PT017
            told += 1
    assert told


def test_an_id_that_comes_twice_is_told(files: list[bytes]) -> None:
    with pytest.raises(CorruptIndex, match=r"0\.seg, 1\.seg: .*an id that an earlier one has"):
        merge(opened(files[0], 0), opened(files[0], 1))
