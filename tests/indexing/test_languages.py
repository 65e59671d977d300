"""Fields of several languages in one segment: each surface is analysed by the rules of the field that it stands in."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import searchkit
from searchkit import Schema, Text
from searchkit.indexing.interner import Interner

SCHEMA = Schema({"english": Text(), "german": Text(language="german"), "names": Text(language=None)})


def test_every_language_has_its_stems(tmp_path: Path) -> None:
    with searchkit.open(tmp_path / "index", schema=SCHEMA) as index:
        index.add(
            [
                {"id": "e", "english": "houses running"},
                {"id": "g", "german": "häuser laufend"},
                {"id": "n", "names": "houses häuser don't"},
            ]
        )
        for _ in range(2):
            assert [hit.id for hit in index.search("english:house")] == ["e"]
            assert [hit.id for hit in index.search("german:haus")] == ["g"]
            assert [hit.id for hit in index.search("names:house")] == []
            assert sorted(hit.id for hit in index.search("hous*")) == ["e", "n"]
            assert index.check() == []
            index.add([{"id": "x", "names": "house"}])
            index.delete("x")
            index.merge()


def test_strings_are_numbered_alike_by_table_and_dict() -> None:
    words = ["embassy", "crisis", "embassy", "häuser", "crisis", "42"]
    for plain in (True, False):
        interner = Interner(plain=plain)
        assert interner.numbers(words).tolist() == [0, 1, 0, 2, 1, 3]
        assert interner.numbers(["42", "new"]).tolist() == [3, 4]
        blob, starts = interner.strings()
        assert len(interner) == 5
        ends = starts.tolist()
        assert [bytes(blob[start:end]).decode() for start, end in pairwise(ends)] == [
            "embassy",
            "crisis",
            "häuser",
            "42",
            "new",
        ]
    assert Interner(plain=False).strings()[1].tolist() == [0]
