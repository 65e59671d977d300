"""A project of three articles, and ways to run commands in it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from searchkit.cli import main

_PAST = 1_500_000_000

SEIZED = """\
# Embassy seized in Tehran

Published at: **1979-11-04T16:30:00+03:30**

Author: **Leila Farahani**, **Peter Halloran**

Original: [Wire](https://wire.example.org/seized)

Students climbed the walls of the embassy. A hostage crisis began.
"""
FREED = """\
# Hostages freed

Published at: **1981-01-20**

After 444 days the hostages left. The crisis of the embassy was over.
"""
ECLIPSE = "# An eclipse\n\nPublished at: **2024-04-08**\n\nThe moon covered the sun.\n"


def write(path: Path, text: str) -> Path:
    """Write a file as it would have been written long ago; each content has a time of its own."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    moment = _PAST + sum(text.encode()) % 1_000_000
    os.utime(path, (moment, moment))
    return path


@dataclass
class Ran:
    """What came of a command."""

    code: int
    out: str
    err: str


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SEARCHKIT_INDEX", "NO_COLOR", "COLUMNS", "PYTHONUNBUFFERED"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with articles and a searchkit.yaml, which is the current one."""
    folder = tmp_path / "project"
    write(folder / "news/seized.md", SEIZED)
    write(folder / "news/freed.md", FREED)
    write(folder / "news/eclipse.txt", ECLIPSE)
    write(folder / "searchkit.yaml", "sources: [news/]\nindex: index/\n")
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Runs a command in this process."""

    def command(*arguments: str) -> Ran:
        capsys.readouterr()
        code = main(arguments)
        said = capsys.readouterr()
        return Ran(code, said.out, said.err)

    return command


@pytest.fixture
def built(project: Path, run: Callable[..., Ran]) -> Path:
    """The project with its index."""
    assert run("index").code == 0
    return project


def _be_interruptible() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.fixture
def start() -> Callable[..., subprocess.Popen[str]]:
    """Starts `python -m searchkit …`."""

    def command(*arguments: str | bytes, **options: Any) -> subprocess.Popen[str]:
        given: dict[str, Any] = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
        whole: Sequence[str | bytes] = [sys.executable, "-m", "searchkit", *arguments]
        # What was started in the background of a shell ignores interruptions, and so would what it starts.
        given["preexec_fn"] = _be_interruptible
        return subprocess.Popen(whole, text=True, encoding="utf-8", **(given | options))

    return command


@pytest.fixture
def shell(start: Callable[..., subprocess.Popen[str]]) -> Callable[..., Ran]:
    """Runs a command in a process of its own, with nothing on its standard input unless `input` is given."""

    def command(*arguments: str | bytes, input: str = "", **options: Any) -> Ran:
        with start(*arguments, **options) as process:
            out, err = process.communicate(input, timeout=60)
        return Ran(process.returncode, out, err)

    return command
