"""What goes wrong around commands: usage, pipes, interruptions, warnings."""

from __future__ import annotations

import io
import signal
import subprocess
import sys
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest

from searchkit.cli import COMMANDS, main
from searchkit.cli.failures import guarded, say
from searchkit.errors import UncompiledWarning
from tests.cli.conftest import Ran

Run = Callable[..., Ran]
Start = Callable[..., "subprocess.Popen[str]"]


def test_help_and_version(run: Run) -> None:
    ran = run("--help")
    assert ran.code == 0
    assert all(name in ran.out for name in COMMANDS)
    assert run("-h") == ran
    assert run("--version").out.startswith("searchkit 0.")
    alone = run()
    assert (alone.code, alone.out) == (2, ran.out)


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_a_command(run: Run, command: str) -> None:
    ran = run(command, "--help")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(f"usage: searchkit {command} ")


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["-i", "news", "query", "x"], "options stand after the command: searchkit COMMAND -i …"),
        (["quary", "x"], "there is no command 'quary'; did you mean 'query'?"),
        (["embassy 1979"], "there is no command 'embassy 1979'; to search, type: searchkit query TEXT…"),
        (["query"], "the following arguments are required: TEXT (see searchkit query --help)"),
        (["query", "x", "--jsn"], "unrecognized arguments: --jsn (see searchkit query --help)"),
        (["query", "x", "-q"], "unrecognized arguments: -q (see searchkit query --help)"),
        (["query", "x", "--limit", "many"], "argument -n/--limit: 'many' is not a whole number from 0 to 10000"),
        (["query", "x", "--limit", "-5"], "argument -n/--limit: '-5' is not a whole number from 0 to 10000"),
        (["query", "x", "--offset", "10001"], "argument --offset: '10001' is not a whole number from 0 to 10000"),
        (["query", "x", "--json", "--ids"], "argument --ids: not allowed with argument --json"),
        (["delete"], "name articles by their ids, or say --where"),
        (["delete", "x", "--timeout", "soon"], "argument --timeout: 'soon' is not a number of seconds"),
        (["delete", "x", "--timeout", "-1"], "argument --timeout: '-1' is not a number of seconds"),
        (["query", "-i", "--", "-x"], "argument -i/--index: the name of a folder is needed"),
        (["query", "x", "-i", "-film"], "argument -i/--index: the name of a folder is needed"),
        (["info", "-i", ""], "argument -i/--index: the name of a folder is needed"),
        (["show"], "the following arguments are required: ID"),
    ],
)
def test_wrong_usage_is_exit_code_2_and_one_line(run: Run, arguments: list[str], complaint: str) -> None:
    ran = run(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"searchkit: {complaint}")
    assert ran.err.count("\n") == 1


def test_a_date_that_is_none(built: Path, run: Run) -> None:
    for option in ("--since", "--until"):
        ran = run("query", "x", option, "soonish")
        assert (ran.code, ran.out) == (2, "")
        assert "'soonish' is not a date" in ran.err


@pytest.mark.parametrize(
    "command", ["query x", "facets source", "timeline", "export", "complete x", "suggest x", "like embassy.md"]
)
def test_since_after_until(built: Path, run: Run, command: str) -> None:
    ran = run(*command.split(), "--since", "1981", "--until", "1979-11")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "searchkit: --since 1981 is later than --until 1979-11: nothing is dated so\n"
    assert run("query", "embassy", "--since", "1979-11-04", "--until", "1979-11-04").code == 0


def test_a_closed_pipe_is_no_failure(built: Path, start: Start) -> None:
    for form in ((), ("--json",), ("--ids",)):
        with start("query", "embassy", *form) as process:
            assert process.stdout is not None
            assert process.stderr is not None
            process.stdout.close()
            said = process.stderr.read()
        assert (process.returncode, said) == (0, "")


def test_the_first_line_of_a_long_answer(built: Path) -> None:
    command = f"{sys.executable} -m searchkit query '*' --json | head -1"
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, timeout=60, check=True)
    assert (done.stdout, done.stderr) == ("{\n", "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no /dev/full")
def test_a_full_disk_behind_standard_output(built: Path, shell: Run) -> None:
    with open("/dev/full", "w") as full:
        ran = shell("query", "embassy", stdout=full)
    assert ran.code == 2
    assert ran.err == "searchkit: the output cannot be written: No space left on device\n"


def test_a_schema_that_cannot_be_had_names_its_file(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = tmp_path / "searchkit.yaml"
    settings.write_text("sources: [.]\nschema:\n  fields:\n    body: {type: text, language: klingon}\n")
    monkeypatch.chdir(tmp_path)
    for arguments in (["index", "-"], ["query", "x"]):
        ran = run(*arguments)
        assert ran.code == 2
        assert f"searchkit: {settings}: schema: unknown language 'klingon'" in ran.err


def test_a_closed_standard_output_is_told(built: Path) -> None:
    command = f"{sys.executable} -m searchkit query embassy >&-"
    done = subprocess.run(["sh", "-c", command], timeout=60, check=False, capture_output=True, text=True)
    assert done.stderr.endswith("searchkit: the output is closed: nothing was printed\n")


def test_closed_standard_streams(built: Path) -> None:
    command = f"{sys.executable} -m searchkit query embassy >&- 2>&-"
    assert subprocess.run(["sh", "-c", command], timeout=60, check=False).returncode == 0
    command = f"{sys.executable} -m searchkit query zebra moon --ids 2>&-"
    done = subprocess.run(["sh", "-c", command], timeout=60, check=False, capture_output=True, text=True)
    assert done.stdout == "news/eclipse.txt\n"


def test_an_interruption_is_quiet(start: Start, built: Path) -> None:
    with start("index", "-") as process:
        while "process" not in (built / "index/lock").read_text():
            pass
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (130, "", "")


def test_what_is_raised_becomes_an_exit_code(capsys: pytest.CaptureFixture[str]) -> None:
    def raising(error: BaseException) -> int:
        def run() -> int:
            raise error

        return guarded(run)

    assert raising(KeyboardInterrupt()) == 130
    assert raising(SystemExit(2)) == 2
    assert raising(SystemExit()) == 0
    assert capsys.readouterr() == ("", "")
    with pytest.raises(ZeroDivisionError):
        raising(ZeroDivisionError())


def test_the_warning_of_the_uncompiled_build_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    def run() -> int:
        warnings.warn("slow", UncompiledWarning, stacklevel=1)
        warnings.warn("other", UserWarning, stacklevel=1)
        return 0

    with warnings.catch_warnings():
        warnings.simplefilter("always")
        before = warnings.showwarning
        with warnings.catch_warnings(record=True) as others:
            assert guarded(run) == 0
        assert warnings.showwarning is before
    assert capsys.readouterr().err == "searchkit: slow\n"
    assert [str(one.message) for one in others] == ["other"]


def test_messages_hold_no_control_characters(capsys: pytest.CaptureFixture[str]) -> None:
    say("a\x1b[2J\nb\x00\udcff\u202e c")
    assert capsys.readouterr().err == "searchkit: a[2J b\ufffd c\n"


def test_messages_need_no_standard_error(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "stderr", None)
    say("lost")
    monkeypatch.undo()
    assert capsys.readouterr() == ("", "")


def test_standard_output_without_a_descriptor(monkeypatch: pytest.MonkeyPatch) -> None:
    class Closed(io.StringIO):
        def write(self, text: str) -> int:
            raise BrokenPipeError

    monkeypatch.setattr(sys, "stdout", Closed())
    assert main(["--help"]) == 0
