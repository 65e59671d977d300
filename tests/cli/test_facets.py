"""`searchkit facets` and `searchkit timeline`."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

import searchkit
from searchkit import Bool, Date, Keyword, Number, Schema, Text
from tests.cli.conftest import Ran

Run = Callable[..., Ran]
PLAIN = {"PYTHONIOENCODING": "latin-1", "COLUMNS": "40"}


def test_values_are_listed_with_their_counts(built: Path, run: Run) -> None:
    ran = run("facets", "author", "source", "embassy")
    assert ran == Ran(
        0,
        "author\n  Leila Farahani  1\n  Peter Halloran  1\n  (none)          1\n\n"
        "source\n  Wire    1\n  (none)  1\n\n2 articles: embassy\n",
        "",
    )
    assert run("facets", "author", "-n", "1", "embassy").out.splitlines()[2] == "  (1 others)      1"


def test_without_a_query_all_articles_count(built: Path, run: Run) -> None:
    ran = run("facets", "date:year")
    assert ran.out.startswith("date:year\n  1979  1\n  1981  1\n  2024  1\n")
    assert run("facets", "date", "--since", "1980", "--until", "1981").out.startswith("date\n  1981-01  1\n")
    assert run("facets", "source", "zebra").code == 1


def test_a_word_that_is_no_field_begins_the_query(built: Path, run: Run) -> None:
    ran = run("facets", "source", "author:halloran", "-moon")
    assert (ran.code, ran.out.splitlines()[:2]) == (0, ["source", "  Wire  1"])
    ran = run("facets", "embassy", "source")
    assert (ran.code, ran.out) == (2, "")
    assert "'embassy' is no field to count by; name one of author, date, source, tags" in ran.err


def test_notes_go_to_standard_error(built: Path, run: Run) -> None:
    ran = run("facets", "source", "embassy", "zebra")
    assert ran.err == "searchkit: no article has all of it; showing the closest\n"
    assert run("facets", "source", "students", "zebra", "--any").err == ""


@pytest.fixture
def cars(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    schema = Schema({"name": Text(), "price": Number(), "sold": Bool(), "make": Keyword(), "seen": Date()})
    with searchkit.open(tmp_path / "cars", schema=schema) as index:
        index.add([{"id": "1", "name": "van", "price": 9, "sold": True, "make": "VW", "seen": "2024-01-01"}])
        index.add([{"id": "2", "name": "car", "price": 20, "sold": False, "make": "BMW", "seen": "2024-02-29"}])
    monkeypatch.setenv("SEARCHKIT_INDEX", str(tmp_path / "cars"))


@pytest.mark.usefixtures("cars")
def test_numbers_and_truth_values(run: Run) -> None:
    assert run("facets", "price:10,15", "sold").out.splitlines()[:7] == [
        "price:10,15",
        "  below 10                  1",
        "  at least 10 and below 15  0",
        "  at least 15               1",
        "",
        "sold",
        "  false  1",
    ]
    assert "is no field to count by" in run("facets", "price:cheap").err


@pytest.mark.usefixtures("cars")
def test_selections(run: Run) -> None:
    ran = json.loads(run("facets", "make", "price:10", "--select", "make=VW", "--json").out)
    assert ran["total"] == 1
    assert {one["value"]: (one["count"], one["selected"]) for one in ran["facets"]["make"]["buckets"]} == {
        "BMW": (1, False),
        "VW": (1, True),
    }
    assert [one["count"] for one in ran["facets"]["price:10"]["buckets"]] == [1, 0]
    for selected, total in (("sold=true", 1), ("price=10..", 1), ("price=..30", 2), ("seen=2024-02", 1)):
        assert json.loads(run("facets", "make", "--select", selected, "--json").out)["total"] == total, selected
    twice = run("facets", "make", "--select", "make=VW", "--select", "make=BMW", "--json").out
    assert json.loads(twice)["total"] == 2
    assert run("facets", "make", "--select", "make").code == 2
    assert "an interval is (low, high)" in run("facets", "make", "--select", "price=cheap").err


def test_json_of_facets(built: Path, run: Run) -> None:
    shown = json.loads(run("facets", "date:month", "source", "embassy", "--json").out)
    assert shown["version"] == 1
    assert (shown["query"], shown["total"], shown["partial"], shown["problems"]) == ("embassy", 2, False, [])
    assert shown["facets"]["source"] == {
        "field": "source",
        "buckets": [{"value": "Wire", "count": 1, "selected": False}],
        "other": 0,
        "missing": 1,
        "distinct": 1,
    }
    assert shown["facets"]["date:month"]["buckets"][0] == {
        "value": "1979-11",
        "count": 1,
        "selected": False,
        "low": "1979-11-01T00:00:00+00:00",
        "high": "1979-12-01T00:00:00+00:00",
    }


def test_a_bar_a_unit(built: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    with searchkit.open("index") as index:
        index.add([{"id": f"x{number}", "date": "1981-02-03", "title": "embassy"} for number in range(3)])
        index.add([{"id": "y", "title": "embassy"}])
    ran = run("timeline", "embassy", "--since", "1980")
    assert ran == Ran(0, f"1981-01  1  {'█' * 9 + '▎'}\n1981-02  3  {'█' * 28}\n4 articles: embassy\n", "")
    years = run("timeline", "embassy", "--unit", "year").out.splitlines()
    assert [line[:8] for line in years[:3]] == ["1979  1 ", "1980  0", "1981  4 "]
    assert years[-1] == "6 articles (1 without a date): embassy"
    assert all(len(line) <= 40 for line in years)


def test_bars_where_the_terminal_has_no_blocks(built: Path, shell: Run) -> None:
    ran = shell("timeline", "--unit", "year", "moon", env={**os.environ, **PLAIN})
    assert ran.out.startswith("2024  1  " + "#" * 28)


def test_json_of_a_timeline(built: Path, run: Run) -> None:
    shown = json.loads(run("timeline", "--unit", "year", "--json").out)
    assert (shown["field"], shown["unit"], shown["missing"], shown["total"]) == ("date", "year", 0, 3)
    assert [one["count"] for one in shown["buckets"]] == [1, 0, 1] + [0] * 42 + [1]


def test_a_timeline_of_nothing_and_of_no_date(built: Path, run: Run) -> None:
    assert run("timeline", "zebra") == Ran(1, "0 articles: zebra\n", "")
    assert run("timeline", "--field", "author").code == 2
    assert run("timeline", "--unit", "eon").code == 2
