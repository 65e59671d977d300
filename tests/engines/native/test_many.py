"""Many queries at once."""

from __future__ import annotations

from pathlib import Path

import pytest

import searchkit
from searchkit import Index, LimitExceeded, Not, QueryError, Word


@pytest.fixture
def index(tmp_path: Path) -> Index:
    index = searchkit.open(tmp_path / "index")
    index.add({"id": str(number), "title": f"walrus w{number % 7}", "date": "1979"} for number in range(100))
    return index


@pytest.mark.parametrize("threads", [1, 2, 50])
def test_answers_in_the_order_of_the_queries(index: Index, threads: int) -> None:
    queries = [f"w{number % 9}" for number in range(40)] + [Word("walrus")]
    options = {"limit": 3, "facets": "date", "sort": "-date"}
    found = index.search_many(iter(queries), threads=threads, **options)  # type: ignore[arg-type]
    assert len(found) == len(queries)
    for query, results in zip(queries, found, strict=True):
        alone = index.search(query, **options)  # type: ignore[arg-type]
        assert [hit.id for hit in results] == [hit.id for hit in alone]
        assert (results.total, results.facets["date"].counts) == (alone.total, alone.facets["date"].counts)


def test_no_queries_have_no_answers(index: Index) -> None:
    assert index.search_many([]) == []


def test_all_answers_are_of_one_commit(index: Index) -> None:
    def queries() -> list[str]:
        index.delete("1")
        return ["walrus", "walrus"]

    assert [results.total for results in index.search_many(queries())] == [99, 99]


@pytest.mark.parametrize("threads", [1, 2])
def test_the_first_error_names_its_query(index: Index, threads: int) -> None:
    with pytest.raises(QueryError, match="query 1: this quote is not closed") as caught:
        index.search_many(["w1", '"w1', *["w2"] * 50, "w1 AND"], threads=threads, strict=True)
    assert caught.value.position == 1
    tree = Word("w1")
    for _ in range(1000):
        tree = Not(tree)  # type: ignore[assignment]
    with pytest.raises(LimitExceeded) as exceeded:
        index.search_many(["w1", "w1", tree], threads=threads)
    assert exceeded.value.__notes__ == ["query 2"]


def test_arguments_that_make_no_sense(index: Index) -> None:
    for bad in ("walrus", None, 7):
        with pytest.raises(TypeError, match="search_many takes an iterable of queries"):
            index.search_many(bad)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="threads is at least 1"):
        index.search_many(["walrus"], threads=0)
    with pytest.raises(TypeError, match="colour"):
        index.search_many(["walrus"], colour="red")  # type: ignore[call-arg]
