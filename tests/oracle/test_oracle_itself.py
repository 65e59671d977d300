"""The naive engine against answers worked out by hand."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import UTC, datetime
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings

from searchkit.query.nodes import (
    All,
    And,
    Bag,
    Between,
    Boost,
    Clause,
    Has,
    Node,
    Not,
    Nothing,
    Occur,
    Or,
    Phrase,
    Prefix,
    Term,
    Word,
    Year,
)
from searchkit.schema import ARTICLE
from tests.oracle import bulk, scoring
from tests.oracle.documents import microseconds
from tests.oracle.engine import NaiveIndex
from tests.oracle.strategies import SCHEMAS, YEARS, Question, Step, cases
from tests.oracle.systems import Naive

NEVER = Word("zebra")


def made(*documents: dict[str, Any]) -> NaiveIndex:
    """An index of articles; those without an id are called a, b, c …"""
    index = NaiveIndex(ARTICLE)
    index.add([{"id": "abcdefghij"[place], **document} for place, document in enumerate(documents)])
    return index


def bodies(*texts: str) -> NaiveIndex:
    return made(*({"body": text} for text in texts))


def found(index: NaiveIndex, node: Node, **options: Any) -> list[str]:
    return [id for id, _ in index.search(node, **options).hits]


def units(index: NaiveIndex, node: Node, **options: Any) -> dict[str, float]:
    """The scores in units of 2**-20."""
    return {id: score * 2**20 for id, score in index.search(node, **options).hits}


def bag(*nodes: Node, required: tuple[Node, ...] = (), prohibited: tuple[Node, ...] = ()) -> Bag:
    clauses = [Clause(node) for node in nodes]
    clauses += [Clause(node, Occur.REQUIRED) for node in required]
    return Bag(tuple(clauses + [Clause(node, Occur.PROHIBITED) for node in prohibited]))


@pytest.mark.parametrize(
    ("length", "quantised"),
    # 40 * 2**(1/16) = 41.77…, 40 * 2**(2/16) = 43.62…, 40 * 2**(15/16) = 76.6…; an octave further: 80, 83.5…
    [
        (0, 0),
        (1, 1),
        (40, 40),
        (41, 40),
        (42, 42),
        (43, 42),
        (44, 44),
        (77, 77),
        (79, 77),
        (80, 80),
        (83, 80),
        (84, 84),
    ],
)
def test_lengths_above_forty_share_a_code(length: int, quantised: int) -> None:
    assert scoring.quantised(length) == quantised


def test_longest_code() -> None:
    # Code 255: 215 sixteenths of an octave above 40: 40 * 2**13 * 2**(7/16) = 327680 * 1.35425554… = 443762.4…
    assert scoring.LENGTHS[255] == 443_763
    assert scoring.length_code(10**9) == 255
    assert sorted(set(scoring.LENGTHS)) == scoring.LENGTHS


def test_score_of_a_word() -> None:
    index = bodies("embassy crisis", "embassy embassy oil")
    # N = 2, df = 2: idf = ln(1 + 0.5/2.5) = ln 1.2 = 0.18232155…; q = int(2**20 * idf) = 191178
    # avgdl = 2.5; K(a) = 1.4 * (0.4 + 0.6 * 2/2.5) = 1.232; K(b) = 1.4 * (0.4 + 0.6 * 3/2.5) = 1.568
    # a: 191178 * 1/2.232 = 85653.2… → 85654; b: 191178 * 2/3.568 = 107162.5… → 107163
    assert units(index, Word("Embassies")) == {"b": 107163, "a": 85654}


def test_stop_words_have_no_length() -> None:
    # As above, but for words that count nowhere: the lengths are 2 and 3 all the same.
    index = made({"title": "The", "body": "embassy of crisis"}, {"body": "an embassy is this embassy, whose oil"})
    assert units(index, Word("embassy")) == {"b": 107163, "a": 85654}


def test_zones_weigh() -> None:
    index = made({"title": "oil", "body": "oil crisis"}, {"body": "crisis crisis oil"}, {"body": "talks of peace"})
    # N = 3, df = 2: idf = ln(1 + 1.5/2.5) = ln 1.6 = 0.47000362…; q = 492834; lengths 3, 3 and 2 (of is a stop word)
    # K(a) = K(b) = 1.4 * (0.4 + 0.6 * 3/(8/3)) = 1.505
    # a: tf = 3*1 + 1 = 4: 492834 * 4/5.505 = 358099.1… → 358100; b: 492834 * 1/2.505 = 196740.1… → 196741
    assert units(index, Word("oil")) == {"a": 358100, "b": 196741}
    # title only: tf = 3 in a, and the idf of the whole article: 492834 * 3/4.505 = 328191.3… → 328192
    assert units(index, Word("oil", "title")) == {"a": 328192}
    # body only: tf = 1 in both
    assert units(index, Word("oil", "body")) == {"b": 196741, "a": 196741}


def test_phrase_counts_by_zone_and_sums_idf_of_its_words() -> None:
    index = made({"title": "hostage", "body": "crisis of hostage crisis"}, {"body": "crisis hostage talks of peace"})
    # N = 2; hostag and crisi: df = 2: idf = ln 1.2 each; sum = 0.36464311…; q = 382356; lengths 4: K = 1.4
    # a: once in the body (title and body do not join): 382356 * 1/2.4 = 159315, less what g is rounded by; b: never
    assert units(index, Phrase("hostage crisis")) == {"a": 159315}
    assert found(index, Phrase("hostage of crisis")) == []
    assert found(index, Phrase("hostage crisis", "title")) == []


def test_overlapping_occurrences_of_a_phrase_count() -> None:
    index = bodies("to to to be", "oil oil oil oil")
    # N = 2, df(to) = 1: idf = ln(1 + 1.5/1.5) = ln 2, twice: 1.38629436…; q = 1453634
    # Nothing but stop words has the least length, 1; avgdl = 2: K = 1.4 * (0.4 + 0.6 * 1/2) = 0.98
    # "to to" stands there twice: 1453634 * 2/2.98 = 975593.2… → 975594
    assert units(index, Phrase("to to")) == {"a": 975594}


def test_a_word_of_several_tokens_is_a_phrase() -> None:
    index = bodies("anti-American talks", "anti talks american")
    assert found(index, Word("anti-american")) == ["a"]
    assert index.search(Word("anti-american")) == index.search(Phrase("anti american"))


def test_prefix_scores_alike_and_matches_by_term() -> None:
    index = made({"body": "embassies embassies"}, {"title": "the embassy"}, {"body": "emblem"}, {"body": "oil"})
    # "embassies" and "embassy" are one term, and "embassi" is the beginning of the first
    assert units(index, Prefix("Embassi")) == {"b": 2**20, "a": 2**20}
    assert units(index, Boost(Prefix("emb"), 0.5)) == {"c": 2**19, "b": 2**19, "a": 2**19}
    assert found(index, Prefix("embassi", "title")) == ["b"]
    assert found(index, Prefix("embassz")) == []


def test_a_phrase_may_end_in_a_prefix() -> None:
    index = bodies("anti-American", "anti-aircraft", "anti oil american")
    assert found(index, Prefix("anti-amer")) == ["a"]
    # idf of "anti" only: N = 3, df = 3: ln(1 + 0.5/3.5) = 0.13353139…; q = 140017; lengths 2, 2, 3: avgdl = 7/3
    # K(a) = 1.4 * (0.4 + 0.6 * 6/7) = 1.28: 140017 / 2.28 = 61410.9… → 61411
    assert units(index, Prefix("anti-amer")) == {"a": 61411}


def test_year_is_the_word_or_the_date() -> None:
    in_1979, in_1980 = datetime(1979, 11, 4, tzinfo=UTC), datetime(1980, 1, 1, tzinfo=UTC)
    index = made({"body": "crisis", "date": in_1979}, {"body": "1979", "date": in_1980}, {"body": "oil"})
    # The date: N = 3, one in the interval: idf = ln(1 + 2.5/1.5) = 0.98082925…; q = 1028474, all of which counts.
    # The word: df = 1, the same q; tf = 1, K = 1.4: g = 1/2.4: 1028474 / 2.4 = 428530.8… → 428531.
    assert units(index, Year("1979", *YEARS["1979"])) == {"a": 1028474, "b": 428531}
    both = made({"body": "1979", "date": in_1979}, {"body": "oil"}, {"body": "gas"})
    assert units(both, Year("1979", *YEARS["1979"])) == {"a": 1028474 + 428531}


def test_statistics_are_of_live_documents() -> None:
    index = bodies("embassy crisis", "embassy embassy oil", "embassy " * 90)
    index.delete("c")
    index.delete("nobody")
    assert len(index) == 2
    assert units(index, Word("embassy")) == {"b": 107163, "a": 85654}
    index.add([{"id": "b", "body": "oil"}])
    # N = 2, df = 1, q = int(2**20 * ln 2) = 726817; avgdl = 1.5; K(a) = 1.4 * (0.4 + 0.6 * 2/1.5) = 1.68
    # 726817 / 2.68 = 271200.3… → 271201
    assert units(index, Word("embassy")) == {"a": 271201}


def test_filters_score_nothing() -> None:
    index = made({"body": "oil", "source": "Yahoo", "author": ["AFP", "Atta Kenare"]}, {"title": "oil"}, {})
    for node, ids in [
        (Term("source", "Yahoo"), ["a"]),
        (Term("source", "yahoo"), []),
        (Term("id", "b"), ["b"]),
        (Term("author", "AFP"), ["a"]),
        (Word("yahoo", "source"), ["a"]),
        (Word("kenare", "author"), ["a"]),
        (Phrase("atta kenare", "author"), ["a"]),
        (Phrase("afp atta", "author"), []),
        (Prefix("ken", "author"), ["a"]),
        (Has("source"), ["a"]),
        (Has("title"), ["b"]),
        (Not(Word("oil")), ["c"]),
        (All(), ["c", "b", "a"]),
        (Nothing(), []),
    ]:
        assert index.search(node).hits == [(id, 0.0) for id in ids], node


def test_between_includes_its_low_end_only() -> None:
    days = [datetime(1969, 12, day, tzinfo=UTC) for day in (1, 2, 3)]
    index = made(*({"date": day} for day in days), {})
    first, second, third = map(microseconds, days)
    assert found(index, Between("date", first, third)) == ["b", "a"]
    assert found(index, Between("date", second, None)) == ["c", "b"]
    assert found(index, Between("date", None, second)) == ["a"]
    assert found(index, Between("date", None, None)) == ["c", "b", "a"]
    assert found(index, All(), since=second) == ["c", "b"]
    assert found(index, All(), until=second) == ["a"]


def test_a_node_scores_where_it_matches() -> None:
    index = bodies("oil crisis", "oil talks", "talks crisis")
    crisis, oil, talks = (units(index, Word(text)) for text in ("crisis", "oil", "talks"))
    assert units(index, And((Word("oil"), Word("crisis")))) == {"a": oil["a"] + crisis["a"]}
    assert units(index, Or((Word("oil"), Word("talks")))) == {
        "b": oil["b"] + talks["b"], "c": talks["c"], "a": oil["a"]
    }  # fmt: skip
    either = Or((And((Word("oil"), Word("crisis"))), Word("talks")))
    assert units(index, either)["b"] == talks["b"]
    assert units(index, And((Word("oil"), Not(Word("crisis"))))) == {"b": oil["b"]}
    assert units(index, Or((Word("oil"), Word("oil"))))["a"] == 2 * oil["a"]


def test_boosts_multiply() -> None:
    index = bodies("embassy crisis", "embassy embassy oil")
    # q = int(2**20 * 6 * ln 1.2) = 1147068; b: 1147068 * 2/3.568 = 642975.3… → 642976
    assert units(index, Boost(And((Boost(Word("embassy"), 2.0),)), 3.0))["b"] == 642976
    assert units(index, Boost(Word("embassy"), 0.0)) == {"b": 1, "a": 1}


def test_large_boosts_lower_the_shift() -> None:
    index = bodies("embassy crisis", "embassy embassy oil")
    # 10 * 2**20 * 1000 * ln 1.2 = 1.9e9 fits; 12 * 2**20 * 1000 * ln 1.2 = 2.29e9 does not: shift 19
    one = Boost(Word("embassy"), 1000.0)
    assert (
        index.search(Or((one,) * 10)).hits[0][1]
        == 10 * (int(2**20 * 1000 * math.log(1.2)) * 2 / 3.568 // 1 + 1) / 2**20
    )
    assert (
        index.search(Or((one,) * 12)).hits[0][1]
        == 12 * (int(2**19 * 1000 * math.log(1.2)) * 2 / 3.568 // 1 + 1) / 2**19
    )


def test_bag_falls_back_to_any() -> None:
    index = bodies("oil crisis", "oil talks", "film")
    assert index.search(bag(Word("oil"), Word("crisis"))).total == 1
    assert index.search(bag(Word("oil"), Word("crisis")))[1:] == (1, False)
    assert index.search(bag(Word("crisis"), Word("talks")))[1:] == (2, True)
    assert index.search(bag(Word("crisis"), Word("talks")), match="all")[1:] == (0, False)
    assert index.search(bag(Word("oil"), Word("crisis")), match="any")[1:] == (2, False)
    assert index.search(bag(NEVER, NEVER))[1:] == (0, False)


def test_bag_of_required_and_prohibited() -> None:
    index = bodies("oil crisis", "oil talks", "film")
    oil, crisis, talks = Word("oil"), Word("crisis"), Word("talks")
    assert found(index, bag(crisis, required=(oil,))) == ["a"]
    assert found(index, bag(crisis, required=(oil,)), match="any") == ["a", "b"]
    assert found(index, bag(oil, prohibited=(talks,))) == ["a"]
    assert found(index, bag(prohibited=(oil,))) == ["c"]
    assert found(index, bag(prohibited=(oil,)), match="any") == ["c"]


def test_stop_words_go_where_other_words_are() -> None:
    index = bodies("embassy", "the embassy of", "to be or not to be")
    the, embassy = Word("the"), Word("embassy")
    assert index.search(bag(the, embassy)) == index.search(embassy)
    assert found(index, bag(the, Word("of"))) == ["b"]
    assert found(index, bag(embassy, required=(the,))) == ["b"]
    assert found(index, bag(embassy, Word("the", "body"))) == ["b"]
    assert found(index, And((the, embassy))) == ["b"]
    assert found(index, Phrase("to be or not to be")) == ["c"]
    assert found(index, bag(the, required=(embassy,))) == ["b"]


@pytest.mark.parametrize("empty", [Word("—"), Phrase("… !"), Prefix("?"), Not(Word("—")), And(()), Or(()), Bag(())])
def test_what_has_no_words_is_left_out(empty: Node) -> None:
    index = bodies("oil crisis", "oil talks")
    oil = index.search(Word("oil"))
    assert index.search(empty).total == 0
    assert index.search(And((empty, Word("oil")))) == oil
    assert index.search(Or((empty, Word("oil")))) == oil
    assert index.search(bag(Boost(empty, 2.0), Word("oil"))) == oil


def test_order_of_ties() -> None:
    old, new = datetime(1951, 1, 1, tzinfo=UTC), datetime(2024, 1, 1, tzinfo=UTC)
    index = made({"date": old}, {"date": new}, {}, {"date": old}, {"date": new}, {})
    assert found(index, All()) == ["e", "b", "d", "a", "f", "c"]
    assert found(index, All(), sort="-date") == ["e", "b", "d", "a", "f", "c"]
    assert found(index, All(), sort="date") == ["a", "d", "b", "e", "c", "f"]
    index.add([{"id": "a", "date": old}])
    assert found(index, All()) == ["e", "b", "a", "d", "f", "c"]
    assert found(index, All(), offset=1, limit=2) == ["b", "a"]


@given(cases("rich"))
@settings(max_examples=20, deadline=None)
def test_a_page_is_a_slice_of_all_hits(case: tuple[list[Step], list[Question]]) -> None:
    steps, questions = case
    lived = Naive(SCHEMAS["rich"])
    for step in steps:
        lived.run(step)
    for question in questions:
        everything = replace(question, limit=100, offset=0)
        answer, page = lived.ask(everything), lived.ask(question)
        assert len(answer.hits) == answer.total == page.total
        assert page.hits == answer.hits[question.offset : question.offset + question.limit]


def test_bulk_documents_overflow_what_they_should() -> None:
    """More vectors of zone frequencies than a codebook of 15, and frequencies above 15."""
    index = NaiveIndex(ARTICLE)
    index.add(bulk.documents(Random(1979), range(1000)))
    vectors = {tuple(zone.count("embassi") for zone in entry.zones.values()) for entry in index.documents.values()} - {
        (0, 0)
    }
    assert len(vectors) > 15
    assert max(max(vector) for vector in vectors) > 15
