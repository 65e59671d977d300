"""ARCHITECTURE.md names every package, and nothing that does not exist."""

from __future__ import annotations

import re
import tomllib

import pytest

from tests.docs.markdown import PROJECT, links

SOURCES = PROJECT / "src" / "searchkit"
TEXT = (PROJECT / "ARCHITECTURE.md").read_text(encoding="utf-8")

# `folder/`, `folder/file.py`, `docs/page.md` in code, or docs/page.md in running text.
_PATHS = re.compile(r"(?<![\w/(.])((?:[a-z_]+/)+(?:[A-Za-z_-]+\.(?:py|md|toml|yaml))?|[a-z_]+\.py)(?![\w/)])")
_PLACES = (SOURCES, PROJECT)


def _packages() -> list[str]:
    found = (path.parent for path in SOURCES.rglob("__init__.py"))
    return sorted(path.relative_to(SOURCES).as_posix() for path in found if path != SOURCES)


def _named_paths(text: str) -> set[str]:
    prose = re.sub(r"\]\([^)]*\)", "]", text)
    return {match[1] for match in _PATHS.finditer(prose)}


@pytest.mark.parametrize("package", _packages())
def test_every_package_has_its_line(package: str) -> None:
    assert f"| [{package}](src/searchkit/{package}) |" in TEXT


def test_every_module_beside_the_packages_is_named() -> None:
    modules = {path.name for path in SOURCES.glob("*.py")} - {"__main__.py"}
    linked = {target.rpartition("/")[2] for target in links(TEXT) if target.startswith("src/searchkit/")}
    assert modules <= linked


def test_every_path_exists() -> None:
    missing = {path for path in _named_paths(TEXT) if not any((place / path).exists() for place in _PLACES)}
    assert missing == set()


def test_layers_are_those_that_are_checked() -> None:
    settings = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    contract = next(one for one in settings["tool"]["importlinter"]["contracts"] if one["type"] == "layers")
    checked = [set(re.findall(r"\w+", layer)) for layer in contract["layers"] if layer != "(__main__)"]
    drawn = TEXT.split("may import what is below:\n\n```\n")[1].split("```")[0]
    lines = [re.sub(r"\([^)]*\)", "", line) for line in drawn.splitlines()]
    assert [set(line.split()) for line in lines] == checked


def test_paths_are_found_in_text() -> None:
    assert _named_paths("a file in `cli/`, `query/lexer.py`; docs/cli.md, [x](docs/y.md) or `limits.py`") == {
        "cli/",
        "query/lexer.py",
        "docs/cli.md",
        "limits.py",
    }
