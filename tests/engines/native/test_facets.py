"""Facets from the outside: how they are asked for, what they give, and what is refused."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

import searchkit
from searchkit import Between, Bool, Date, DateFacet, Index, Keyword, Number, RangeFacet, Schema, Term, TermFacet, Text
from searchkit.errors import LimitExceeded, QueryError

CARS = Schema(
    {
        "name": Text(),
        "make": Keyword(),
        "extras": Keyword(many=True),
        "price": Number(),
        "sold": Bool(),
        "seen": Date(),
        "built": Date(),
    },
    date="seen",
    timezone="Europe/Berlin",
)
LISTED: list[dict[str, Any]] = [
    {"id": "1", "name": "red van", "make": "VW", "extras": ["radio", "roof"], "price": 900, "sold": True},
    {"id": "2", "name": "red car", "make": "VW", "extras": ["radio"], "price": 2000, "sold": False},
    {"id": "3", "name": "blue car", "make": "Opel", "price": 10, "built": "2001-05-05"},
    {"id": "4", "name": "blue van", "make": "BMW", "extras": "roof", "price": 2000},
    {"id": "5", "name": "blue thing", "seen": "2024-03-01"},
]
SEEN = ["2023-12-31T22:59:59Z", "2023-12-31T23:00:00Z", "2024-01-31", "2024-03-01T12:00", None]


@pytest.fixture
def index(tmp_path: Path) -> Index:
    index = searchkit.open(tmp_path / "index", schema=CARS, now=lambda: datetime(2024, 3, 2, tzinfo=UTC))
    cars = [car | ({"seen": seen} if seen else {}) for car, seen in zip(LISTED, SEEN, strict=True)]
    index.add(cars[:3])
    index.add(cars[3:])
    return index


def test_values_in_order_of_their_counts(index: Index) -> None:
    found = index.facets("red OR blue", ["make", "extras", "sold"])
    assert found["make"].counts == {"VW": 2, "BMW": 1, "Opel": 1}
    assert (found["make"].missing, found["make"].other, found["make"].distinct) == (1, 0, 3)
    assert list(found["extras"].counts.items()) == [("radio", 2), ("roof", 2)]
    assert list(found["sold"].counts.items()) == [(False, 1), (True, 1)]
    assert found["sold"].missing == 3
    assert found["sold"][1].node == Term("sold", "true")
    assert repr(found["make"]) == "<Facet 'make' {'VW': 2, 'BMW': 1, 'Opel': 1}>"
    assert [bucket.value for bucket in found["make"][1:]] == ["BMW", "Opel"]


def test_the_first_values_and_the_others(index: Index) -> None:
    facet = index.facets("*", TermFacet("make", top=1))["make"]
    assert (facet.counts, facet.other, facet.distinct) == ({"VW": 2}, 2, 3)
    facet = index.facets("*", TermFacet("make", top=2, order="value"))["make"]
    assert list(facet.counts) == ["BMW", "Opel"]
    assert list(index.facets("*", TermFacet("make", top=None, order="value"))["make"].counts) == ["BMW", "Opel", "VW"]


def test_months_of_the_index_s_time_zone(index: Index) -> None:
    facet = index.facets("*", "seen")["seen"]
    assert facet.counts == {"2023-12": 1, "2024-01": 2, "2024-03": 2}
    assert facet[0].low == datetime(2023, 11, 30, 23, tzinfo=UTC)
    assert str(facet[0].low) == "2023-12-01 00:00:00+01:00"
    assert facet[0].high == datetime(2023, 12, 31, 23, tzinfo=UTC)
    empty = index.facets("*", DateFacet(empty=True))["seen"]
    assert list(empty.counts.items()) == [("2023-12", 1), ("2024-01", 2), ("2024-02", 0), ("2024-03", 2)]
    assert empty.distinct == 3
    for bucket in facet:
        assert index.count(bucket.node) == bucket.count == index.count(f"seen:{bucket.value}")


def test_another_date_and_the_undated(index: Index) -> None:
    facet = index.facets("car", DateFacet("built", "quarter"))["built"]
    assert (facet.counts, facet.missing) == ({"2001-Q2": 1}, 1)
    assert index.facets("zebra", DateFacet(empty=True))["seen"].counts == {}


def test_intervals_of_numbers(index: Index) -> None:
    facet = index.facets("*", RangeFacet("price", [100, 2000]))["price"]
    assert facet.counts == {(None, 100): 1, (100, 2000): 1, (2000, None): 2}
    assert (facet.missing, facet.other, facet.distinct) == (1, 0, 3)
    assert (facet[1].low, facet[1].high, facet[1].node) == (100, 2000, Between("price", 100, 2000))
    overlapping = index.facets("*", RangeFacet("price", [(None, 1000), [500, 5000], (0, 1)]))["price"]
    assert overlapping.counts == {(None, 1000): 2, (500, 5000): 3, (0, 1): 0}


def test_intervals_of_dates(index: Index) -> None:
    wanted = ["2024", date(2024, 1, 31), "7d", ("2024-01", "2024-02"), (None, datetime(2024, 1, 1))]
    facet = index.facets("*", RangeFacet("seen", wanted))["seen"]
    assert list(facet.counts.values()) == [4, 1, 2, 2, 1]
    assert facet[0].value == "2024"
    assert str(facet[0].low) == "2024-01-01 00:00:00+01:00"
    assert (facet[4].low, facet[4].high) == (None, datetime(2023, 12, 31, 23, tzinfo=UTC))


def test_what_is_selected_keeps_the_counts_of_its_alternatives(index: Index) -> None:
    results = index.search("red OR blue", facets=["make", "extras"], selected={"make": "VW"})
    assert [hit.id for hit in results] == ["2", "1"]
    assert results.facets["make"].counts == {"VW": 2, "BMW": 1, "Opel": 1}
    assert [bucket.value for bucket in results.facets["make"] if bucket.selected] == ["VW"]
    assert results.facets["extras"].counts == {"radio": 2, "roof": 1}
    both = index.facets("*", ["make", "extras"], selected={"make": ["VW", "BMW"], "extras": ["roof"]})
    assert both["make"].counts == {"BMW": 1, "VW": 1}
    assert both["extras"].counts == {"radio": 2, "roof": 2}


def test_a_selected_value_is_listed_wherever_it_stands(index: Index) -> None:
    facet = index.facets("*", TermFacet("make", top=1), selected={"make": ["Opel", "Lada"]})["make"]
    assert [(bucket.value, bucket.count, bucket.selected) for bucket in facet] == [
        ("VW", 2, False),
        ("Opel", 1, True),
        ("Lada", 0, True),
    ]
    assert facet.other == 1


def test_everything_that_can_be_selected(index: Index) -> None:
    def ids(**selected: Any) -> set[str]:
        return {hit.id for hit in index.search("*", selected=selected)}

    assert ids(sold=True) == ids(sold=["true"]) == {"1"}
    assert ids(price=(500, 1000)) == {"1"}
    assert ids(price=[(0, 11), (2000, None)]) == {"2", "3", "4"}
    assert ids(seen="2024-01") == ids(seen=[date(2024, 1, 1), "2024-01-31"]) == {"2", "3"}
    assert ids(seen=("2024-02", None)) == {"4", "5"}
    month = index.facets("*", "seen")["seen"][0]
    assert ids(seen=month) == {"1"}
    assert index.facets("*", "seen", selected={"seen": month})["seen"][0].selected
    assert ids(make=[]) == ids() == {"1", "2", "3", "4", "5"}
    assert list(index.search(searchkit.Bag(()), selected={"make": "VW"})) == []


def test_facets_of_the_closest(index: Index) -> None:
    results = index.search("red zebra", facets="make")
    assert results.partial
    assert results.facets["make"].counts == {"VW": 2}
    assert index.facets("red zebra", "make")["make"].counts == {"VW": 2}
    assert index.facets("red zebra", "make", match="all")["make"].counts == {}
    assert index.search("red", limit=0, facets="make").facets["make"].counts == {"VW": 2}
    assert index.search("red").facets == {}


def test_names(index: Index) -> None:
    found = index.facets("*", {"by year": DateFacet(unit="year"), "by day": DateFacet(unit="day")})
    assert {name: len(facet) for name, facet in found.items()} == {"by year": 2, "by day": 4}
    with pytest.raises(ValueError, match="two facets are called 'seen'"):
        index.facets("*", ["seen", DateFacet(unit="year")])


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        ("maker", "no field 'maker' to count by; did you mean 'make'"),
        ("name", "'name' is a text field; values are counted of keyword and bool fields"),
        ("price", r"say which intervals, RangeFacet\('price', \[10, 100\]\)"),
        (DateFacet("make"), "'make' is a keyword field; units"),
        (RangeFacet("make", [1]), "'make' is a keyword field; intervals"),
        (RangeFacet("price", []), "ranges are a list of intervals"),
        (RangeFacet("price", [2, 1]), "must ascend"),
        (RangeFacet("price", ["cheap"]), r"an interval is \(low, high\), not 'cheap'"),
        (RangeFacet("price", [(1, "2")]), "cannot begin or end with '2'"),
        (RangeFacet("price", [(float("nan"), 2)]), "cannot begin or end with nan"),
        (RangeFacet("seen", ["someday"]), "'someday' is not a date"),
        (RangeFacet("seen", [datetime(2024, 1, 1)]), "an instant, not an interval"),
        (RangeFacet("seen", [3.5]), "an interval is"),
    ],
)
def test_what_cannot_be_counted(index: Index, wanted: Any, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        index.facets("*", wanted)


@pytest.mark.parametrize(
    ("selected", "message"),
    [
        ({"maker": "VW"}, "no field 'maker' to select by; did you mean 'make'"),
        ({"make": 3}, "3 cannot be selected"),
        ({"name": "red"}, "'red' cannot be selected"),
        ({"price": 3}, "3 cannot be selected"),
        ({"seen": "someday"}, "'someday' is not a date"),
    ],
)
def test_what_cannot_be_selected(index: Index, selected: Any, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        index.search("*", selected=selected)


_SENSELESS: list[Any] = [
    TermFacet("make", top=0),
    TermFacet("make", order="size"),  # type: ignore[arg-type]
    DateFacet(unit="eon"),  # type: ignore[arg-type]
]


@pytest.mark.parametrize("wanted", _SENSELESS)
def test_options_that_make_no_sense(index: Index, wanted: Any) -> None:
    with pytest.raises(ValueError, match=r"(top|order|unit) is"):
        index.facets("*", wanted)


def test_arguments_of_another_type(index: Index) -> None:
    with pytest.raises(TypeError, match="a facet is a field's name"):
        index.facets("*", [3])  # type: ignore[list-item]
    with pytest.raises(ValueError, match="match is"):
        index.facets("*", "make", match="some")  # type: ignore[arg-type]


def test_the_limit_of_buckets(tmp_path: Path) -> None:
    limits = searchkit.Limits(buckets=3)
    with searchkit.open(tmp_path / "index", limits=limits) as index:
        index.add([{"id": "1", "date": "2024-01-01"}, {"id": "2", "date": "2024-01-09"}])
        assert len(index.facets("*", DateFacet(unit="day"))["date"]) == 2
        with pytest.raises(LimitExceeded, match=r"longer than the day \(limit: buckets\)"):
            index.facets("*", DateFacet(unit="day", empty=True))
        index.add([{"id": str(day), "date": f"2024-02-0{day}"} for day in range(3, 5)])
        with pytest.raises(LimitExceeded, match="more than 3 units"):
            index.facets("*", DateFacet(unit="day"))
        with pytest.raises(LimitExceeded, match="more than 3 intervals"):
            index.facets("*", RangeFacet("date", ["1d", "2d", "3d", "4d"]))


def test_a_schema_without_a_primary_date(tmp_path: Path) -> None:
    index = searchkit.open(tmp_path / "index", schema=Schema({"text": Text()}))
    with pytest.raises(QueryError, match="no primary date"):
        index.facets("*", DateFacet())


def test_a_field_that_a_segment_is_older_than(index: Index) -> None:
    index.close()
    grown = Schema({**CARS.fields, "color": Keyword(), "new": Bool()}, date="seen", timezone="Europe/Berlin")
    with searchkit.open(index.path, schema=grown) as again:
        again.add([{"id": "6", "name": "red bus", "color": "red", "new": True}])
        found = again.facets("*", ["color", "new"])
        assert [(facet.counts, facet.missing) for facet in found.values()] == [({"red": 1}, 5), ({True: 1}, 5)]
