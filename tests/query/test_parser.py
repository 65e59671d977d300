"""Query text → exact trees: operators, groups, words, the short way and the long one."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from searchkit.errors import QueryError
from searchkit.limits import DEFAULT_LIMITS, Limits
from searchkit.query import (
    All,
    And,
    Bag,
    Boost,
    Clause,
    Fuzzy,
    Has,
    Near,
    Node,
    Not,
    Nothing,
    Occur,
    Or,
    Phrase,
    Prefix,
    Regex,
    Term,
    Wildcard,
    Word,
    Year,
    parse,
)
from searchkit.query.parser import _parse_any
from searchkit.schema import Schema, Text
from tests.query.support import NOW, SCHEMA, micros, understood

A, B, C = Word("a"), Word("b"), Word("c")
YEAR = Year("1979", micros(1979, 1, 1), micros(1980, 1, 1))


def bag(*nodes: Node | Clause) -> Bag:
    return Bag(tuple(node if isinstance(node, Clause) else Clause(node) for node in nodes))


def required(node: Node) -> Clause:
    return Clause(node, Occur.REQUIRED)


def prohibited(node: Node) -> Clause:
    return Clause(node, Occur.PROHIBITED)


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("a", A),
        ("a b", bag(A, B)),
        ("  a\t b\n", bag(A, B)),
        ("a b OR c", bag(A, Or((B, C)))),
        ("a OR b c", bag(Or((A, B)), C)),
        ("a AND b c", bag(And((A, B)), C)),
        ("a AND b AND c", And((A, B, C))),
        ("a OR b AND c", Or((A, And((B, C))))),
        ("a AND b OR c", Or((And((A, B)), C))),
        ("a AND (b OR c)", And((A, Or((B, C))))),
        ("(a AND b) AND c", And((And((A, B)), C))),
        ("a AND NOT b", And((A, Not(B)))),
        ("a AND -b", And((A, Not(B)))),
        ("+a OR b", Or((A, B))),
        ("a NOT b", bag(A, prohibited(B))),
        ("NOT a", Not(A)),
        ("(NOT a) b", bag(Not(A), B)),
        ("NOT NOT a", A),
        ("NOT -a", A),
        ("NOT NOT NOT a", Not(A)),
        ("-a", bag(prohibited(A))),
        ("-a -b", bag(prohibited(A), prohibited(B))),
        ("+a", bag(required(A))),
        ("+a -b c", bag(required(A), prohibited(B), C)),
        ("+(a b)", bag(required(bag(A, B)))),
        ('-"a b"', bag(prohibited(Phrase("a b")))),
        ("−a !b", bag(prohibited(A), prohibited(B))),
        ("((a))", A),
        ('"a b” c', bag(Phrase("a b"), C)),
        ("(a (b c))", bag(A, bag(B, C))),
        ("a|b||c", Or((A, B, C))),
        ("a&&b", And((A, B))),
        ("a - b", bag(A, B)),
        ("a != b", bag(A, B)),
        ("--a", Word("--a")),
        ('"a"-b', bag(Phrase("a"), Word("-b"))),
        ("() a", A),
        ("-() a", A),
        ("NOT () a", A),
        ('a "" b', bag(A, B)),
        ("-*", Nothing()),
        ("-*:*", Nothing()),
        ("NOT *:*", Not(All())),
        ("* *", All()),
        ("a -*", bag(A, prohibited(All()))),
        ("*:* a", bag(All(), A)),
        ("", All()),
        (" \n", All()),
    ],
)
def test_operators_and_groups(text: str, node: Node) -> None:
    parsed = understood(text, strict=True)
    assert parsed.node == node
    assert parsed.problems == ()


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("1979", YEAR),
        ("1979,", YEAR),
        ("+1979", bag(required(YEAR))),
        ("-1979", bag(prohibited(Word("1979")))),
        ("NOT 1979", Not(Word("1979"))),
        ("-(1979)", bag(prohibited(YEAR))),
        ("a AND 1979", And((A, YEAR))),
        ("1979^2", Boost(YEAR, 2.0)),
        ("0999 2101 197 19790", bag(*map(Word, ("0999", "2101", "197", "19790")))),
        ('"1979"', Phrase("1979")),
        ("title:1979", Word("1979", "title")),
        ("title:(1979)", Word("1979", "title")),
        ("1979*", Prefix("1979")),
    ],
)
def test_years(text: str, node: Node) -> None:
    assert understood(text, strict=True).node == node


def test_years_are_words_without_a_primary_date() -> None:
    assert parse("1979", schema=Schema({"body": Text()})).node == Word("1979")


def test_years_begin_in_the_time_zone_of_the_schema() -> None:
    schema = Schema(SCHEMA.fields, date="date", timezone="Asia/Tokyo")
    shift = 9 * 3_600_000_000
    assert parse("1979", schema=schema).node == Year("1979", YEAR.low - shift, YEAR.high - shift)


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("emb*", Prefix("emb")),
        ("emb*.", Prefix("emb")),
        ("C++*", Word("C+")),
        ("x-*", Word("x")),
        (":emb*", Prefix("emb")),
        ("a=b*c", And((A, Wildcard("b*c")))),
        ("/iran/", Regex("iran")),
        ("/iran|iraqi/^2", Boost(Regex("iran|iraqi"), 2.0)),
        (r"/a\/b\ c\./", Regex(r"a/b c\.")),
        ("title:/emb.*y/", Regex("emb.*y", "title")),
        ("title:(/emb.*y/)", Regex("emb.*y", "title")),
        ("/.*/", Regex(".*")),
        ("**bold**", Wildcard("**bold**")),
        ("e*y?", Wildcard("e*y")),
        ("*-x?y-*-b*", And((Wildcard("x?y"), Prefix("b")))),
        ("a-b-e*y-c", And((Word("a-b"), Wildcard("e*y"), Word("c")))),
        (r"e\*y*x\?", Wildcard(r"e\*y*x\?")),
        ("C++~1", Fuzzy("C", None, 1)),
        ("a*b-c~", And((Wildcard("a*b"), Fuzzy("c")))),
        ("a~.5", Fuzzy("a", None, 0)),
        ("embassy~0.5", Fuzzy("embassy", None, 2)),
        ("~a", Word("~a")),
        ("：~3", Word("：~3")),
        ("a~b", Word("a~b")),
        ("x^", Word("x^")),
        ("x^y", Word("x^y")),
        ("x^.5", Boost(Word("x"), 0.5)),
        (r"\*a\*", Word("*a*")),
        (r"a\ b", Word("a b")),
        (r"a\b", Word(r"a\b")),
        (r"a\\b", Word(r"a\b")),
        ("a\\", Word("a\\")),
        (r'"a\"b\c"', Phrase(r'a"b\c')),
        ('"a“b”c"', Phrase("a“b”c")),
        ("std::vector", Word("std::vector")),
        ("Re: a", bag(Word("Re"), A)),
        ("title:*^2", Boost(Has("title"), 2.0)),
        ("id:*", All()),
        ('id:"a b"', Term("id", "a b")),
        ('open:"yes"', Term("open", "true")),
        ("open:0", Term("open", "false")),
        ("author:=AFP^2", Boost(Term("author", "AFP"), 2.0)),
        ('author:=""', Term("author", "")),
        ('desk:"Foreign Affairs"', Term("desk", "Foreign Affairs")),
        ("title:(a -b)", bag(Word("a", "title"), prohibited(Word("b", "title")))),
        ("title:(a body:b)", bag(Word("a", "title"), Word("b", "body"))),
        ('title:("a b" c*)', bag(Phrase("a b", "title"), Prefix("c", "title"))),
        ("/usr/bin", Word("/usr/bin")),
    ],
)
def test_words_and_fields(text: str, node: Node) -> None:
    assert understood(text, strict=True).node == node


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("/ir(an/", Nothing()),
        ("a /ir[an/^2 b", bag(A, B)),
        ("title:(/a{2,1}/)", Nothing()),
        ("a OR /x**{/", A),
        ("b*~2", Prefix("b")),
        ("b*d~", Wildcard("b*d")),
        ("a~99", Fuzzy("a", None, 2)),
        ('title:="a b"', Phrase("a b", "title")),
        ('"a b"*', Phrase("a b")),
        ("title:", Word("title")),
        ("author: AND", Word("author")),
        ("author:=", Nothing()),
        ("author:&&", Nothing()),
        ("url:*", Nothing()),
        ("url:/emb.*/", Regex("emb.*")),
        ('url:"a b"', Phrase("a b")),
        ("date:", Word("date")),
        ("date:>", Nothing()),
        ("date:[", Nothing()),
        ("price:1e999", Nothing()),
        ("price:-1e999", Nothing()),
        ("price:1.7976931348623157e308", Nothing()),
        ("a AND OR b", Or((A, B))),
        ("a NOT AND b", And((A, B))),
        ("a AND date:foo b", bag(A, B)),
        ("NOT date:foo b", B),
        ("a NOT", A),
        ("NOT OR a", A),
        ("-&&a", A),
        ("(a OR) b", bag(A, B)),
        ('"a b', Phrase("a b")),
        ("“a b", Phrase("a b")),
    ],
)
def test_what_is_not_right_is_a_problem(text: str, node: Node) -> None:
    parsed = understood(text)
    assert parsed.node == node
    assert parsed.problems
    first = parsed.problems[0]
    with pytest.raises(QueryError) as caught:
        understood(text, strict=True)
    assert (caught.value.start, caught.value.end, caught.value.reason) == (first.start, first.end, first.message)


def test_an_unknown_field_suggests_the_nearest() -> None:
    (problem,) = understood("oil auhtor:kenare").problems
    assert (problem.start, problem.end, problem.suggestion) == (4, 11, "author:")
    (problem,) = understood("zzzzzz:kenare").problems
    assert problem.suggestion is None


def test_the_primary_date_gives_its_bounds_only_where_there_is_one() -> None:
    schema = Schema({"body": Text()})
    (problem,) = parse("before:2019", schema=schema).problems
    assert "no field 'before'" in problem.message
    assert parse("by:afp", schema=schema).problems


def test_a_field_comes_before_a_bound_of_its_name() -> None:
    schema = Schema({**SCHEMA.fields, "on": Text()}, date="date")
    assert parse("on:2019", schema=schema).node == Word("2019", "on")


def test_the_limit_of_length() -> None:
    parsed = understood("abc def ghi", limits=Limits(query_length=7))
    assert parsed.node == bag(Word("abc"), Word("def"))
    (problem,) = parsed.problems
    assert (problem.start, problem.end) == (7, 11)
    assert "query_length" in problem.message


def test_the_limit_of_depth() -> None:
    parsed = understood("(a (b (c (d))))", limits=Limits(query_depth=2))
    assert parsed.node == bag(A, bag(B, C, Word("d")))
    (problem,) = parsed.problems
    assert (problem.start, problem.end) == (6, 7)
    assert "query_depth" in problem.message


@pytest.mark.parametrize("text", ["a b c d", "a b (c d", "a b c AND"])
def test_the_limit_of_clauses(text: str) -> None:
    parsed = understood(text, limits=Limits(query_clauses=2))
    assert parsed.node == bag(A, B)
    (problem,) = parsed.problems
    assert "query_clauses" in problem.message


def test_alternatives_beside_near_count_as_the_pairs_that_they_make() -> None:
    text = "(a OR b OR c) NEAR (a OR b OR c) d"
    assert understood(text, limits=Limits(query_clauses=10)).problems == ()
    for most, node in (
        (9, Or(tuple(Near(left, right) for left in (A, B, C) for right in (A, B, C)))),
        (7, bag(And((Or((A, B, C)), Or((A, B, C)))), Word("d"))),
    ):
        parsed = understood(text, limits=Limits(query_clauses=most))
        assert parsed.node == node
        (problem,) = parsed.problems
        assert "query_clauses" in problem.message


def test_a_split_prefix_counts_twice() -> None:
    assert understood("anti-am*^2", limits=Limits(query_clauses=2)).problems == ()
    assert understood("anti-am*^2", limits=Limits(query_clauses=1)).problems


def test_the_present_is_read_from_the_clock_by_default() -> None:
    node = parse("date:today", schema=SCHEMA).node
    present = datetime.now(UTC).timestamp() * 1e6
    assert abs(node.low - present) < 2 * 86_400e6  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "text",
    [
        "embassy hostages crisis",
        "embassy",
        "Ünïcödé 北京 x1 12 12345",
        "and or near TO",
        "+a +b",
        "a -b c",
        "+a",
        "-a",
        "+1979 a",
        "-1979 a",
        "a +NOT b",
        "+-a b",
        "a - b",
        "a-b c+d",
        "- a",
        "a b date:2019-11-03..2019-11-05",
        "+a -b date:2019",
        "a before:2019-11",
        "a date:2019.",
        "a date:2019..2018",
        "a date:2019x",
        "a date:2019..",
        "a date:2019-Q4",
        "a date:20191103",
        "a date:2019-13",
        "a date:2019-11-03T11:00Z",
        "a author:2019",
        "a nothing:2019",
        "date:2019",
        "1979 date:2019",
        "a Date:2019",
        "a date:2019:",
        "embas*",
        "NOT*",
        "1979*",
        "北京*",
        "a_b*",
        "a**",
        "*",
        '"hostage crisis"',
        '"to be  or, NOT 1979 +b* (x"',
        '"a\nb"',
        '" "',
        '""',
        '" a"',
        '"a"~2',
        '"a “b"',
        '"a \\" b"',
        '"a" "b"',
        '"a',
    ],
)
def test_the_short_way_agrees_with_the_long_one(text: str) -> None:
    assert parse(text, schema=SCHEMA, now=NOW).node == _parse_any(text, SCHEMA, DEFAULT_LIMITS, NOW)[0]
