"""Trees that the parser can make, and texts to annoy it."""

from __future__ import annotations

import re
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from searchkit.query import (
    All,
    And,
    Bag,
    Between,
    Boost,
    Clause,
    Constant,
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
)
from searchkit.query.words import is_wordy
from tests.query.support import understood

EXPRESSIONS = ["emb.*y", "a/b", r"\d{4}", "[^a-c]+|x y", "()", "É", r"\\"]
TEXTS = ["body", "title", "author"]
PIECES = [
    *(
        "embassy",
        "1979",
        "AND",
        "OR",
        "NOT",
        "NEAR/5",
        "NEAR",
        "a NEAR/2 b",
        "(a OR b)",
        " TO ",
        " - ",
        '"a b"~3',
        "TO",
        "(",
        ")",
        '"',
        "“",
        "”",
        "«",
        "[",
        "]",
        "{",
        "}",
        "+",
        "-",
    ),
    *(
        "title:",
        "date:",
        "by:",
        "price:",
        "open:",
        "desk:",
        "id:",
        "url:",
        "nope:",
        "before:",
        "on:",
        "updated:",
        "：",
        ":",
    ),
    *(
        "*",
        "?",
        "~",
        "~3",
        "^2",
        "^9999",
        "/",
        "\\",
        "|",
        "&&",
        "&",
        "!",
        "=",
        ">",
        "<=",
        "..",
        "–",
        ".",
        ",",
        "@",
        "'",
    ),
    *(
        "2019-11-03",
        "7d",
        "last",
        "week",
        "Nov",
        "4",
        "99",
        "1e999",
        " ",
        "  ",
        "\n",
        "\u3000",
        "\x00",
        "\ud800",
        "ß",
        "北京",
    ),
    *("embasy~", "emb*y", "em?a", "~1", "~0.8", "/em.*/", "/[a-c]+/", "/(", "/a{2}/", "{3,2}", "author:k*n~"),
    *("true", "*:*", "emb*", "a", "b", "T", "Z", "١٩٧٩", "−", "\u0301"),
]

words = st.one_of(
    st.text(min_size=1, max_size=8),
    st.text(st.sampled_from("ab1AN*?~^:+-!&|()[]{}\"'\\/.,;=<> _“”：−北é"), min_size=1, max_size=8),
    st.sampled_from(
        ["AND", "OR", "NOT", "NEAR/3", "NEAR", "1979", "2100", "title:x", "http://x.y", "C++", "who's", "a b", "*"]
    ),
)
phrases = words.filter(is_wordy)
# What has a letter: without one a word with marks is punctuation.
wordy = st.tuples(words, st.sampled_from(["a", "é", "7"])).map("".join)


@st.composite
def _wildcards(draw: st.DrawFn) -> str:
    r"""Pieces between wildcards, never such as read as a prefix or as punctuation at the end."""
    pieces = [re.sub(r"[*?\\]", r"\\\g<0>", piece) for piece in draw(st.lists(wordy, min_size=2, max_size=3))]
    return draw(st.sampled_from(["", "*", "?"])) + draw(st.sampled_from(["*", "?", "**"])).join(pieces)


wildcards = _wildcards()
micros = st.one_of(
    st.integers(-62_135_596_800_000_000, 253_402_300_799_999_999), st.integers(-(10**24), 10**24), st.just(None)
)
numbers = st.floats(-1.7e308, 1.7e308) | st.just(None)
factors = st.floats(0, 1000)
years = st.integers(1000, 2100).map(lambda year: understood(str(year)).node)


def _pairs(field: str | None) -> SearchStrategy[Node]:
    of_words = [st.builds(kind, words, st.just(field)) for kind in (Word, Prefix)]
    sides: SearchStrategy[Any] = st.one_of(
        *of_words,
        st.builds(Phrase, phrases, st.just(field)),
        st.builds(Wildcard, wildcards, st.just(field)),
        st.builds(Regex, st.sampled_from(EXPRESSIONS), st.just(field)),
        st.builds(Fuzzy, wordy, st.just(field), st.sampled_from([None, 0, 1, 2])),
    )
    return st.builds(Near, sides, sides, st.sampled_from([1, 5, 1000]))


leaves: SearchStrategy[Node] = st.one_of(
    st.builds(Word, words, st.sampled_from([None, *TEXTS])),
    st.builds(Phrase, phrases, st.sampled_from([None, *TEXTS]), st.sampled_from([0, 0, 1, 1000])),
    st.sampled_from([None, *TEXTS]).flatmap(_pairs),
    st.builds(Prefix, words, st.sampled_from([None, *TEXTS])),
    st.builds(Wildcard, wildcards, st.sampled_from([None, *TEXTS])),
    st.builds(
        Regex,
        st.sampled_from(EXPRESSIONS),
        st.sampled_from([None, *TEXTS]),
    ),
    st.builds(Fuzzy, wordy, st.sampled_from([None, *TEXTS]), st.sampled_from([None, 0, 1, 2])),
    st.builds(Term, st.sampled_from(["author", "source", "desk", "id"]), st.text(max_size=8)),
    st.builds(Term, st.just("open"), st.sampled_from(["true", "false"])),
    st.builds(Between, st.sampled_from(["date", "updated"]), micros, micros),
    st.builds(Between, st.just("price"), numbers, numbers),
    st.builds(Has, st.sampled_from(["title", "author", "date", "price", "open"])),
    years,
    st.just(All()),
)


def _forward(node: Node) -> bool:
    """Not an interval that ends before it begins: the parser would swap its ends."""
    ends = (node.low, node.high) if isinstance(node, Between) else (None, None)
    return ends[0] is None or ends[1] is None or ends[0] < ends[1]


def _bagged(clauses: list[Clause]) -> Node:
    """A bag as the parser makes it: of one default clause there is none, and without everything there is nothing."""
    if len(clauses) == 1 and clauses[0].occur is Occur.DEFAULT:
        return clauses[0].node
    if clauses == [Clause(All(), Occur.PROHIBITED)]:
        return Nothing()
    return Bag(tuple(clauses))


def _parents(children: SearchStrategy[Node]) -> SearchStrategy[Node]:
    several = st.lists(children, min_size=2, max_size=4).map(tuple)
    clauses = st.lists(st.builds(Clause, children, st.sampled_from(Occur)), min_size=1, max_size=4)
    return st.one_of(
        several.map(And),
        several.map(Or),
        children.map(Not),
        clauses.map(_bagged),
        st.builds(Boost, children, factors),
        st.builds(Constant, children, factors),
    )


trees = st.recursive(leaves.filter(_forward) | st.just(Nothing()), _parents, max_leaves=12)
queries = st.one_of(st.text(), st.text(st.characters()), st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
