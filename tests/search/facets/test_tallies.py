"""Memory for counts is used again, and is empty when it is."""

from __future__ import annotations

from pathlib import Path

import pytest

import searchkit
from searchkit import Index, Keyword, Schema, Text
from searchkit.query.nodes import Word
from searchkit.search.facets.tallies import SegmentTally
from searchkit.search.plan import Plan
from searchkit.search.planner import make_plan


@pytest.fixture
def index(tmp_path: Path) -> Index:
    index = searchkit.open(tmp_path / "index", schema=Schema({"text": Text(), "make": Keyword()}))
    index.add([{"id": str(id), "text": f"car {id % 3}", "make": "VW" if id % 2 else "Opel"} for id in range(60)])
    return index


def plan_of(index: Index, word: str) -> Plan:
    return make_plan(index._snapshot(), Word(word), index.limits, any_of_bag=True, scored=False)


def test_memory_is_used_again(index: Index) -> None:
    (part,) = index._snapshot().parts
    for word, count in [("0", 10), ("car", 30), ("zebra", 0), ("1", 10)]:
        tally = SegmentTally(part, "make")
        assert tally.add_plan(plan_of(index, word)) == 2 * count
        assert tally.all() == ([("Opel", count), ("VW", count)] if count else [])
        assert tally.of("VW") == count
        assert tally.of("Lada") == tally.missing == 0
        tally.give_back()
        assert len(part.tallies["make"]) == 1


def test_two_at_once_have_memory_of_their_own(index: Index) -> None:
    (part,) = index._snapshot().parts
    first, second = SegmentTally(part, "make"), SegmentTally(part, "make")
    first.add_plan(plan_of(index, "car"))
    second.add_plan(plan_of(index, "2"))
    assert (first.top(1), second.top(5)) == ([("Opel", 30)], [("Opel", 10), ("VW", 10)])
    first.give_back()
    second.give_back()
    assert len(part.tallies["make"]) == 2
