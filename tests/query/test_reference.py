"""Each line of the tables in docs/query-language.md is true."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from searchkit import QueryError
from tests.query.support import understood

REFERENCE = Path(__file__).parents[2] / "docs" / "query-language.md"
_ROW = re.compile(r"^\| `(.+?)` \| `(.+?)` \| ?(.*?) ?\|$", re.MULTILINE)


def language() -> str:
    """The page but for its limits, which are no lines of the language."""
    return REFERENCE.read_text(encoding="utf-8").split("\n## Limits")[0]


def rows() -> list[tuple[str, str, str]]:
    text = language().replace("\\|", "¦")
    return [tuple(cell.replace("¦", "|") for cell in row) for row in _ROW.findall(text)]


WRONG = [row for row in rows() if understood(row[0]).problems]


@pytest.mark.parametrize(("typed", "shown", "remark"), rows())
def test_a_line_of_the_reference(typed: str, shown: str, remark: str) -> None:
    parsed = understood(typed)
    assert str(parsed) == shown
    assert [problem.message for problem in parsed.problems] in ([], [remark])
    assert understood(shown).node == parsed.node
    if parsed.problems:
        with pytest.raises(QueryError) as caught:
            understood(typed, strict=True)
        first = parsed.problems[0]
        assert (caught.value.reason, caught.value.start, caught.value.end) == (first.message, first.start, first.end)
    else:
        assert understood(typed, strict=True).node == parsed.node


def test_every_line_was_read() -> None:
    text = language()
    assert len(rows()) == sum(line.startswith("| `") for line in text.splitlines()) > 100


def test_problems_are_listed_where_they_belong() -> None:
    section = language().split("## What is not right")[1]
    assert [row[0] for row in WRONG] == re.findall(r"^\| `(.+?)` \|", section, re.MULTILINE)
