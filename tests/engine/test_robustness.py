"""What programs may do by mistake, or on purpose: typed errors or right answers, and an index that stands."""

from __future__ import annotations

import struct
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import searchkit
from searchkit import Index
from searchkit.engines.native.writer import Writer
from searchkit.query.nodes import All, And, Bag, Between, Boost, Clause, Node, Not, Or, Term, Word, Year
from searchkit.schema import Date, Keyword, Number, Schema, Stored, Text
from searchkit.schema.fields import Field

INFINITE = float("inf")


@pytest.fixture
def index(tmp_path: Path) -> Index:
    made = searchkit.open(tmp_path / "index")
    made.add([{"id": str(year), "author": "A. Writer", "date": str(year), "body": "fox"} for year in (1979, 9999)])
    return made


def ids(index: Index, query: str | Node, **options: Any) -> list[str]:
    return sorted(hit.id for hit in index.search(query, limit=1000, **options))


def test_deleting_all_of_several_segments(tmp_path: Path) -> None:
    """Segments that vanish at the commit don't shift those that are merged after them."""
    index = searchkit.open(tmp_path / "index")
    for number in range(4):
        index.add([{"id": f"{number}-{one}", "body": "fox"} for one in range(3)])
    with index.writer() as writer:
        for number in range(3):
            for one in range(3):
                assert writer.delete(f"{number}-{one}")
        assert writer.delete("3-0")
    assert ids(index, "fox") == ["3-1", "3-2"]
    assert index.check() == []
    with index.writer() as writer:
        assert writer.delete("3-1")
        assert writer.delete("3-2")
    assert (len(index), index.count("fox"), index.check()) == (0, 0, [])


def test_an_id_of_too_many_digits_is_rejected(index: Index) -> None:
    report = index.add([{"id": 10**5000, "body": "x"}, {"id": 7, "body": "y"}])
    assert [(error.position, error.field) for error in report.rejected] == [(0, "id")]
    assert report.added == 1
    assert index.get("7") is not None


def test_until_the_last_day_there_is(index: Index) -> None:
    assert ids(index, "fox", until=date.max) == ["1979", "9999"]
    assert ids(index, "fox", until=date(9999, 12, 30)) == ["1979", "9999"]
    assert ids(index, "fox", since=date.max) == []


@pytest.mark.parametrize("query", ["author:=\ud800", "tag:=\ud800", "tag:\ud800", "tag:\ud800*", "author:\ud800"])
def test_lone_surrogates_in_keywords_find_nothing(tmp_path: Path, query: str) -> None:
    schema = Schema({"body": Text(), "author": Keyword(), "tag": Keyword(parts=False)})
    index = searchkit.open(tmp_path / "index", schema=schema)
    index.add([{"id": "1", "body": "fox", "author": "A", "tag": "t"}])
    assert index.count(f"fox {query}", match="all") in (0, 1)
    assert index.count(Term("author", "\ud800")) == 0


@pytest.mark.parametrize("depth", [240, 2_000, 20_000])
@pytest.mark.parametrize(
    "wrap",
    [
        Not,
        lambda node: And((node, Word("fox"))),
        lambda node: Or((node, All())),
        lambda node: Bag((Clause(node),)),
    ],
)
def test_trees_of_any_depth(index: Index, depth: int, wrap: Any) -> None:
    """They are answered, or refused by a limit; what refuses them is never the interpreter's stack."""
    node: Node = Word("fox")
    for _ in range(depth):
        node = wrap(node)
    if depth <= 250:
        results = index.search(node)
        assert results.total == 2
        assert results.interpretation
        assert [hit.snippet("body").text for hit in results] == ["fox", "fox"]
    else:
        with pytest.raises(searchkit.LimitExceeded, match="query_depth"):
            index.search(node)


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (-INFINITE, INFINITE, 1),
        (-(10**400), 10**400, 1),
        (INFINITE, None, 0),
        (None, -INFINITE, 0),
        (10**400, None, 0),
        (None, -(10**400), 0),
        (INFINITE, -INFINITE, 0),
    ],
    ids=["all", "all, huge", "from infinity", "to minus infinity", "from huge", "to minus huge", "the wrong way"],
)
@pytest.mark.parametrize("field", ["date", "seen", "price"])
def test_ends_of_intervals_that_no_document_can_have(
    tmp_path: Path, field: str, low: float | None, high: float | None, expected: int
) -> None:
    results = priced(tmp_path).search(Between(field, low, high))
    assert (results.total, bool(results.interpretation)) == (expected, True)


