"""`searchkit show`, `delete`, `info`, `check`."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

import searchkit
from tests.cli.conftest import ECLIPSE, SEIZED, Ran

Run = Callable[..., Ran]
_SEIZED = "https://wire.example.org/seized"


def _segment(project: Path) -> Path:
    return next((project / "index").glob("*.seg"))


def test_show_prints_the_article_as_it_can_be_read_again(built: Path, run: Run) -> None:
    ran = run("show", _SEIZED)
    assert ran == Ran(0, SEIZED.replace("16:30:00+03:30", "13:00:00+00:00"), "")
    (built / "again.md").write_text(ran.out, encoding="utf-8")
    run("index", "-i", "copy", "again.md")
    with searchkit.open("copy") as copy, searchkit.open("index") as index:
        assert copy.get(_SEIZED) == index.get(_SEIZED)


def test_show_as_json(built: Path, run: Run) -> None:
    shown = json.loads(run("show", "news/eclipse.txt", "--json").out)
    fields = {"title": "An eclipse", "date": "2024-04-08T00:00:00+00:00", "body": "The moon covered the sun."}
    assert shown == {"version": 1, "id": "news/eclipse.txt", "fields": fields}


def test_show_prints_every_field(built: Path, run: Run) -> None:
    with searchkit.open("index") as index:
        index.add([{"id": "x", "url": "http://x.example", "tags": ["a", "b"], "body": "one\r\n\ttwo\x1b[2J"}])
        index.add([{"id": "y", "source": "Wire", "title": "Why"}])
    assert run("show", "x").out == "# \n\nOriginal: http://x.example\n\nTags: **a**, **b**\n\none\n\ttwo[2J\n"
    assert run("show", "y").out == "# Why\n\nOriginal: Wire\n"


def test_show_of_an_own_schema(tmp_path: Path, run: Run) -> None:
    schema = searchkit.Schema({"name": searchkit.Text(), "note": searchkit.Text(), "price": searchkit.Number()})
    with searchkit.open(tmp_path / "index", schema=schema) as index:
        index.add([{"id": "x", "name": "Milk", "note": "cold", "price": 2}])
    ran = run("show", "x", "-i", str(tmp_path / "index"))
    assert ran.out == "# \n\nPrice: **2.0**\n\n## Name\n\nMilk\n\n## Note\n\ncold\n"


def test_show_of_no_article(built: Path, run: Run) -> None:
    assert run("show", "nope") == Ran(1, "", "searchkit: there is no article 'nope'\n")


def test_delete(built: Path, run: Run) -> None:
    ran = run("delete", "news/eclipse.txt", "nope", "news/eclipse.txt")
    assert ran == Ran(0, "", "searchkit: there is no article 'nope'\nsearchkit: 1 deleted\n")
    assert run("query", "moon").code == 1
    assert run("delete", "nope").code == 1


def test_delete_creates_no_index(project: Path, run: Run) -> None:
    assert run("delete", "x", "-i", "nowhere").code == 3
    assert not (project / "nowhere").exists()


def test_info(built: Path, run: Run) -> None:
    ran = run("info")
    assert (ran.code, ran.err) == (0, "")
    facts = dict(line.split(":", 1) for line in ran.out.splitlines() if not line.startswith(" "))
    assert facts["documents"].strip() == "3"
    assert facts["path"].strip() == str(built / "index")
    assert facts["build"].strip() in ("compiled", "uncompiled")
    assert "documents 3, live 3" in ran.out


def test_info_as_json(built: Path, run: Run) -> None:
    told = json.loads(run("info", "--json").out)
    assert told["version"] == 1
    assert told["info"]["documents"] == 3


def test_check_of_a_whole_index(built: Path, run: Run) -> None:
    assert run("check") == Ran(0, f"{built}/index: all is well\n", "")
    assert json.loads(run("check", "--json").out) == {"version": 1, "ok": True, "findings": []}


def test_check_names_the_damaged_file(built: Path, run: Run) -> None:
    segment = _segment(built)
    data = bytearray(segment.read_bytes())
    data[len(data) // 2] ^= 1
    segment.write_bytes(data)
    ran = run("check")
    assert ran.code == 3
    assert str(segment) in ran.out
    told = json.loads(run("check", "--json").out)
    assert not told["ok"]
    assert str(segment) in [one["path"] for one in told["findings"]]


@pytest.mark.parametrize("command", [["check"], ["query", "moon"], ["info"], ["show", "x"], ["delete", "x"]])
def test_a_truncated_segment(built: Path, run: Run, command: list[str]) -> None:
    segment = _segment(built)
    segment.write_bytes(segment.read_bytes()[:100])
    ran = run(*command)
    assert ran.code == 3
    assert segment.name in (ran.out if command == ["check"] else ran.err)
    assert (ran.out + ran.err).count("\n") == 1


@pytest.mark.parametrize("command", [["check"], ["query", "moon"], ["info"], ["index"], ["delete", "x"]])
def test_a_damaged_manifest(built: Path, run: Run, command: list[str]) -> None:
    manifest = max((built / "index").glob("manifest-*"))
    manifest.write_bytes(b"garbage")
    (built / "news/eclipse.txt").write_text(ECLIPSE + "more")
    ran = run(*command)
    assert ran.code == 3
    assert manifest.name in ran.out + ran.err


@pytest.mark.parametrize("command", [["check"], ["query", "moon"], ["info"], ["show", "x"], ["delete", "x"]])
def test_what_is_no_index(project: Path, run: Run, command: list[str]) -> None:
    for path in ("news", "searchkit.yaml", "nowhere"):
        ran = run(*command, "-i", path)
        assert (ran.code, ran.out) == (3, "")
        assert ran.err.startswith("searchkit: ")
        assert ran.err.count("\n") == 1


def test_no_index_is_named(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    ran = run("info")
    assert ran.code == 3
    assert ran.err.startswith("searchkit: no index: name its folder with -i or $SEARCHKIT_INDEX")
