"""Queries in plain words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from searchkit.query import And, Bag, Between, Node, Not, Or, Word, interpret
from tests.query.strategies import trees
from tests.query.support import SCHEMA, understood


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("embassy hostages crisis", "embassy, hostages, crisis"),
        ("embassy 1979", "embassy, and the word 1979 or dated in 1979"),
        ("1979 embassy", "the word 1979 or dated in 1979, embassy"),
        ("+1979 oil -film", "oil, and must have (the word 1979 or dated in 1979) without film"),
        ("-film", "every document without film"),
        ("NOT (oil OR gas)", "not (oil or gas)"),
        ("oil AND (gas OR 1979)", "oil and (gas or (the word 1979 or dated in 1979))"),
        (
            '"hostage crisis"^2 title:emb*',
            'the phrase "hostage crisis" (weight 2), and words beginning with emb in title',
        ),
        ("author:=AFP author:*", 'author exactly "AFP", and with any author'),
        ("oil NEAR/1 gas", "oil within 1 word of gas"),
        ("oil NEAR/1 (gas OR coal)", "oil within 1 word of gas or oil within 1 word of coal"),
        ("date:@0.5", "dated from 1970-01-01 00:00:00.500000 to before 1970-01-01 00:00:00.500001"),
        ("date:@5", "dated from 1970-01-01 00:00:05 to before 1970-01-01 00:00:06"),
        ('title:(oil NEAR "gas fire")', 'oil within 10 words of the phrase "gas fire" in title'),
        ('title:"oil gas"~3', 'the phrase "oil gas" with slop 3 in title'),
        ("date:1979", "dated in 1979"),
        ("date:1979-11", "dated in 1979-11"),
        ("on:1979-11-04", "dated on 1979-11-04"),
        ("date:1979..1981-03", "dated from 1979 to 1981-03"),
        ("date:2019-Q4", "dated from 2019-10 to 2019-12"),
        ("date:2019-11-03..2020", "dated from 2019-11-03 to 2020-12-31"),
        ("-date:1900", "every document not dated in 1900"),
        ("oil -source:*", "oil not with any source"),
        ("before:2019", "dated until the end of 2018"),
        ("after:2019-11-04", "dated from 2019-11-04 on"),
        ("date:7d", "dated from 2019-10-30 12:00:00 to before 2019-11-06 12:00:00"),
        ("before:2019-11-04T11:30", "dated before 2019-11-04 11:30:00"),
        ("since:@0.5", "dated from 1970-01-01 00:00:00 on"),
        ("since:@99999999999999", "dated from @99999999999999 on"),
        ("until:@99999999999999", "dated before @100000000000000"),
        ("updated:2019", "updated in 2019"),
        ("date:[* TO *]", "dated at any time"),
        ("price:5", "price 5"),
        ("price:5..6", "price from 5 to 6"),
        ("price:{5 TO 6}", "price over 5 and below 6"),
        ("price:>=5", "price at least 5"),
        ("price:<=5", "price at most 5"),
        ("price:[* TO *]", "price any number"),
        ("", "every document"),
        ("-*:*", "no document"),
    ],
)
def test_in_plain_words(text: str, words: str) -> None:
    parsed = understood(text)
    assert parsed.interpretation == words
    assert parsed.interpretation is parsed.interpretation


@pytest.mark.parametrize(
    ("tree", "words"), [(And(()), "every document"), (Or(()), "no document"), (Bag(()), "every document")]
)
def test_of_nothing(tree: Node, words: str) -> None:
    assert interpret(tree, SCHEMA) == words


def test_of_a_field_that_the_schema_lacks() -> None:
    assert interpret(Between("gone", 1.0, None), SCHEMA) == "gone at least 1"


def test_a_long_one_is_cut() -> None:
    tree: Node = Word("a")
    for _ in range(50_000):
        tree = Not(tree)
    assert len(interpret(tree, SCHEMA)) == 2_001


@settings(deadline=None, max_examples=300)
@given(trees)
def test_every_tree_has_one(tree: Node) -> None:
    assert interpret(tree, SCHEMA)


def test_a_parsed_query_shows_itself() -> None:
    assert repr(understood("oil")) == "ParsedQuery('oil', problems=[])"
