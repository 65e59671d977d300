"""Commands that search several indexes as one."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

import searchkit
from tests.cli.conftest import Ran

Run = Callable[..., Ran]


@pytest.fixture
def both(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The options for two indexes, in the current folder."""
    monkeypatch.chdir(tmp_path)
    for year in ("1979", "1981"):
        with searchkit.open(year) as index:
            index.add([{"id": year, "title": f"The embassy of {year}", "date": year, "source": "Wire"}])
    return ["-i", "1979", "--index", "1981"]


def test_searched_as_one(both: list[str], run: Run) -> None:
    assert run("query", *both, "embassy", "--ids") == Ran(0, "1981\n1979\n", "")
    assert run("query", "embassy", "--ids", *both[:2]).out == "1979\n"
    assert run("complete", *both, "emb").out == "embassy\n"
    assert run("suggest", *both, "embasy").out == "embassy\n"
    assert run("like", *both, "1979", "--ids").out == "1981\n"
    assert json.loads(run("facets", *both, "source", "--json").out)["total"] == 2
    assert "2 articles" in run("timeline", *both, "--unit", "year").out
    assert "The embassy of 1979" in run("show", *both, "1979").out
    assert [json.loads(line)["id"] for line in run("export", *both).out.splitlines()] == ["1979", "1981"]


def test_hits_say_where_they_are_from(both: list[str], run: Run, tmp_path: Path) -> None:
    found = json.loads(run("query", *both, "embassy", "--json").out)["hits"]
    assert [hit["index"] for hit in found] == [str(tmp_path / "1981"), str(tmp_path / "1979")]
    assert json.loads(run("query", *both[:2], "embassy", "--jsonl").out)["index"] == str(tmp_path / "1979")
    lines = run("query", *both, "embassy").out.splitlines()
    assert [line.rsplit(" · ", 1)[-1] for line in lines if " · score" in line] == ["in 1981", "in 1979"]
    assert " · in " not in run("query", *both[:2], "embassy").out
    assert " · in 1981" in run("like", *both, "1979").out


def test_each_has_to_be_there_with_the_same_schema(both: list[str], run: Run) -> None:
    assert run("query", *both, "-i", "none", "embassy").code == 3
    searchkit.open("other", schema=searchkit.Schema({"body": searchkit.Text()})).close()
    ran = run("query", *both, "-i", "other", "embassy")
    assert (ran.code, "the schema differs" in ran.err, len(ran.err.splitlines())) == (2, True, 1)


@pytest.mark.parametrize("command", [["delete", "1981"], ["index", "1979"], ["info"], ["check"]])
def test_others_take_one(both: list[str], run: Run, command: list[str]) -> None:
    ran = run(*command, *both)
    assert (ran.code, "names one index here, not several" in ran.err, len(ran.err.splitlines())) == (2, True, 1)
    assert run("query", *both, "embassy", "--ids").out == "1981\n1979\n"
