"""Trees print as text that parses back to them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from searchkit.query import (
    All,
    And,
    Bag,
    Between,
    Boost,
    Clause,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Term,
    Word,
    Year,
    parse,
)
from searchkit.query.printing import to_text
from searchkit.schema import Schema
from tests.query.strategies import queries, trees
from tests.query.support import NOW, SCHEMA, mistakes, understood

BERLIN = Schema(SCHEMA.fields, date="date", timezone="Europe/Berlin")


@settings(deadline=None, max_examples=300)
@given(trees)
def test_a_tree_prints_as_text_that_parses_back_to_it(tree: Node) -> None:
    for text in (to_text(tree), to_text(tree, SCHEMA)):
        parsed = understood(text)
        assert parsed.node == tree
        assert mistakes(parsed) == []


@settings(deadline=None, max_examples=300)
@given(queries)
def test_what_was_parsed_prints_and_parses_to_the_same(text: str) -> None:
    for schema in (SCHEMA, BERLIN):
        node = parse(text, schema=schema, now=NOW).node
        for printed in (to_text(node), to_text(node, schema)):
            again = parse(printed, schema=schema, now=NOW)
            assert again.node == node
            assert mistakes(again) == []


@pytest.mark.parametrize(
    ("tree", "text"),
    [
        (Phrase("a b") & ~Word("c", "title"), '"a b" AND NOT title:c'),
        (Word("a") | Word("b") & Word("c"), "a OR b AND c"),
        ((Word("a") | Word("b")) & Word("c"), "(a OR b) AND c"),
        (~(Word("a") & Word("b")), "NOT (a AND b)"),
        (Boost(~Word("a"), 0.000001), "(NOT a)^0.000001"),
        (Boost(Boost(Word("a"), 2), 100), "(a^2)^100"),
        (And((Word("a"),)), "a"),
        (Or((And((Word("a"),)), Word("b"))), "(a) OR b"),
        (And(()), "*:*"),
        (Or(()), "-*:*"),
        (Bag(()), "*:*"),
        (Bag((Clause(Word("a")),)), "a"),
        (Not(Year("1979", 0, 1)), "NOT (1979)"),
        (Boost(All(), 2), "(*:*)^2"),
        (Word(""), '""'),
        (Word("", "title"), '""'),
        (Word("AND"), r"\AND"),
        (Word("?"), r"\?"),
        (Word("%"), r"\%"),
        (Word("date:x"), r"date\:x"),
        (Prefix("–"), r"\–*"),
        (Prefix("_a。"), r"\_a\。*"),
        (Near(Word("NEAR"), Phrase("a b"), 3), r'\NEAR NEAR/3 "a b"'),
        (~Near(Word("a", "title"), Word("1979", "title")), "NOT title:a NEAR/10 title:1979"),
        (Boost(Near(Word("a"), Word("b")), 2), "(a NEAR/10 b)^2"),
        (Boost(Phrase("a b", "title", 3), 2), 'title:"a b"~3^2'),
        (Between("price", 1, 2), "price:[1970-01-01T00:00:00.000001Z TO 1970-01-01T00:00:00.000002Z}"),
        (Between("price", 1.0, 2.5), "price:[1 TO 2.5}"),
        (Between("price", -1.7976931348623157e308, None), "price:[-1.7976931348623157e+308 TO *]"),
        (Between("price", float("-inf"), float("inf")), "price:[* TO *]"),
        (Between("date", -(10**18), None), "date:[@-1000000000000.000000 TO *}"),
    ],
)
def test_printed_without_a_schema(tree: Node, text: str) -> None:
    assert to_text(tree) == text


def test_str_of_a_tree_is_the_query_language() -> None:
    tree = Phrase("hostage crisis") & ~Term("source", "AFP") & (Word("embassy") | Word("tehran", "title"))
    assert str(tree) == '("hostage crisis" AND NOT source:="AFP") AND (embassy OR title:tehran)'
    assert understood(str(tree)).node == tree


def test_a_schema_tells_numbers_from_instants() -> None:
    assert to_text(Between("price", 1, 2), SCHEMA) == "price:[1 TO 2}"
    assert to_text(Between("date", 0, 86_400_000_000), SCHEMA) == "date:1970-01-01"
    assert to_text(Between("date", 0, 86_400_000_000), BERLIN) == "date:[1970-01-01T00:00:00Z TO 1970-01-02T00:00:00Z}"
    assert to_text(Between("date", None, None), SCHEMA) == "date:[* TO *}"


def test_a_deep_tree_prints() -> None:
    tree: Node = Word("a")
    for _ in range(50_000):
        tree = Not(tree)
    assert to_text(tree).count("NOT") == 50_000
