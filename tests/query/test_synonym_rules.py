"""Synonyms as people list them."""

from __future__ import annotations

import re
from typing import Any

import pytest

from searchkit.query.synonym_rules import SynonymRule, synonym_rules


def test_a_list_holds_in_every_direction() -> None:
    assert list(synonym_rules(["ny", " new york ", "big apple"])) == [
        SynonymRule("ny", ("new york", "big apple")),
        SynonymRule("new york", ("ny", "big apple")),
        SynonymRule("big apple", ("ny", "new york")),
    ]


def test_a_mapping_holds_one_way() -> None:
    assert list(synonym_rules({"tv": ["television", "telly"], "car": "automobile"})) == [
        SynonymRule("tv", ("television", "telly")),
        SynonymRule("car", ("automobile",)),
    ]


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        ("ny, new york", "'ny, new york' is no list of synonyms, as"),
        (3, "3 is no list"),
        (["ny"], "at least two"),
        ([], "at least two"),
        (["ny", ""], "a synonym is a text, not ''"),
        ([False, "norway"], "a synonym is a text, not False; YAML reads it so: put it in quotes"),
        ({"tv": []}, "nothing is listed for 'tv'"),
        ({1984: "orwell"}, "a synonym is a text, not 1984; YAML"),
        ({"tv": {"a": "b"}}, "a synonym is a text, not {'a': 'b'}"),
    ],
)
def test_what_is_neither_is_told(entry: Any, reason: str) -> None:
    with pytest.raises(ValueError, match=re.escape(reason)):
        list(synonym_rules(entry))
