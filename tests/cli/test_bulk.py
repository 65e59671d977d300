"""`searchkit export`, `delete --where`, `query --select`."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

import searchkit
from tests.cli.conftest import Ran

Run = Callable[..., Ran]
_SEIZED = "https://wire.example.org/seized"


def test_delete_where(built: Path, run: Run) -> None:
    assert run("delete", "--where", "embassy", "--dry-run") == Ran(0, "", "searchkit: 2 would be deleted\n")
    assert run("delete", "--where", "embassy") == Ran(0, "", "searchkit: 2 deleted\n")
    assert run("delete", "--where", "embassy") == Ran(1, "", "searchkit: 0 deleted\n")
    assert run("query", "moon", "--ids").out == "news/eclipse.txt\n"


@pytest.mark.parametrize(
    ("query", "complaint"),
    [
        ("", "an empty query matches every article; write * to mean that"),
        ("-moon", "only says what must not match"),
        ('"moon', "this quote is not closed"),
        ("auhtor:x", "there is no field 'auhtor'"),
    ],
)
def test_what_may_be_misread_deletes_nothing(built: Path, run: Run, query: str, complaint: str) -> None:
    for more in ([], ["--dry-run"]):
        ran = run("delete", f"--where={query}", *more)
        assert (ran.code, ran.out, complaint in ran.err, len(ran.err.splitlines())) == (2, "", True, 1)
    assert run("info").out.count("3") > 0
    with searchkit.open("index") as index:
        assert len(index) == 3


def test_delete_takes_ids_or_a_query(built: Path, run: Run) -> None:
    for arguments in ([], ["--dry-run"], ["x", "--where", "moon"]):
        ran = run("delete", *arguments)
        assert (ran.code, "name articles by their ids, or say --where" in ran.err) == (2, True)
    ran = run("delete", "--dry-run", _SEIZED, "nope", _SEIZED)
    assert ran == Ran(0, "", "searchkit: there is no article 'nope'\nsearchkit: 1 would be deleted\n")


def test_export_and_index_again(built: Path, run: Run) -> None:
    assert run("export", "-o", "all.jsonl.gz") == Ran(0, "", "searchkit: 3 exported\n")
    assert run("index", "-i", "copy", "all.jsonl.gz").code == 0
    with searchkit.open("copy") as copy, searchkit.open("index") as index:
        assert [hit.fields for hit in copy.scan()] == [hit.fields for hit in index.scan()]
    ran = run("export", "-i", "copy")
    assert ran.out == run("export").out
    dates = [json.loads(line)["date"][:4] for line in ran.out.splitlines()]
    assert dates == ["1979", "1981", "2024"]


def test_export_of_what_is_asked_for(built: Path, run: Run) -> None:
    def ids(*arguments: str) -> list[str]:
        return [json.loads(line)["id"] for line in run("export", *arguments).out.splitlines()]

    assert ids("embassy", "-hostage") == []
    assert ids("embassy", "--since", "1980") == ["news/freed.md"]
    assert ids("--select", "source=Wire") == [_SEIZED]
    assert ids("moon", "embassy") == []
    assert len(ids("moon", "embassy", "--any")) == 3
    assert run("export", "nothing") == Ran(1, "", "searchkit: 0 exported\n")


def test_export_that_fails(built: Path, run: Run) -> None:
    for arguments, complaint in (
        (["-o", "all.csv"], "an export is JSON Lines"),
        (["-o", "nowhere/all.jsonl"], "cannot be written"),
        (['"moon'], "not closed"),
        (["--select", "nope=x"], "there is no field 'nope'"),
    ):
        ran = run("export", *arguments)
        assert (ran.code, ran.out, complaint in ran.err, len(ran.err.splitlines())) == (2, "", True, 1)


def test_query_of_what_is_selected(built: Path, run: Run) -> None:
    assert run("query", "embassy", "--select", "source=Wire", "--ids") == Ran(0, f"{_SEIZED}\n", "")
    assert run("query", "embassy", "--select", "source=Nobody", "--ids").code == 1
    assert run("query", "embassy", "--select", "nope=x").code == 2
