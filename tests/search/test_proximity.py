"""Words near each other, in a program: what the comparison with the oracle does not ask."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import searchkit
from searchkit import All, And, Index, LimitExceeded, Limits, Near, Node, Phrase, Prefix, QueryError, Word
from searchkit.kernels import COMPILED
from searchkit.query import parse
from searchkit.search.proximity import near_pairs, pair_frequency, same_before, sloppy_frequency, sloppy_matches
from tests.oracle.proximity import Pair, Sloppy, rows

BODIES = {
    "a": "The hostage crisis began",
    "b": "A crisis, and then a hostage",
    "c": "hostage. One two three four five six crisis",
    "d": "crisis crisis of the hostage; crisis",
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    made = searchkit.open(tmp_path_factory.mktemp("near") / "index")
    made.add({"id": id, "body": body} for id, body in BODIES.items())
    made.add([{"id": "e", "title": "Hostage", "body": "crisis", "author": ["Atta B. Kenare", "Élise the Elder"]}])
    return made


def found(index: Index, query: str | Node) -> str:
    return "".join(sorted(hit.id for hit in index.search(query, match="all")))


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ('"hostage crisis"', "ad"),
        ('"hostage crisis"~1', "ad"),
        ('"crisis hostage"~1', ""),
        ('"crisis hostage"~2', "ad"),
        ('"crisis hostage"~3', "abd"),
        ('"hostage crisis"~5', "abd"),
        ('"hostage crisis"~6', "abcd"),
        ('"hostage the crisis"~4', "ad"),
        ("hostage NEAR/1 crisis", "ad"),
        ("crisis NEAR/3 hostage", "ad"),
        ("hostage NEAR/4 crisis", "abd"),
        ("hostage NEAR/6 crisis", "abd"),
        ("hostage NEAR/7 crisis", "abcd"),
        ('"crisis crisis" NEAR/3 hostage', "d"),
        ('"crisis crisis" NEAR/2 hostage', ""),
        ("crisis NEAR/1 crisis", "d"),
        ("hostage NEAR/9 hostage", ""),
        ("hos* NEAR/1 cri*", "ad"),
        ("the NEAR/1 hos*", "ad"),
        ("author:ken* NEAR/2 author:att*", "e"),
        ("*ost* NEAR/1 cr?sis", "ad"),
        ("hostgae~ NEAR/7 /cri.*s/", "abcd"),
        ("nobody* NEAR/7 crisis", ""),
        ('"hostage crisis" NEAR/2 b*gan', "a"),
        ("author:k*e NEAR/2 author:/at+a/", "e"),
        ("author:k*e NEAR/1 author:/at+a/", ""),
        ("author:eldre~ NEAR/2 author:elise", "e"),
        ('hostage NEAR/9 "hostage crisis"', ""),
        ("the NEAR/1 hostage", "ad"),
        ("hostage NEAR/2 —", "abcde"),
        ("author:kenare NEAR/1 author:atta", ""),
        ("author:kenare NEAR/2 author:atta", "e"),
        ("author:kenare NEAR/9 author:elise", ""),
        ('author:"kenare atta"~4', "e"),
        ('author:"kenare atta"~2', ""),
        ('author:"b kenare atta"~9 -source:x', "e"),
        ("author:kenare NEAR/9 author:-", "e"),
    ],
)
def test_what_is_near(index: Index, query: str, ids: str) -> None:
    assert found(index, query) == ids


def test_a_word_that_begins_words_in_a_sloppy_phrase_and_on_both_sides(tmp_path: Path) -> None:
    with searchkit.open(tmp_path / "index") as index:
        index.add(
            [{"id": "1", "body": "oil 学校 gas 京都"}, {"id": "2", "body": "学校 oil"}, {"id": "3", "body": "京都"}]
        )
        assert found(index, '"oil 学"~2') == "1"
        assert found(index, '"oil 学"~3') == "12"
        assert found(index, "学 NEAR/3 京") == "1"
        assert found(index, "学 NEAR/2 京") == ""
        assert found(index, Prefix("oil-学")) == "1"


def test_what_a_program_may_not_ask(index: Index) -> None:
    oil, gas = Word("oil"), Word("gas")
    with pytest.raises(LimitExceeded, match="at most 1000 places away, not 1001"):
        index.search(Near(oil, gas, 1001))
    with pytest.raises(LimitExceeded, match="at most 1000 places away, not 70000") as caught:
        index.search(Phrase("oil gas", None, 70_000))
    assert caught.value.limit == "phrase_slop"
    for node, message in [
        (Near(oil, gas, 0), "at least 1 apart, not 0"),
        (Near(oil, gas, None), "at least 1 apart, not None"),  # type: ignore[arg-type]
        (Phrase("oil gas", None, -1), "at least 0 apart, not -1"),
        (Near(oil, Word("gas", "title")), "one field, not None and 'title'"),
        (Near(Phrase("a b", None, 2), gas), "slop cannot be near"),
        (Near(Word("oil", "titel"), Word("gas", "titel")), "there is no field 'titel'"),
    ]:
        with pytest.raises(QueryError, match=message):
            index.search(node)
    with pytest.raises(TypeError, match=r"Near\.left is a Word, a Phrase, a Prefix, a Wildcard, a Regex or a Fuzzy"):
        index.search(Near(All(), gas))  # type: ignore[arg-type]
    with pytest.raises(TypeError, match=r"Phrase\.slop is a whole number"):
        index.search(Phrase("oil gas", None, 1.5))  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="phrase_slop is from 0 to 65535"):
        Limits(phrase_slop=65_536)
    with pytest.raises(ValueError, match="phrase_tokens is from 0 to 65535"):
        Limits(phrase_tokens=65_536)


def test_snippets_show_the_stretch_and_mark_the_words(index: Index) -> None:
    for query in ('"hostage crisis"~6', "crisis NEAR/7 hostage"):
        snippet = index.search(And((index_query(index, query), Word("three"))))[0].snippet(size=60)
        assert "**hostage**. One two **three** four five six **crisis**" in snippet.markdown()
    (hit,) = index.search('"crisis crisis" NEAR/3 hostage')
    assert hit.snippet().markdown() == "**crisis crisis** of the **hostage**; crisis".replace(
        "crisis crisis", "crisis** **crisis"
    )
    (hit,) = [hit for hit in index.search("hostage NEAR/7 crisis") if hit.id == "c"]
    assert hit.snippet(size=20).markdown().startswith("**hostage**")


def index_query(index: Index, text: str) -> Node:
    return parse(text, schema=index.schema).node


def test_explained(index: Index) -> None:
    for query, what in [
        ('"crisis hostage"~3', 'phrase "crisi hostag"~3'),
        ("hostage NEAR/4 crisis", '"hostag" NEAR/4 "crisi"'),
    ]:
        for hit in index.search(query):
            explained = hit.explain()
            assert (explained.what, explained.score) == (what, hit.score)
            assert explained.details["frequencies"]["body"] == 1


def test_why_nothing_was_near(index: Index) -> None:
    why = index.search("title:hostage NEAR/2 title:crisis").why_nothing()
    assert why is not None
    assert [(one.change, one.text, one.count) for one in why.relaxations] == [
        ("title:hostage NEAR/2 title:crisis in any field", "hostage NEAR/2 crisis", 2),
    ]
    why = index.search("hostage NEAR/1 began").why_nothing()
    assert why is not None
    assert [(one.change, one.text) for one in why.relaxations] == [
        ("hostage NEAR/1 began anywhere, however far apart", "hostage began")
    ]
    why = index.search('title:"crisis began"~3^2').why_nothing()
    assert why is not None
    assert '"crisis began"~3^2' in [one.text for one in why.relaxations]


def test_what_is_near_is_completed(index: Index) -> None:
    assert [(one.text, one.count) for one in index.complete("hostage NEAR/4 cri")] == [("hostage NEAR/4 crisis", 3)]
    assert [(one.text, one.count) for one in index.complete('oil OR the NEAR/1 "hostage cri')] == [
        ('oil OR the NEAR/1 "hostage crisis"', 2)
    ]
    assert [one.text for one in index.complete("author:kenare NEAR/2 author:at")] == [
        "author:kenare NEAR/2 author:atta"
    ]
    assert [one.text for one in index.complete("began NEAR/1 ho")] == []


def test_synonyms_of_what_is_near(tmp_path: Path) -> None:
    synonyms = [["ny", "new york"], ["tv", "television"]]
    with searchkit.open(tmp_path / "index", synonyms=synonyms) as index:
        index.add(
            [{"id": "1", "body": "television in new york"}, {"id": "2", "body": "new television york ny x x x tv"}]
        )
        assert found(index, "ny NEAR/2 tv") == "12"
        assert found(index, "tv NEAR/1 ny") == ""
        assert found(index, '"tv ny"~0') == ""
        assert found(index, '"tv ny"~1') == "12"
        limits = Limits(synonym_expansions=2)
        with searchkit.open(tmp_path / "index", synonyms=synonyms, limits=limits) as small:
            results = small.search("ny NEAR/2 tv")
            assert [problem.message for problem in results.problems] == [
                "the synonyms come to more than is searched: some were left out (limit: synonym_expansions)"
            ]


def test_a_phrase_of_thousands_of_words_is_cut_and_said_to_be(tmp_path: Path) -> None:
    words = 2_000 if COMPILED else 300
    limits = Limits(query_length=10**6)
    with searchkit.open(tmp_path / "index", limits=limits) as index:
        index.add([{"id": "1", "body": "no " * words}, {"id": "2", "body": "yes " * words + "no " * 255}])
        text = " ".join(["no"] * 10 * words)
        for query in (f'"{text}"', f'"{text}"~3', f'"{text}" NEAR/3 yes', f'yes NEAR "{text}"'):
            results = index.search(query)
            assert [hit.id for hit in results] == (["1"] if "NEAR" not in query else [])
            (problem,) = results.problems
            assert (
                f"a phrase has {10 * words:,} words: the first 256 were searched (limit: phrase_tokens)"
                in problem.message
            )
            assert query[problem.start] == '"'
            with pytest.raises(QueryError, match="phrase_tokens"):
                index.search(query, strict=True)
            for hit in results:
                assert hit.snippet().highlights


def test_long_phrases_of_few_words_and_of_many(tmp_path: Path) -> None:
    """Time grows with their words, not with the square of them; and what they find is what short ones do."""
    documents = 300 if COMPILED else 30
    row = " ".join(f"w{number}" for number in range(100))
    with searchkit.open(tmp_path / "index") as index:
        index.add(
            {"id": str(n), "body": f"{'the of ' * 60} {row if n % 3 else row[::-1]} x{n}"} for n in range(documents)
        )
        assert index.count("the of " * 60) == index.count(f'"{"the of " * 60}"') == documents
        assert index.count(f'"{"the of " * 61}"') == 0
        (hit,) = index.search(f'"of the {"of the " * 20} of" x7')
        assert hit.explain().parts[0].details["frequencies"]["body"] == 39
        assert index.count(f'"{row}"') == index.count(f'"of {row}"~2') == sum(n % 3 > 0 for n in range(documents))
        assert index.count(f'"{row} x4"') == 1


def test_long_phrases_that_end_in_the_beginning_of_many_words(tmp_path: Path) -> None:
    """Memory grows with the words and the terms, not with their product."""
    many = 300
    with searchkit.open(tmp_path / "index") as index:
        index.add({"id": str(n), "body": "no " * 200 + f"x{n} no"} for n in range(many))
        assert index.count(Prefix("no-" * 200 + "x")) == many
        assert index.count(Prefix("no-" * 201 + "x")) == 0
        assert index.count(Near(Phrase("no " * 199 + "no"), Word("x7"), 1)) == 1


words = st.lists(st.sampled_from("abc"), max_size=12)
phrases = st.lists(st.sampled_from("abc"), min_size=1, max_size=4)


@given(words, phrases, st.integers(0, 5))
def test_sloppy_matches_are_those_of_the_oracle(text: list[str], phrase: list[str], slop: int) -> None:
    positions = [[at for at, word in enumerate(text) if word == sought] for sought in phrase]
    expected = Sloppy(tuple(phrase), tuple(map(frozenset, phrase)), slop).count(text)
    assert sloppy_frequency(positions, same_before(phrase), slop) == expected
    for least, places in sloppy_matches(positions, same_before(phrase), slop):
        shifts = [place - at for at, place in enumerate(places)]
        assert (min(shifts), [text[place] for place in places]) == (least, phrase)
        assert max(shifts) - least <= slop
        assert len(set(places)) == len(places)


@given(words, phrases, phrases, st.integers(1, 5))
def test_pairs_are_those_of_the_oracle(text: list[str], left: list[str], right: list[str], distance: int) -> None:
    sides = tuple(map(frozenset, left)), tuple(map(frozenset, right))
    found = rows(sides[0], text), len(left), rows(sides[1], text), len(right)
    assert pair_frequency(*found, distance) == Pair(*sides, distance).count(text)
    for (start, end), (low, high) in near_pairs(*found, distance):
        assert sorted([text[start:end], text[low:high]]) == sorted([left, right])
        assert 1 <= low - (end - 1) <= distance


def test_patterns_are_shown_and_explained(index: Index) -> None:
    (hit,) = index.search("began NEAR/9 h*age")
    assert hit.snippet().html() == "The <mark>hostage</mark> crisis <mark>began</mark>"
    assert "NEAR/9" in str(hit.explain())
    with_words, with_pattern = (index.understand(query) for query in ("began NEAR crisis", "began NEAR cris?s"))
    assert with_pattern.interpretation == "began within 10 words of words that look like cris?s"
    assert with_pattern.tree.documents == with_words.tree.documents == 1
    _, right = with_pattern.tree.parts
    assert [one.term for one in right.words[0].expansion] == ["crisi"]


def test_what_a_limit_leaves_out_of_a_side_is_told(tmp_path: Path) -> None:
    with searchkit.open(tmp_path / "index", limits=Limits(prefix_expansions=2)) as index:
        index.add([{"id": "1", "body": "oil a1 a2 a3", "author": "x a1 a2 a3"}])
        for query in ("oil NEAR /a./", "author:x NEAR author:/a./"):
            (problem,) = index.search(query).problems
            assert "prefix_expansions" in problem.message
