"""docs/cli.md shows every command's help as it is."""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from searchkit.cli import COMMANDS
from tests.cli.conftest import Ran

_PAGE = Path(__file__).resolve().parents[2] / "docs" / "cli.md"


def _shown(command: str) -> str:
    """The block of the page that begins with a command's usage."""
    text = _PAGE.read_text(encoding="utf-8")
    found = re.search(rf"^```text\n(usage: searchkit {command} .*?)^```$", text, re.MULTILINE | re.DOTALL)
    assert found, f"docs/cli.md does not show the help of {command}"
    return found[1]


@pytest.mark.parametrize("command", ["COMMAND", *COMMANDS])
def test_the_help_on_the_page_is_what_is_printed(
    command: str, run: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    printed = run(*([] if command == "COMMAND" else [command]), "--help").out
    assert _shown(command).split() == printed.split()


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_is_on_the_page(command: str) -> None:
    parser = importlib.import_module(f"searchkit.cli.{command}").parser()
    options = {option for action in parser._actions for option in action.option_strings}
    assert options
    assert [option for option in sorted(options) if not re.search(rf"{option}\b", _shown(command))] == []


def test_every_exit_code_is_on_the_page() -> None:
    text = _PAGE.read_text(encoding="utf-8")
    assert [code for code in (0, 1, 2, 3, 4, 130) if f"| {code} |" not in text] == []