@pytest.mark.parametrize("field", ["date", "seen", "price"])
def test_ends_of_intervals_that_are_no_numbers(tmp_path: Path, field: str) -> None:
    index = priced(tmp_path)
    with pytest.raises(searchkit.QueryError, match="nan"):
        index.search(Between(field, float("nan"), None))
    with pytest.raises(searchkit.QueryError, match="nan"):
        index.search(Between(field, None, float("nan")))


def priced(folder: Path) -> Index:
    schema = Schema({"body": Text(), "date": Date(), "seen": Date(), "price": Number()}, date="date")
    index = searchkit.open(folder / "index", schema=schema)
    index.add([{"id": "1", "body": "fox", "date": "1979", "seen": "1980", "price": 5}])
    return index


def test_a_year_that_is_no_number(index: Index) -> None:
    results = index.search(Year("x", 10**30, -(10**30)))
    assert results.total == 0
    assert "x" in results.interpretation


@pytest.mark.parametrize("added", [Text(), Keyword(), Stored()])
def test_a_field_that_another_program_added_stays(tmp_path: Path, added: Field) -> None:
    """A program that opened the index before goes on, and takes nothing away when it commits or merges."""
    first = searchkit.open(tmp_path / "index", schema=Schema({"body": Text()}))
    first.add([{"id": "1", "body": "fox"}])
    second = searchkit.open(tmp_path / "index", schema=Schema({"body": Text(), "note": added}))
    second.add([{"id": "2", "body": "fox", "note": "seen"}])
    first.add([{"id": "3", "body": "fox"}, {"id": "4", "body": "fox", "note": "new"}])
    first.merge()
    for index in (first, second, searchkit.open(tmp_path / "index")):
        assert list(index.schema.fields) == ["body", "note"]
        assert [(index.get(id) or {}).get("note") for id in "1234"] == [None, "seen", None, "new"]
        assert index.check() == []


def test_fields_added_by_two_programs_at_once(tmp_path: Path) -> None:
    store = searchkit.open(tmp_path / "index", schema=Schema({"body": Text()}))._store
    searchkit.open(tmp_path / "index", schema=Schema({"body": Text(), "note": Text()}))
    with pytest.raises(searchkit.SchemaMismatch, match="note"):
        Writer(store, Schema({"body": Text(), "other": Text()}), timeout=1)
    with searchkit.open(tmp_path / "index").writer(timeout=1):
        """The lock was let go."""


def test_a_damaged_date_is_named(index: Index, tmp_path: Path) -> None:
    index.close()
    (file,) = (tmp_path / "index").glob("*.seg")
    data = bytearray(file.read_bytes())
    nines = struct.pack("<q", int((datetime(9999, 1, 1) - datetime(1970, 1, 1)) / timedelta(microseconds=1)))
    place = data.index(nines)
    data[place + 7] ^= 0x40
    file.chmod(0o644)
    file.write_bytes(data)
    damaged = searchkit.open(tmp_path / "index")
    (hit,) = damaged.search("id:9999")
    for read in (lambda: hit.date, lambda: hit["date"], lambda: hit.fields, lambda: damaged.get("9999")):
        with pytest.raises(searchkit.CorruptIndex, match=r"seg: a date lies outside"):
            read()
    assert damaged.check()


def test_boosts_of_boosts_never_overflow(index: Index) -> None:
    node: Node = Word("fox")
    for _ in range(150):
        node = Boost(node, 1000)
    assert ids(index, node) == ["1979", "9999"]
    assert ids(index, "(" * 45 + "fox" + ")^1000" * 45) == ["1979", "9999"]


@pytest.mark.parametrize(
    ("schema", "reason"),
    [
        (Schema({"body": Text()}, timezone="Nowhere/Else"), "Nowhere/Else"),
        (Schema({"body": Text(language="klingon")}), "klingon"),
    ],
)
def test_a_schema_that_cannot_be_used_makes_no_index(tmp_path: Path, schema: Schema, reason: str) -> None:
    with pytest.raises(searchkit.SchemaError, match=reason):
        searchkit.open(tmp_path / "index", schema=schema)
    with pytest.raises(searchkit.IndexNotFound):
        searchkit.open(tmp_path / "index", mode="r")
    assert searchkit.open(tmp_path / "index").add([{"id": "1", "body": "fox"}]).added == 1
