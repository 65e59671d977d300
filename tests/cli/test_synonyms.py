"""Projects with a file of synonyms."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Ran, write


@pytest.fixture
def synonyms(built: Path) -> Path:
    """The project, with synonyms."""
    write(built / "searchkit.yaml", "sources: [news/]\nindex: index/\nsynonyms: lists/synonyms.yaml\n")
    return write(built / "lists" / "synonyms.yaml", "- [moon, luna]\n- {legation: [embassy]}\n")


@pytest.mark.usefixtures("synonyms")
def test_queries_use_the_synonyms_of_the_settings(run: Callable[..., Ran]) -> None:
    assert len(run("query", "--ids", "legation").out.splitlines()) == 2
    assert "An eclipse" in run("query", "luna sun").out
    assert run("query", "-i", "index/", "luna").code == 1


def test_a_changed_file_counts_at_once(synonyms: Path, run: Callable[..., Ran]) -> None:
    assert run("query", "star").code == 1
    write(synonyms, "- [sun, star]\n")
    assert run("query", "star").code == 0


def test_a_bad_file_is_told_with_its_line(synonyms: Path, run: Callable[..., Ran]) -> None:
    write(synonyms, "- [moon, luna]\n- moon, luna\n")
    answer = run("query", "moon")
    assert (answer.code, answer.out) == (2, "")
    assert f"{synonyms}:2: 'moon, luna' is no list of synonyms" in answer.err
