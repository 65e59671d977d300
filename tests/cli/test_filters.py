"""Projects whose fields have filters written in Python, by dotted name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Ran, write

SETTINGS = """\
sources: [news/]
index: index/
schema:
  date: date
  fields:
    title: {{type: text, short: true}}
    author: {{type: keyword, many: true}}
    date: date
    source: keyword
    url: stored
    body: {{type: text, filters: ["{name}"]}}
    tags: {{type: keyword, many: true}}
"""


@pytest.fixture
def filtered(project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The project, with a filter that takes the siege for the hostages."""
    (project / "code").mkdir()
    (project / "code" / "siege_filters.py").write_text(
        'def siege(word):\n    return "siege" if word.startswith("hostage") else word\n'
    )
    monkeypatch.syspath_prepend(str(project / "code"))
    write(project / "searchkit.yaml", SETTINGS.format(name="siege_filters.siege"))
    return project


@pytest.mark.usefixtures("filtered")
def test_commands_use_the_filters_of_the_settings(run: Callable[..., Ran]) -> None:
    assert run("index").code == 0
    assert len(run("query", "--ids", "body:siege").out.splitlines()) == 2
    (id,) = run("query", "--ids", "body:siege crisis walls").out.splitlines()
    assert run("show", id).out.startswith("# Embassy seized")
    assert run("delete", id).code == 0
    assert len(run("query", "--ids", "body:hostage").out.splitlines()) == 1


def test_elsewhere_the_index_tells_what_it_lacks(filtered: Path, run: Callable[..., Ran]) -> None:
    run("index")
    answer = run("query", "-i", "index/", "siege")
    assert (answer.code, answer.out) == (2, "")
    assert "field 'body': filters is siege_filters.siege in the index, none was given" in answer.err
    assert run("check", "-i", "index/").code == 0
    assert "siege_filters.siege" in run("info", "-i", "index/", "--json").out


def test_a_filter_that_cannot_be_imported_is_told(filtered: Path, run: Callable[..., Ran]) -> None:
    write(filtered / "searchkit.yaml", SETTINGS.format(name="siege_filters.seige"))
    answer = run("index")
    assert answer.code == 2
    assert "field 'body': filter 'siege_filters.seige': " in answer.err
    assert not (filtered / "index").exists()
