"""The examples in the documents run as they stand.

In README.md and docs/: the blocks marked `python` of a file run in order and share their names; the blocks marked
`console` that begin with `$ python -m searchkit` run in a shell, and what they show must be in the output, where `…`
stands for anything. Each file has its own copy of the project's articles and settings: examples may build an index.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.markdown import PROJECT, Block, blocks, files

_COPIED = ("seeds", "searchkit.yaml")
_COMMAND = "$ python -m searchkit"
_FILES = [file for file in files() if file.parent == PROJECT or file.is_relative_to(PROJECT / "docs")]


def _with(language: str, beginning: str = "") -> list[Path]:
    return [file for file in _FILES if any(_asked(file, language, beginning))]


def _asked(file: Path, language: str, beginning: str = "") -> list[Block]:
    found = blocks(file.read_text(encoding="utf-8"), language)
    return [block for block in found if block.code.startswith(beginning)]


def _name(file: Path) -> str:
    return file.relative_to(PROJECT).as_posix()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with the project's articles and settings, and an empty index folder."""
    for name in _COPIED:
        if (PROJECT / name).is_dir():
            shutil.copytree(PROJECT / name, tmp_path / name)
        elif (PROJECT / name).is_file():
            shutil.copy(PROJECT / name, tmp_path / name)
    (tmp_path / "index").mkdir()
    return tmp_path


@pytest.mark.parametrize("file", _with("python"), ids=_name)
def test_python_blocks_run(file: Path, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project)
    names: dict[str, object] = {"__name__": "__example__"}
    for block in _asked(file, "python"):
        # Blank lines first, so that a traceback names the line of the document.
        exec(compile("\n" * (block.line - 1) + block.code, _name(file), "exec", dont_inherit=True), names)


@pytest.mark.parametrize("file", _with("console", _COMMAND), ids=_name)
def test_console_blocks_show_what_happens(file: Path, project: Path) -> None:
    for block in _asked(file, "console", _COMMAND):
        for command, shown in _steps(block.code):
            output = _run(command, project)
            missing = [line for line in shown if not _shows(output, line)]
            assert missing == [], f"{_name(file)}: {command}\n{output}"


def _steps(code: str) -> list[tuple[str, list[str]]]:
    """The commands of a block, each with the lines that are shown below it."""
    steps: list[tuple[str, list[str]]] = []
    for line in code.splitlines():
        if line.startswith("$ "):
            steps.append((line[2:], []))
        elif line.strip():
            steps[-1][1].append(line)
    return steps


def _run(command: str, folder: Path) -> str:
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])
    environment = {name: value for name, value in os.environ.items() if name != "SEARCHKIT_INDEX"}
    environment |= {"PATH": path, "PYTHONWARNINGS": "ignore", "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        ["sh", "-c", command],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, f"{command}: exit code {done.returncode}\n{done.stdout}"
    return done.stdout


def _shows(output: str, line: str) -> bool:
    """Whether a line of the output is `line`, spaces at its ends aside."""
    pattern = ".*".join(re.escape(part.strip()) for part in line.split("…"))
    return any(re.fullmatch(pattern, printed.strip()) for printed in output.splitlines())


def test_shown_lines_are_compared_with_wildcards() -> None:
    assert _steps("$ a b\none\n\ntwo\n$ c\n") == [("a b", ["one", "two"]), ("c", [])]
    assert _shows("  3 hits in 1.2 ms\n", "3 hits in … ms")
    assert not _shows("3 hits in 1.2 ms\n", "4 hits in … ms")
