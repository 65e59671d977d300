"""Fields of several languages in one segment: each surface is analysed by the rules of the field that it stands in."""

from __future__ import annotations

from pathlib import Path

import searchkit
from searchkit import Schema, Text

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
