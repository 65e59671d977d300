"""Several indexes opened as one."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import searchkit
from searchkit import Schema, Text


@pytest.fixture
def years(tmp_path: Path) -> list[Path]:
    """Two indexes of a year each, with one id in both."""
    paths = [tmp_path / "1979", tmp_path / "1981"]
    articles = [
        [
            {"id": "a", "title": "Embassy seized", "date": "1979-11-04", "body": "Hostages were taken."},
            {"id": "both", "title": "A note of 1979", "date": "1980"},
        ],
        [
            {"id": "b", "title": "Hostages freed", "date": "1981-01-20", "body": "They left the embassy."},
            {"id": "both", "title": "A note of 1981", "date": "1980"},
        ],
    ]
    for path, some in zip(paths, articles, strict=True):
        with searchkit.open(path) as index, index.writer() as writer:
            for article in some:
                writer.add(article)
            writer.set_attachment("year", path.name.encode())
    return paths


def test_they_are_searched_together(years: list[Path]) -> None:
    with searchkit.open(years) as index:
        found = index.search("embassy hostages", sort="date")
        assert [(hit.id, hit.index) for hit in found] == [("a", str(years[0])), ("b", str(years[1]))]
        assert (len(index), index.count("hostages"), found.total) == (4, 2, 2)
        assert index.complete("host")[0].count == 2
        assert [hit.id for hit in index.like("a")] == ["b"]
        assert found[0].snippet().text == "Hostages were taken."
        assert index.schema == searchkit.ARTICLE


def test_an_id_that_both_have(years: list[Path]) -> None:
    with searchkit.open(years) as index:
        assert [hit["title"] for hit in index.search("note")] == ["A note of 1981", "A note of 1979"]
        assert index.get("both")["title"] == "A note of 1981"  # type: ignore[index]
        assert "a" in index
        assert index.get("nobody") is None
    with searchkit.open(years[::-1]) as index:
        assert index.get("both")["title"] == "A note of 1979"  # type: ignore[index]
        assert [hit["title"] for hit in index.search("note")] == ["A note of 1979", "A note of 1981"]


def test_new_commits_are_seen(years: list[Path]) -> None:
    with searchkit.open(tuple(map(str, years))) as index, searchkit.open(years[1]) as one:
        before = index.search("embassy")
        assert before.total == 2
        one.add([{"id": "c", "body": "Another embassy."}])
        assert index.count("embassy") == 3
        assert index.search("embassy", limit=1).total == 3
        assert [hit["title"] for hit in before] == ["Embassy seized", "Hostages freed"]


def test_information_and_checks(years: list[Path]) -> None:
    with searchkit.open(years) as index:
        info = index.info()
        assert info["documents"] == 4
        assert [one["path"] for one in info["indexes"]] == list(map(str, years))
        assert len(info["segments"]) == 2
        assert info["bytes"] == sum(one["bytes"] for one in info["indexes"])
        assert index.path == os.pathsep.join(map(str, years))
        assert index.check() == []
        assert index.attachment("year") == b"1981"
        assert index.attachment("none") is None
    (next(years[1].glob("*.seg"))).write_bytes(b"")
    with pytest.raises(searchkit.CorruptIndex):
        searchkit.open(years).search("embassy")


def test_they_are_for_reading_only(years: list[Path]) -> None:
    with searchkit.open(years) as index:
        with pytest.raises(searchkit.ReadOnlyIndex):
            index.add([{"id": "x"}])
        with pytest.raises(searchkit.ReadOnlyIndex):
            index.delete("a")
    with pytest.raises(searchkit.IndexClosed):
        index.search("embassy")
    with pytest.raises(ValueError, match="not created"):
        searchkit.open(years, mode="x")
    with pytest.raises(ValueError, match="no index is named"):
        searchkit.open([])
    with pytest.raises(searchkit.IndexNotFound, match="nowhere"):
        searchkit.open([years[0], years[0].parent / "nowhere"])


def test_schemas_must_agree(years: list[Path], tmp_path: Path) -> None:
    other, turned = tmp_path / "other", tmp_path / "turned"
    searchkit.open(other, schema=Schema({"title": Text(), "body": Text()})).close()
    with pytest.raises(searchkit.SchemaMismatch) as caught:
        searchkit.open([years[0], other])
    assert any(str(other) in one and "'author'" in one for one in caught.value.differences)
    searchkit.open(turned, schema=Schema({"body": Text(), "title": Text()})).close()
    with pytest.raises(searchkit.SchemaMismatch, match=r"another order: title, body in .*, body, title in "):
        searchkit.open([other, turned])


def test_schemas_that_no_longer_agree(years: list[Path]) -> None:
    with searchkit.open(years) as index:
        grown = Schema({**searchkit.ARTICLE.fields, "section": searchkit.Keyword()}, date="date")
        searchkit.open(years[1], schema=grown).close()
        with pytest.raises(searchkit.SchemaMismatch, match="section"):
            index.search("embassy")
