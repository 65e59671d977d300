"""What planning remembers of words: fields named as anything it is kept under, and threads that fill it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import searchkit
from searchkit import Date, Index, Schema, Text
from searchkit.search import snapshot as snapshots
from searchkit.search.years import dates_of


@pytest.mark.parametrize("name", ["year", "masks", "word", "body"])
def test_a_field_may_be_named_as_what_is_remembered(tmp_path: Path, name: str) -> None:
    schema = Schema({name: Text(), "text": Text(), "date": Date()}, date="date")
    queries = ["embassy 1979", f"{name}:1979", f"{name}:text", "text:embassy", f"{name}:{name}", f"text:{name}", "1979"]
    with searchkit.open(tmp_path / "index", schema=schema) as index:
        index.add([{"id": "a", name: "embassy 1979 text", "text": f"1979 embassy {name}", "date": "1979-11-04"}])
        for given in (queries, queries[::-1]):
            index.add([{"id": given[0], name: "another"}])
            for query in given:
                assert [hit.id for hit in index.search(query, match="any")][:1] == (
                    [] if query == f"{name}:{name}" else ["a"]
                )
                assert len(index.search(query, match="any", timeout=3600)) == len(index.search(query, match="any"))


@pytest.fixture
def index(tmp_path: Path) -> Index:
    made = searchkit.open(tmp_path / "index")
    made.add([{"id": "a", "title": "embassy", "date": "1979-11-04"}])
    return made


class Forgetful(dict[object, object]):
    """Forgets what it has just said that it has, as if another thread had thrown it out."""

    def __contains__(self, key: object) -> bool:
        found = super().__contains__(key)
        self.pop(key, None)
        return found


def test_what_another_thread_throws_out_is_found_again(index: Index) -> None:
    snapshot = index._snapshot()
    snapshot.memo = Forgetful()
    for _ in range(3):
        assert dates_of(snapshot, "1979") is not None
        assert dates_of(snapshot, "1980") is None


def test_threads_may_fill_it(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshots, "_REMEMBERED", 100)

    def ask(turn: int) -> list[int]:
        return [len(index.search(f"title:(embassy x{turn}y{word})", match="any")) for word in range(500)]

    asked: Callable[[int], list[int]] = ask
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(asked, range(4))) == [[1] * 500] * 4
    assert len(index._snapshot().memo) < 300
