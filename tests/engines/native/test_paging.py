"""Orders, page tokens and collapsed answers from the outside."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from json import dumps, loads
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest

import searchkit
from searchkit import Bool, Date, Index, Keyword, Number, Schema, SortKey, Stored, Text
from searchkit.errors import PageTokenError, QueryError

SCHEMA = Schema(
    {
        "name": Text(short=True),
        "text": Text(),
        "make": Keyword(),
        "extras": Keyword(many=True),
        "price": Number(),
        "sold": Bool(),
        "seen": Date(),
        "notes": Stored(),
    },
    key="number",
    date="seen",
)
CARS: list[dict[str, Any]] = [
    {"number": "1", "name": "bob", "text": "red", "make": "VW", "price": 9, "seen": "2024-01-01", "extras": ["a", "z"]},
    {"number": "2", "name": "ann", "text": "red", "make": "VW", "price": -3, "seen": "2024-01-02", "extras": ["m"]},
    {"number": "3", "text": "red red", "make": "BMW", "price": 9, "sold": True},
    {"number": "4", "name": "cat", "text": "red", "sold": False, "seen": "2024-01-02"},
]


@pytest.fixture
def index(tmp_path: Path) -> Index:
    index = searchkit.open(tmp_path / "index", schema=SCHEMA)
    index.add(CARS[:2])
    index.add(CARS[2:])
    return index


def ids(index: Index, **options: Any) -> str:
    return "".join(hit.id for hit in index.search("red", **options))


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("name", "2143"),
        ("-name", "4123"),
        ([SortKey("name", missing="first")], "3214"),
        ("-price", "1324"),
        (["price", "-number"], "2314"),
        ("make", "3214"),
        ("extras", "1243"),
        ("-extras", "1243"),
        ("sold", "4321"[:2] + "21"),
        ("-number", "4321"),
        ("date", "1243"),
        (["-date"], "4213"),
        ("seen", "1243"),
        (["-seen", "name"], "2413"),
        ("-score", "3421"),
        (("score", "number"), "1243"),
    ],
)
def test_orders(index: Index, sort: Any, order: str) -> None:
    assert ids(index, sort=sort) == order
    assert "".join(ids(index, sort=sort, limit=1, offset=place) for place in range(4)) == order


@pytest.mark.parametrize("sort", [None, "-date", "date", ["make", "-price"], "-name", "number", "-extras", "sold"])
def test_pages_go_on_after_commits(index: Index, sort: Any) -> None:
    whole = ids(index, sort=sort, limit=100)
    first = index.search("red", sort=sort, limit=2)
    assert first.next_page is not None
    assert first.next_page.isascii()
    index.delete(first[1].id)
    index.add([{"number": "9", "text": "blue", "name": "x"}])
    index.merge()
    rest = index.search("red", sort=sort, limit=10, after=first.next_page)
    assert "".join(hit.id for hit in rest) == whole[2:]
    assert rest.next_page is None
    assert rest.total == 3


def test_what_is_added_between_pages_is_met_or_not_as_its_place_is(index: Index) -> None:
    page = index.search("red", sort="number", limit=2)
    index.add([{"number": "0", "text": "red"}, {"number": "25", "text": "red"}])
    assert ids(index, sort="number", after=page.next_page) == "2534"


def test_the_closest_go_on_as_the_closest(index: Index) -> None:
    page = index.search("red zebra", limit=2)
    assert page.partial
    index.add([{"number": "8", "text": "red zebra"}])
    rest = index.search("red zebra", limit=10, after=page.next_page)
    assert rest.partial
    assert {hit.id for hit in page} | {hit.id for hit in rest} >= {"1", "2", "3", "4"}


def test_no_next_page(index: Index) -> None:
    assert index.search("red", limit=0).next_page is None
    assert index.search("zebra").next_page is None
    assert index.search("red", limit=100).next_page is None


def test_collapsed(index: Index) -> None:
    found = index.search("red", collapse="make", sort="-price")
    assert [(hit.id, hit.group_size) for hit in found] == [("1", 2), ("3", 1), ("4", 1)]  # type: ignore[attr-defined]
    assert found.total == 4
    first = index.search("red", collapse="make", sort="-price", limit=1)
    assert ids(index, collapse="make", sort="-price", after=first.next_page) == "34"
    assert ids(index, collapse="make", limit=0) == ""


@pytest.mark.parametrize("other", [{"sort": "name"}, {"match": "any"}, {"since": "2024"}, {"collapse": "make"}])
def test_a_token_of_another_query_is_refused(index: Index, other: dict[str, Any]) -> None:
    token = index.search("red", limit=1).next_page
    with pytest.raises(PageTokenError, match="another query"):
        index.search("red", after=token, **other)
    with pytest.raises(PageTokenError, match="another query"):
        index.search("blue", after=token)
    with pytest.raises(ValueError, match="not both"):
        index.search("red", after=token, offset=1)


def _changed(token: str, place: int, value: Any) -> str:
    """The token with another content, and a checksum that fits."""
    content = loads(urlsafe_b64decode(token + "=" * (-len(token) % 4))[4:])
    content[place] = value
    data = dumps(content).encode()
    return urlsafe_b64encode(crc32(data).to_bytes(4, "big") + data).decode().rstrip("=")


def test_damaged_tokens_are_refused(index: Index) -> None:
    token = index.search("red", limit=1, sort=["price", "make"]).next_page
    assert token is not None
    bad = ["", "x", "é", token[:-1], token[:9] + "AA" + token[11:], "A" * 2_000_000]
    bad += [_changed(token, 3, values) for values in ([1.0], ["x", "VW"], [1.0, 3], [True, "VW"], [1e999, "VW"], None)]
    bad += [_changed(token, 4, "x"), _changed(token, 5, 1.5), _changed(token, 5, 1 << 70), _changed(token, 2, "some")]
    bad += [
        _changed(token, 0, 1),
        _changed(token, 7, 1.5),
        _changed(token, 7, "x"),
        _changed(token, 6, [1]),
        _changed(token, 6, None),
    ]
    for one in bad:
        with pytest.raises(PageTokenError):
            index.search("red", sort=["price", "make"], after=one)
    with pytest.raises(TypeError, match="a page token is a string"):
        index.search("red", after=3)  # type: ignore[arg-type]


@pytest.mark.parametrize("options", [{"sort": "text"}, {"sort": "notes"}, {"sort": "nam"}, {"collapse": "extras"}])
def test_what_cannot_be_sorted_or_collapsed_by(index: Index, options: dict[str, Any]) -> None:
    with pytest.raises(QueryError, match=r"cannot be|no field 'nam' to sort by; did you mean 'name'"):
        index.search("red", **options)


def test_arguments_that_make_no_sense(index: Index) -> None:
    with pytest.raises(QueryError, match="no field 'maker' to collapse by; did you mean 'make'"):
        index.search("red", collapse="maker")
    for sort, message in (
        ([], "from 1 to 8 keys"),
        (["name", "-name"], "names 'name' twice"),
        ([SortKey("name", missing="gone")], "missing is"),  # type: ignore[arg-type]
    ):
        with pytest.raises(ValueError, match=message):
            index.search("red", sort=sort)
    with pytest.raises(TypeError, match="a key to sort by"):
        index.search("red", sort=[3, 4])  # type: ignore[list-item]
    with pytest.raises(ValueError, match="limit is from"):
        index.search("red", sort="name", limit=-1)


def test_a_field_that_a_segment_is_older_than(index: Index) -> None:
    index.close()
    grown = Schema({**SCHEMA.fields, "color": Keyword()}, key="number", date="seen")
    with searchkit.open(index.path, schema=grown) as again:
        again.add([{"number": "5", "text": "red", "color": "red"}])
        page = again.search("red", sort=["color", "number"], limit=1)
        assert [hit.id for hit in page] == ["5"]
        assert [hit.id for hit in again.search("red", sort=["color", "number"], after=page.next_page)] == list("1234")


def test_a_schema_without_a_primary_date(tmp_path: Path) -> None:
    with searchkit.open(tmp_path / "index", schema=Schema({"text": Text()})) as index:
        index.add([{"id": "1", "text": "red"}, {"id": "2", "text": "red"}])
        for sort, order in (("date", "12"), ("-date", "21")):
            page = index.search("red", sort=sort, limit=1)
            assert page[0].id + ids(index, sort=sort, after=page.next_page) == order
