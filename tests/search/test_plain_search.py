"""The shortest way from a text to what it finds answers as the long one does, or leaves the query to it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import searchkit
from searchkit import Date, Hit, Index, Limits, Results, Schema, Text, Word

SCHEMAS = {
    "one language": Schema({"title": Text(short=True), "body": Text(), "date": Date()}, date="date"),
    "two languages": Schema(
        {"title": Text(language="german", short=True), "body": Text(), "date": Date()}, date="date"
    ),
    "a zone": Schema({"title": Text(short=True), "date": Date()}, date="date", timezone="Asia/Tehran"),
    "undated": Schema({"title": Text(short=True), "body": Text(language=None)}),
}

WORDS = [
    "walrus",
    "Walruses",
    "seal",
    "the",
    "IT",
    "it",
    "of",
    "北京",
    "straße",
    "x1",
    "unknown",
    "é",
    "1979",
    "2019",
    "２０１９",
    "0999",
    "2100",
    "2101",
    "27",
    "OR",
    "a" * 300,
]
FIELDED = ["title", "body", "date", "Title", "nothing", "t", ""]
DATES = [
    *("2019", "2019..2020", "2019-03", "2019-03..", "2019-01-02..2019-02-03", "2019-02-29", "2020-02-29", "2019-13"),
    *("0000", "0001..9999", "2019-1-2", "9999", "2019-03-01T12:00", "2019-03..2019-01", "2019-02-03..2019-02-03"),
    *("19790", "2019-12-31", "2019...2020", "2019-2020", "2019-12..2020-01"),
]
PLAIN = st.lists(st.tuples(st.sampled_from(["", "", "", "+", "-"]), st.sampled_from(WORDS)), min_size=1, max_size=5)
CLAUSES = st.lists(
    st.builds(
        lambda mark, words, quoted: mark + (f'"{" ".join(words)}"' if quoted or len(words) > 1 else words[0]),
        st.sampled_from(["", "", "+", "-"]),
        st.lists(
            st.sampled_from(["walrus", "seal", "the", "IT", "of", "unknown", "27", "2019", "x1"]),
            min_size=1,
            max_size=3,
        ),
        st.booleans(),
    ),
    min_size=1,
    max_size=4,
).map(" ".join)
TEXTS = st.one_of(
    PLAIN.map(lambda words: " ".join(mark + word for mark, word in words)),
    CLAUSES,
    st.builds(lambda clauses, date: f"{clauses} date:{date}", CLAUSES, st.sampled_from(DATES)),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(lambda words: f'"{" ".join(words)}"'),
    st.builds(
        lambda text, words: f"{text}{words}", st.sampled_from(["walrus ", '"seal', " ", "++"]), st.text(max_size=5)
    ),
    st.builds(lambda field, clauses: f"{field}:({clauses})", st.sampled_from(FIELDED), CLAUSES),
    st.builds(lambda field, clauses: f"{field}:{clauses}", st.sampled_from(FIELDED), CLAUSES),
    st.builds(
        lambda field, clauses, date: f"{field}:({clauses}) date:{date}",
        st.sampled_from(FIELDED),
        CLAUSES,
        st.sampled_from(DATES),
    ),
    st.builds(
        lambda field, words: f"{field}:({' '.join(mark + word for mark, word in words)})",
        st.sampled_from(FIELDED),
        PLAIN,
    ),
    st.builds(
        lambda words, field, date: f"{' '.join(mark + word for mark, word in words)} {field}:{date}",
        PLAIN,
        st.sampled_from(["date", "date", "date", "Date", "title"]),
        st.sampled_from(DATES),
    ),
)


@pytest.fixture(scope="module", params=SCHEMAS)
def index(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    schema = SCHEMAS[request.param]
    dates = ["2019-01-02", "2019-02-28T23:30:00Z", "2019-03-01", None, "2020-02-29", "2019-12-31T22:00:00Z"]
    texts = [
        "walrus",
        "the seal and it",
        "walrus seal walruses",
        "北京 Straße x1",
        "IT of the seal 27",
        "seal walrus unknown 2019",
    ]
    with searchkit.open(tmp_path_factory.mktemp("plain") / "index", schema=schema) as made:
        for turn in range(3):
            made.add(
                {"id": f"{turn}{number}", "title": text, "body": f"{texts[number - turn]} {text}", "date": date}
                for number, (text, date) in enumerate(zip(texts, dates, strict=True))
            )
        if request.param != "a zone":
            made.delete("11")
        yield made


def _all(results: Results) -> dict[str, Any]:
    return {
        "hits": [(hit.id, hit.score, hit.index, str(hit.explain())) for hit in results],
        "snippets": [str(hit.snippet("title")) for hit in results],
        "partial": results.partial,
        "problems": results.problems,
        "total": results.total,
        "next page": results.next_page,
        "interpretation": results.interpretation,
        "suggestions": results.suggestions,
        "why nothing": str(results.why_nothing()),
        "facets": results.facets,
    }


@example('"walrus seal" date:2019', "any", None, 20)
@example('walrus -seal "the walrus" date:2019..', "any", None, 20)
@example("seal 2019", None, None, 20)
@example("+2019 -2020 walrus", None, None, 20)
@example("seal 2019 27 date:2019-03..", "any", None, 3)
@example("title:(seal walrus)", "any", None, 3)
@example("body:2019", None, "-date", 20)
@example("title:(the -walrus) date:2019", "all", None, 20)
@example('-"the walrus" 2019 date:2019', "all", None, 20)
@given(
    TEXTS,
    st.sampled_from([None, "any", "all"]),
    st.sampled_from([None, "date", "-date"]),
    st.sampled_from([0, 1, 3, 20]),
)
def test_it_answers_as_the_long_way_does(index: Index, text: str, match: Any, sort: Any, limit: int) -> None:
    if sort is not None and index.schema.date is None:
        sort = None
    short = index.search(text, match=match, sort=sort, limit=limit)
    # With a time to keep the search takes the long way.
    assert _all(short) == _all(index.search(text, match=match, sort=sort, limit=limit, timeout=3600))


@given(TEXTS, st.sampled_from([None, "any", "all"]))
def test_it_counts_as_the_long_way_does(index: Index, text: str, match: Any) -> None:
    assert index.count(text, match=match) == index.search(text, match=match, limit=20, timeout=3600).total


def test_what_it_serves_and_what_it_leaves(index: Index) -> None:
    search = index._searching().plain
    snapshot = index._snapshot()
    served = [
        '+"the seal" walrus -"it of"',
        "walrus",
        "+walrus -seal",
        '"the seal"',
        '"seal"',
        "walrus seal unknown",
        "x1",
        "1979",
        "+walrus 2019",
        '"x1 2019"',
    ]
    in_a_field = ["title:walrus", 'title:"the seal"', "title:(walrus -seal)", "title:2019", "title:(the)"]
    left = [
        "",
        " ",
        "walrus  seal",
        "OR",
        "walrus OR seal",
        "２０１９",
        "title:walrus seal",
        "title:+walrus",
        "title:(walrus",
        "title:walrus)",
        "title:()",
        "title:",
        "title:(walrus) seal",
        "title:(walrus)^2",
        "Title:walrus",
        "other:walrus",
        "seal title:walrus",
        "walrus*",
        '"walrus',
        '"x1 ÿ"',
        '"a  b"',
        '"a b"~2',
        '"a b"c',
        '"a "',
        '""',
        "-walrus:",
        "a" * 257,
    ]
    for text in left:
        assert search.search(snapshot, text, None, 10, None) is None
        assert search.count(snapshot, text, None) is None
    if len({index.schema.fields[name].analysis for name in index.schema.texts}) > 1:  # type: ignore[union-attr]
        left, served = served, []
    if index.schema.date is not None:
        left.append("date:2019")
    for text in [*served, *in_a_field]:
        assert search.search(snapshot, text, None, 10, None) is not None
        assert search.count(snapshot, text, None) is not None


def test_threads_may_be_the_first_to_search_at_once(tmp_path: Path) -> None:
    articles = [{"id": str(number), "title": "oil gas", "date": f"2001-01-0{number % 9 + 1}"} for number in range(50)]
    with searchkit.open(tmp_path / "index") as index:
        before = sys.getswitchinterval()
        sys.setswitchinterval(1e-6)
        try:
            for turn in range(10):
                index.add(articles[turn * 5 : turn * 5 + 5])
                with ThreadPoolExecutor(4) as pool:
                    asked = [pool.submit(index.search, "oil", sort="-date", limit=50) for _ in range(8)]
                assert {len(one.result()) for one in asked} == {turn * 5 + 5}
        finally:
            sys.setswitchinterval(before)


class Name(StrEnum):
    WALRUS = "walrus seal"


def test_a_subclass_of_text_is_text(index: Index) -> None:
    class Query(str):
        __slots__ = ()

    for text in (Query("walrus seal"), Name.WALRUS, Query('"walrus seal"'), Query("walrus date:2019")):
        plain = str(text)
        assert [_all(index.search(text)) | {"next page": None}] == [_all(index.search(plain)) | {"next page": None}]
        assert index.count(text) == index.count(plain)
        assert index.understand(text).interpretation == index.understand(plain).interpretation
        assert index.suggest(text) == index.suggest(plain)
    assert [hit.id for hit in index.search(Word(Query("walruses")))] == [hit.id for hit in index.search("walruses")]


def test_arguments_are_looked_at_before_the_query(index: Index) -> None:
    for options in ({}, {"timeout": 9.0}):
        with pytest.raises(ValueError, match="limit is"):
            index.search("walrus AND (", limit=-1, strict=True, **options)  # type: ignore[arg-type]


def test_a_hit_that_no_search_made() -> None:
    made = Hit.__new__(Hit)
    with pytest.raises((TypeError, AttributeError)):
        made.id  # noqa: B018 - raises
    with pytest.raises((TypeError, AttributeError)):
        made["title"]


def test_limits_hold(tmp_path: Path) -> None:
    limits = Limits(query_clauses=2, phrase_tokens=2, query_length=20)
    with searchkit.open(tmp_path / "index", limits=limits) as index:
        index.add([{"id": "a", "title": "one two three"}, {"id": "b", "title": "one two"}])
        for text in ("one", "one two", "one two three", '"one two"', '"one two three"', "one " * 10):
            assert _all(index.search(text)) == _all(index.search(text, timeout=3600))
        with pytest.raises(ValueError, match="limit is"):
            index.search("one", limit=-1)
        with pytest.raises(ValueError, match="match is"):
            index.search("one", match="some")  # type: ignore[arg-type]
        with pytest.raises(TypeError, match="offset is"):
            index.search("one", offset=0.0)  # type: ignore[arg-type]
