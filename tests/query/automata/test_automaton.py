"""Automata accept what Python's own regular expressions match, and none is too large to make."""

from __future__ import annotations

import re
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from searchkit.errors import LimitExceeded, QueryError
from searchkit.query.automata.automaton import Automaton, make_automaton
from searchkit.query.automata.expressions import read_expression
from searchkit.query.automata.wildcards import read_wildcards

LIMIT = 10_000
WORDS = ["".join(letters) for length in range(5) for letters in product("abc", repeat=length)]
single = st.sampled_from(["a", "b", "c", ".", "[ab]", "[^a]", "[a-b]", r"\w", r"\.", "(?:ab)", r"[^\d]"])
quantifiers = st.sampled_from(["*", "+", "?", "{2}", "{1,}", "{1,3}", "{0,2}", "{2,}", "{0}", "*?", "{0}*"])


def _grown(inner: SearchStrategy[str]) -> SearchStrategy[str]:
    return st.one_of(
        st.tuples(inner, inner).map("".join),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"({'|'.join(parts)})"),
        st.tuples(inner, quantifiers).map(lambda both: f"({both[0]}){both[1]}"),
    )


expressions = st.recursive(single, _grown, max_leaves=8)


def automaton_of(expression: str, limit: int = LIMIT) -> Automaton:
    return make_automaton(read_expression(expression, str.lower, 50), limit)


@settings(deadline=None, max_examples=200)
@given(expressions)
def test_an_automaton_accepts_what_an_expression_matches(expression: str) -> None:
    automaton = automaton_of(expression)
    compiled = re.compile(expression.replace("{0}*", "{0}"))
    for word in WORDS:
        assert automaton.accepts(word) == bool(compiled.fullmatch(word)), word


@settings(deadline=None)
@given(st.text("ab*?", max_size=6))
def test_wildcards(text: str) -> None:
    automaton = make_automaton(read_wildcards(text, str.lower), LIMIT)
    compiled = re.compile(text.replace("*", ".*").replace("?", ".").replace(".*.*", ".*").replace(".*.*", ".*"))
    for word in WORDS:
        assert automaton.accepts(word) == bool(compiled.fullmatch(word)), word


@pytest.mark.parametrize(
    ("expression", "accepted", "refused"),
    [
        ("^emb.*$", "embassy", "remb"),
        ("Emb[A-C]ssy", "embassy", "Embassy"),
        (r"\d+", "1979", "19a"),
        (r"a\sb", "a b", "ab"),
        (r"[\]a-]+", "a]-", "b"),
        ("[]a]", "]", "b"),
        (r"\S\D\W", "ab-", "ab1"),
        (r"[\w-]\t", "-\t", "-t"),
        ("é|北", "北", "e"),
        ("()", "", "a"),
        ("", "", "a"),
        ("a|", "", "b"),
        (r"a\/b", "a/b", "ab"),
    ],
)
def test_syntax(expression: str, accepted: str, refused: str) -> None:
    automaton = automaton_of(expression)
    assert automaton.accepts(accepted)
    assert not automaton.accepts(refused)


def test_folding_reaches_into_classes_and_may_give_several_letters() -> None:
    def fold(text: str) -> str:
        return text.lower().replace("ß", "ss").replace("é", "e").replace("\u0301", "")

    automaton = make_automaton(read_expression("Stra[É-Ê]ß\u0301e", fold, 50), LIMIT)
    assert automaton.accepts("straesse")


@pytest.mark.parametrize(
    ("expression", "start", "reason"),
    [
        ("a(b", 1, "not closed"),
        ("ab)", 2, "closes nothing"),
        ("a[b", 1, "not closed"),
        ("*a", 0, "nothing stands before"),
        ("a{x}", 1, "a count is written"),
        ("a{3,2}", 1, "ends before it begins"),
        ("[b-a]", 1, "ends before it begins"),
        (r"[a-\d]", 1, "ends before it begins"),
        ("a\\", 1, "nothing stands after"),
        ("[\\", 1, "nothing stands after"),
        (r"(a)\1", 3, "not supported"),
        (r"\bx", 0, "not supported"),
        ("(?=a)", 0, "not supported"),
    ],
)
def test_what_is_no_expression_is_told_with_its_place(expression: str, start: int, reason: str) -> None:
    with pytest.raises(QueryError) as caught:
        automaton_of(expression)
    assert caught.value.start == start
    assert reason in caught.value.reason


@pytest.mark.parametrize(
    "expression",
    [
        ".*a.{200}",
        "(a?){1000}",
        "[a-z]{5000}",
        "(.*a){100}",
        "a{9999}{9999}",
        "a{99999}",
        "a{99999,}",
        "((a{9}){99}){99}",
    ],
)
def test_automata_are_bounded(expression: str) -> None:
    with pytest.raises(LimitExceeded, match="automaton_states"):
        automaton_of(expression)


def test_many_letters_do_not_make_a_large_table() -> None:
    letters = "".join(map(chr, range(0x4E00, 0x4E00 + 900)))
    with pytest.raises(LimitExceeded, match="automaton_states"):
        automaton_of(letters)


def test_brackets_are_bounded() -> None:
    assert automaton_of("(" * 50 + "a" + ")" * 50).accepts("a")
    with pytest.raises(LimitExceeded, match="query_depth"):
        automaton_of("(" * 51 + "a" + ")" * 51)
