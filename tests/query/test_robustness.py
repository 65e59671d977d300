"""Nothing that is typed raises, or takes more than linear time."""

from __future__ import annotations

import random
import sys
from types import FrameType
from typing import Any

import pytest
from hypothesis import given, settings

from searchkit.errors import QueryError
from searchkit.limits import DEFAULT_LIMITS, Limits
from searchkit.query import Bag, Clause, Node, Not, ParsedQuery, parse
from searchkit.query.nodes import And, Boost, Constant, Or
from searchkit.query.parser import _parse_any
from tests.query.strategies import PIECES, queries
from tests.query.support import NOW, SCHEMA, understood

UNBOUNDED = Limits(query_length=10**9, query_depth=50, query_clauses=10**9)


def checked(text: str) -> ParsedQuery:
    """The parsed query, once what holds for any has been asserted."""
    parsed = understood(text)
    for problem in parsed.problems:
        assert 0 <= problem.start <= problem.end <= len(text)
        assert problem.message
    assert list(parsed.problems) == sorted(parsed.problems, key=lambda problem: (problem.start, problem.end))
    assert parsed.interpretation
    assert understood(str(parsed)).node == parsed.node or len(str(parsed)) > DEFAULT_LIMITS.query_length
    assert leaves(parsed.node) <= DEFAULT_LIMITS.query_clauses
    if parsed.problems:
        with pytest.raises(QueryError):
            understood(text, strict=True)
    else:
        assert understood(text, strict=True).node == parsed.node
    return parsed


def children(node: Node) -> tuple[Node, ...]:
    match node:
        case And(nodes) | Or(nodes):
            return nodes
        case Not(child) | Boost(child, _) | Constant(child, _):
            return (child,)
        case Bag(clauses):
            return tuple(clause.node for clause in clauses)
    return ()


def leaves(node: Node) -> int:
    return sum(map(leaves, children(node))) if children(node) else 1


@settings(deadline=None, max_examples=300)
@given(queries)
def test_any_text_is_a_query(text: str) -> None:
    checked(text)


@settings(deadline=None, max_examples=300)
@given(queries)
def test_the_short_way_and_the_long_one_agree(text: str) -> None:
    assert parse(text, schema=SCHEMA, now=NOW).node == _parse_any(text, SCHEMA, DEFAULT_LIMITS, NOW)[0]


def fuzz(count: int, seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(count):
        checked("".join(chance.choices(chance.sample(PIECES, 12), k=chance.randrange(40))))


def test_a_short_fuzz() -> None:
    fuzz(2_000, 1)


@pytest.mark.slow
def test_a_long_fuzz(inputs: int) -> None:
    fuzz(inputs, 2)


LONG = [
    *(
        "(",
        ")",
        "a",
        "a ",
        "1979 ",
        '"',
        "“",
        '"a',
        "“”",
        '\\"',
        '" \\"',
        "\\",
        "[",
        "date:[",
        "date:[a TO ",
        "date:4 ",
    ),
    *(
        "title:",
        "title: ",
        "title:(",
        "a:",
        "*",
        "a*",
        "?",
        "~",
        "a~",
        "^",
        "^1",
        "/",
        "/a(",
        "/a",
        "-",
        "- ",
        "+a ",
        "NOT ",
    ),
    *(
        "AND ",
        "OR ",
        "a OR ",
        "a AND NOT ",
        "|",
        "&",
        "&&",
        "..",
        "date:1..",
        "date:last ",
        ".",
        "9",
        "price:9",
        "\ud800",
        "\x00",
    ),
    *(
        " ",
        "\n",
        ":",
        "：",
        "é",
        "on:a b c ",
        "a-",
        "@",
        "NEAR/5 ",
        "a NEAR/5 ",
        "(a OR b) NEAR ",
        "date:1979 TO ",
        "title:[a ",
        "since:2019 ",
        "NEAR ",
        '"a"~9',
        "~9",
        "@-",
        "price:>",
        "{",
        "(a OR (b ",
        "anti-am* ",
    ),
]


@pytest.mark.parametrize("piece", LONG)
def test_a_hundred_thousand_of_anything(piece: str) -> None:
    for text in (piece * 100_000, "a" + piece * 5_000 + "a"):
        checked(text)


@pytest.mark.parametrize("limit", [0, 1, 3])
def test_small_limits(limit: int) -> None:
    limits = Limits(query_length=limit, query_depth=limit, query_clauses=limit)
    for text in ("", "a", "a b", "(a (b)) c", "-a*", "a OR b"):
        parsed = understood(text, limits=limits)
        assert leaves(parsed.node) <= max(limit, 1)


def steps(text: str) -> int:
    """How many lines of Python a query takes to parse."""
    count = 0

    def trace(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        _parse_any(text, SCHEMA, UNBOUNDED, NOW)
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("piece", [piece for piece in LONG if piece.strip()])
def test_steps_grow_with_the_length_and_no_faster(piece: str) -> None:
    once, fourfold = steps(piece * 250), steps(piece * 1_000)
    assert fourfold <= 4.5 * once + 500


def test_a_parsed_bag_is_a_bag_of_clauses() -> None:
    node = understood("a b").node
    assert isinstance(node, Bag)
    assert all(isinstance(clause, Clause) for clause in node.clauses)
