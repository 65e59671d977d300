"""`searchkit index`."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import searchkit
from tests.cli.conftest import ECLIPSE, FREED, Ran, write

Run = Callable[..., Ran]
Start = Callable[..., "subprocess.Popen[str]"]


def test_the_sources_of_the_settings_are_indexed(project: Path, run: Run) -> None:
    ran = run("index")
    assert (ran.code, ran.out) == (0, "")
    assert ran.err == "searchkit: 3 added, 0 replaced, 0 removed, files: 3 read, 0 unchanged\n"
    with searchkit.open("index", mode="r") as index:
        assert len(index) == 3


def test_only_what_changed_is_read_again(built: Path, run: Run) -> None:
    assert run("index").err == "searchkit: 0 added, 0 replaced, 0 removed, files: 0 read, 3 unchanged\n"
    write(built / "news/freed.md", FREED.replace("444", "four hundred"))
    write(built / "news/new.md", "# New\n\nNews.\n")
    (built / "news/eclipse.txt").unlink()
    ran = run("index")
    assert ran.err == "searchkit: 1 added, 1 replaced, 1 removed, files: 2 read, 1 unchanged, 1 gone\n"
    assert run("query", "eclipse").code == 1
    assert run("query", '"four hundred"').code == 0


def test_rebuild_reads_everything(built: Path, run: Run) -> None:
    assert run("index", "--rebuild").err == "searchkit: 0 added, 3 replaced, 0 removed, files: 3 read, 0 unchanged\n"


def test_paths_are_added_and_others_left_alone(built: Path, run: Run, tmp_path: Path) -> None:
    write(tmp_path / "elsewhere/one.md", "# One\n\nwalrus\n")
    assert run("index", str(tmp_path / "elsewhere")).code == 0
    assert run("query", "--ids", "walrus").out == f"{tmp_path}/elsewhere/one.md\n"
    (built / "news/eclipse.txt").unlink()
    assert "0 removed" in run("index", str(tmp_path / "elsewhere/*.md")).err
    assert "1 removed" in run("index").err
    assert run("query", "walrus").code == 0


def test_standard_input(built: Path, shell: Run) -> None:
    ran = shell("index", "-", input='{"id": "a", "title": "walrus"}\n{"id": "b"\n')
    assert ran.code == 0
    assert "searchkit: rejected: -:2: " in ran.err
    assert "1 added" in ran.err
    assert shell("query", "--ids", "walrus").out == "a\n"


def test_rejected_articles_are_named_and_the_others_go_in(project: Path, run: Run) -> None:
    write(project / "news/list.jsonl", '{"id": "a", "title": "walrus"}\nnot json\n{"id": "c", "date": "soon"}\n')
    write(project / "news/latin.txt", "x")
    (project / "news/latin.txt").write_bytes(b"caf\xe9")
    ran = run("index", "--json")
    assert ran.code == 0
    report = json.loads(ran.out)
    assert (report["version"], report["added"], len(report["rejected"])) == (1, 4, 3)
    assert [(Path(one["source"]).name, one["line"]) for one in report["rejected"]] == [
        ("latin.txt", 1),
        ("list.jsonl", 2),
        ("list.jsonl", 3),
    ]
    assert report["rejected"][2]["id"] == "c"
    assert report["rejected"][2]["field"] == "date"
    told = ran.err.splitlines()
    assert told[0].startswith("searchkit: rejected: news/latin.txt:1: not UTF-8")
    assert told[1].startswith("searchkit: rejected: news/list.jsonl:2: ")
    assert "3 rejected" in told[-1]


def test_rejections_of_unchanged_files_are_not_forgotten(project: Path, run: Run) -> None:
    write(project / "news/list.jsonl", '{"id": "a", "title": "walrus"}\nnot json\n')
    run("index")
    ran = run("index")
    assert "with 1 articles rejected before" in ran.err


def test_rejections_outside_of_the_current_folder(built: Path, run: Run, tmp_path: Path) -> None:
    write(tmp_path / "bad.jsonl", "nothing\n")
    assert f"rejected: {tmp_path}/bad.jsonl:1: " in run("index", str(tmp_path / "bad.jsonl")).err


def test_where_all_is_rejected_the_exit_code_is_1(built: Path, run: Run) -> None:
    write(built / "bad.jsonl", "nothing\n")
    assert run("index", "bad.jsonl").code == 1


def test_a_declared_encoding_and_exclusion(built: Path, run: Run) -> None:
    (built / "more").mkdir()
    (built / "more/latin.txt").write_bytes("Café\n\nwalrus".encode("latin-1"))
    write(built / "more/draft.md", "# Draft\n")
    assert run("index", "more", "--encoding", "latin-1", "--exclude", "draft*").code == 0
    assert "Café" in run("query", "walrus").out
    assert run("query", "draft").code == 1


def test_the_schema_and_the_time_zone_of_the_settings_hold(project: Path, run: Run) -> None:
    write(project / "searchkit.yaml", "sources: news/\ntimezone: Asia/Tehran\n")
    run("index")
    with searchkit.open("index", mode="r") as index:
        assert index.schema.timezone == "Asia/Tehran"
    assert "1981-01-20 · score" in run("query", "freed").out


def test_another_schema_says_what_differs(built: Path, run: Run) -> None:
    write(built / "searchkit.yaml", "sources: news/\nschema: {fields: {title: text}}\n")
    ran = run("index")
    assert ran.code == 2
    assert "schema differs" in ran.err


def test_nothing_to_index(project: Path, run: Run) -> None:
    (project / "searchkit.yaml").unlink()
    ran = run("index", "-i", "index")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("searchkit: nothing to index: ")


def test_a_path_that_does_not_exist(built: Path, run: Run) -> None:
    ran = run("index", "no-such.md")
    assert (ran.code, ran.err) == (2, "searchkit: no-such.md: does not exist\n")


def test_an_interrupted_run_leaves_the_last_commit(built: Path, start: Start, run: Run) -> None:
    with start("index", "-") as process:
        assert process.stdin is not None
        process.stdin.write('{"id": "a", "title": "walrus"}\n')
        process.stdin.flush()
        _wait_for_lock(built / "index/lock")
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (130, "", "")
    assert run("query", "walrus").code == 1
    assert run("check").code == 0
    names = {path.suffix for path in (built / "index").iterdir()}
    assert names <= {"", ".seg", ".att"}
    assert "0 added" in run("index").err


def test_another_writer_is_named(built: Path, start: Start, run: Run) -> None:
    with start("index", "-") as process:
        _wait_for_lock(built / "index/lock")
        write(built / "news/new.md", "# New\n")
        waiting = [run("delete", "x", "--timeout", "0"), run("index", "--timeout", "0.1")]
        searching = run("query", "moon")
        process.communicate("# Walrus\n", timeout=60)
    assert process.returncode == 0
    for ran in waiting:
        assert ran.code == 4
        assert f"locked by process {process.pid}" in ran.err
        assert ran.err.count("\n") == 1
    assert searching.code == 0
    assert run("index").code == 0


def _wait_for_lock(path: Path) -> None:
    deadline = time.monotonic() + 30
    while "process" not in path.read_text():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_unreadable_settings(project: Path, run: Run) -> None:
    write(project / "searchkit.yaml", "sources: news/\nindx: x\n")
    for command in (["index"], ["query", "x"], ["info"]):
        ran = run(*command)
        assert ran.code == 2
        assert "searchkit.yaml:2: unknown key 'indx'" in ran.err


def test_a_full_disk_is_one_line(built: Path, run: Run, monkeypatch: object) -> None:
    os.chmod(built / "index", 0o755)
    write(built / "index2/notes.txt", ECLIPSE)
    ran = run("index", "-i", "index2")
    assert ran.code == 3
    assert "holds 'notes.txt', not an index" in ran.err
