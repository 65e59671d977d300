"""Every limit is told by its name where it is hit, and stands in the reference."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

import searchkit
from searchkit import DateFacet, Index, LimitExceeded, Limits
from searchkit.dataclasses import fields

REFERENCE = Path(__file__).parents[2] / "docs" / "query-language.md"
NAMES = [field.name for field in fields(Limits)]

TYPED: dict[str, tuple[int, str]] = {
    "query_length": (5, "oil gas"),
    "query_depth": (1, "((oil))"),
    "query_clauses": (1, "oil gas"),
    "synonym_expansions": (1, '"oil gas"'),
    "prefix_expansions": (1, "o*"),
    "fuzzy_expansions": (1, "oil~1"),
    "edit_distance": (0, "oil~1"),
    "automaton_states": (5, "/oil.*/"),
    "phrase_tokens": (1, '"oil gas"'),
    "phrase_slop": (1, "oil NEAR/2 gas"),
}
ASKED: dict[str, tuple[int, type[Exception], Callable[[Index], object]]] = {
    "page": (1, ValueError, lambda index: index.search("oil", limit=2)),
    "buckets": (1, LimitExceeded, lambda index: index.facets("oil", DateFacet(unit="day", empty=True))),
}


def limited(folder: Path, name: str, most: int) -> Index:
    synonyms = [["oil", "petrol", "crude"], ["gas", "fuel", "vapour"]]
    index = searchkit.open(folder / "index", limits=Limits(**{name: most}), synonyms=synonyms)
    index.add({"id": day, "body": "oil gas foil orb", "date": f"2019-11-0{day}"} for day in "13")
    return index


def test_each_limit_is_tried_here() -> None:
    assert sorted([*TYPED, *ASKED]) == sorted(NAMES)


@pytest.mark.parametrize("name", TYPED)
def test_a_query_beyond_a_limit_is_searched_and_a_problem_names_it(tmp_path: Path, name: str) -> None:
    most, query = TYPED[name]
    with limited(tmp_path, name, most) as index:
        problems = [problem.message for problem in index.search(query).problems]
        assert any(message.endswith(f"(limit: {name})") for message in problems), problems
        with pytest.raises(searchkit.QueryError, match=name):
            index.search(query, strict=True)
    with limited(tmp_path, name, getattr(Limits(), name)) as index:
        assert not any(name in problem.message for problem in index.search(query).problems)


@pytest.mark.parametrize("name", ASKED)
def test_a_call_beyond_a_limit_raises_and_names_it(tmp_path: Path, name: str) -> None:
    most, error, ask = ASKED[name]
    with limited(tmp_path, name, most) as index, pytest.raises(error, match=rf"\(limit: {name}\)"):
        ask(index)
    with limited(tmp_path, name, getattr(Limits(), name)) as index:
        ask(index)


def test_the_reference_has_them_all() -> None:
    rows = re.findall(r"^\| `(\w+)` \| ([\d,]+) \|", REFERENCE.read_text(encoding="utf-8"), re.MULTILINE)
    defaults = Limits()
    assert [(name, int(number.replace(",", ""))) for name, number in rows] == [
        (name, getattr(defaults, name)) for name, _ in rows
    ]
    assert sorted(name for name, _ in rows) == sorted(NAMES)
