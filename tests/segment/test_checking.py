"""What a check says of a segment whose parts do not fit each other, though every checksum is right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import searchkit
from searchkit.schema import ARTICLE
from searchkit.segment.checking import structure
from searchkit.segment.segment import Segment


@pytest.fixture
def segment(tmp_path: Path) -> Segment:
    with searchkit.open(tmp_path / "index") as index:
        index.add(
            {"id": str(number), "title": f"walrus {number}", "date": f"19{70 + number}", "body": "sea seas"}
            for number in range(5)
        )
    (path,) = (tmp_path / "index").glob("*.seg")
    return Segment(memoryview(path.read_bytes()), str(path), ARTICLE)


def test_a_whole_segment(segment: Segment) -> None:
    assert list(structure(segment, b"", 5, 20)) == []


def test_figures_of_the_manifest(segment: Segment) -> None:
    assert list(structure(segment, b"", 4, 21)) == [
        "5 live documents, the manifest says 4",
        "the lengths of its documents do not add up to what the manifest says",
    ]
    assert list(structure(segment, bytes([0b11101]) + bytes(511), 4, 16)) == []


class _Backwards(list[int]):
    """A column of dates in the wrong order."""

    @property
    def values(self) -> list[int]:
        return self


def _dates(segment: Segment) -> None:
    column: Any = segment.column("date")
    segment._columns["date"] = _Backwards(reversed(column.values))  # type: ignore[assignment]


def _table(segment: Segment) -> None:
    segment.identity.table = SimpleNamespace(find=lambda id: 0)  # type: ignore[assignment]


@pytest.mark.parametrize(
    ("damage", "said"),
    [(_dates, "not in the order of their dates"), (_table, "document 1 is not found by its id")],
)
def test_parts_that_do_not_fit(segment: Segment, damage: Callable[[Segment], None], said: str) -> None:
    damage(segment)
    (finding,) = structure(segment, b"", 5, 20)
    assert said in finding


def test_a_dictionary_that_ends_early(segment: Segment) -> None:
    segment.dictionary  # noqa: B018 - made while the description still is right
    entries = segment.meta.entries
    segment.meta = replace(segment.meta, entries=entries + 1)
    assert list(structure(segment, b"", 5, 20)) == [f"the dictionary ends after {entries} of {entries + 1} entries"]
