"""Colours, widths and progress: on a terminal, and nowhere else."""

from __future__ import annotations

import io
import os
import pty
import re
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from searchkit.cli import terminal
from searchkit.cli.progress import Progress
from tests.cli.conftest import Ran, write

Run = Callable[..., Ran]
_ESCAPE = re.compile("\x1b\\[[0-9;]*m")


class Screen(io.StringIO):
    """A terminal of no size."""

    def isatty(self) -> bool:
        return True


def _on_a_terminal(*arguments: str, columns: int = 60) -> str:
    """What a command writes to a terminal of that width, standard error included."""
    ours, theirs = pty.openpty()
    os.set_blocking(ours, True)
    seen: list[bytes] = []

    def read() -> None:
        try:
            while piece := os.read(ours, 65_536):
                seen.append(piece)
        except OSError:  # the other side is closed
            pass

    reader = threading.Thread(target=read)
    reader.start()
    command = [sys.executable, "-c", _IN_WINDOW, str(columns), *arguments]
    # The environment is given, for readline, which pytest loads, sets COLUMNS behind Python's back.
    environment = dict(os.environ)
    subprocess.run(command, env=environment, stdin=theirs, stdout=theirs, stderr=theirs, timeout=60, check=False)
    os.close(theirs)
    reader.join(60)
    os.close(ours)
    return b"".join(seen).decode().replace("\r\n", "\n")


_IN_WINDOW = """
import fcntl, struct, sys, termios
fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", 24, int(sys.argv[1]), 0, 0))
from searchkit.cli import main
sys.exit(main(sys.argv[2:]))
"""


def test_a_terminal_gets_colours_and_lines_of_its_width(built: Path) -> None:
    seen = _on_a_terminal("query", '"hostage crisis"')
    assert "\x1b[1;36mEmbassy seized in Tehran\x1b[0m" in seen
    assert "\x1b[1mhostage\n    crisis\x1b[0m" in seen
    lines = _ESCAPE.sub("", seen).splitlines()
    assert "    Students climbed the walls of the embassy. A hostage" in lines
    assert "    crisis began." in lines
    assert max(map(len, lines)) <= 60


def test_long_titles_are_wrapped_too(built: Path) -> None:
    write(built / "long.md", f"# {'walrus ' * 12}\n\ntext\n")
    seen = _on_a_terminal("index", "long.md") + _on_a_terminal("query", "walrus")
    assert f" 1. \x1b[0m\x1b[1;36m{'walrus ' * 7}walrus\x1b[0m\n\x1b[1;36m    walrus walrus" in seen


def test_colours_can_be_refused(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "\x1b" not in _on_a_terminal("query", "embassy", "--no-color")
    monkeypatch.setenv("NO_COLOR", "")
    assert "\x1b" in _on_a_terminal("query", "embassy")
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in _on_a_terminal("query", "embassy")
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("TERM", "dumb")
    assert "\x1b" not in _on_a_terminal("query", "embassy")


def test_json_has_no_colours_even_on_a_terminal(built: Path) -> None:
    for form in ("--json", "--jsonl", "--ids"):
        assert "\x1b" not in _on_a_terminal("query", "embassy", form)


def test_a_pipe_gets_neither_colours_nor_progress(project: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Progress, "delay", 0.0)
    assert "\x1b" not in run("index").err
    assert "\x1b" not in run("query", "embassy").out


def test_long_work_shows_progress_on_a_terminal(project: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Screen()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setattr(Progress, "delay", 0.0)
    monkeypatch.setattr(Progress, "pause", 0.0)
    write(project / "news/many.jsonl", "".join(f'{{"id": {n}, "title": "walrus"}}\n' for n in range(200)))
    assert run("index").code == 0
    drawn = screen.getvalue().split("\r\x1b[K")
    assert drawn[0] == ""
    assert re.fullmatch(r"0 articles, 0 of 4 files, [\d,]+ articles/s", drawn[1])
    assert any(re.fullmatch(r"128 articles, 2 of 4 files, .*", line) for line in drawn)
    assert drawn[-1].startswith("searchkit: 203 added")


def test_short_work_shows_none(project: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Screen()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setattr(Progress, "delay", 1e6)
    run("index")
    assert "\x1b" not in screen.getvalue()


def test_widths(monkeypatch: pytest.MonkeyPatch) -> None:
    assert terminal.width_of(Screen()) == 80
    for columns, width in (("100", 100), ("7", 40), ("999", 120), ("0", 80), ("wide", 80)):
        monkeypatch.setenv("COLUMNS", columns)
        assert terminal.width_of(Screen()) == width


def test_a_closed_stream_is_no_terminal() -> None:
    closed = Screen()
    assert terminal.is_terminal(closed)
    file = open(os.devnull)  # noqa: SIM115
    file.close()
    assert not terminal.is_terminal(file)
    assert not terminal.is_terminal(None)


def test_wrapping_counts_columns() -> None:
    assert terminal.wrapped("one two three", 9, "  ") == ["  one two", "  three"]
    assert terminal.wrapped("\x1b[1mone\x1b[0m two three", 7, "") == ["\x1b[1mone\x1b[0m two", "three"]
    assert terminal.wrapped("", 9, "  ") == []
    assert terminal.wrapped("日本語の文章です", 10, "  ") == ["  日本語の", "  文章です"]
    assert terminal.wrapped("e\u0301e\u0301 e\u0301e\u0301", 5, "") == ["e\u0301e\u0301 e\u0301e\u0301"]
    assert terminal.wrapped("a" * 7, 5, "") == ["aaaaa", "aa"]


def test_texts_are_made_harmless() -> None:
    assert terminal.one_line(" a\tb\r\nc\x1b[31m\x85d\u2066 ") == "a b c[31m d"
    assert terminal.several_lines("a\tb\r\nc\rd\x1b\x00\x9be\u2028f") == "a\tb\nc\nde\nf"
    assert terminal.one_line("\udcff") == "\ufffd"
