"""Synonyms of queries: given to an index when it is opened, or later."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import searchkit
from searchkit import Bag, Clause, Limits, Not, Phrase, Prefix, Schema, Text, Word
from searchkit.errors import ConfigError, IndexClosed, SchemaError

SYNONYMS: list[Any] = [
    ["ny", "New York", "big apple"],
    ["usa", "united states", "united states of america"],
    {"tv": ["television", "telly"]},
    ["who", "world health organization"],
    ["car", "cars", "automobile"],
]
ARTICLES = {
    "ny": "The mayor of NY city",
    "new york": "A mayor of New York city hall",
    "apple": "In the big apple there is a mayor",
    "york": "York is new to a mayor",
    "television": "Television sets",
    "tv": "The TV set, made in the USA",
    "america": "The United States of America have many cars",
    "who": "The World Health Organization spoke",
    "auto": "An automobile from York",
}


@pytest.fixture
def index(tmp_path: Path) -> searchkit.Index:
    index = searchkit.open(tmp_path / "index", synonyms=SYNONYMS)
    index.add([{"id": id, "body": body} for id, body in ARTICLES.items()])
    return index


def ids(index: searchkit.Index, query: Any) -> set[str]:
    return {hit.id for hit in index.search(query, match="all")}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("ny", {"ny", "new york", "apple"}),
        ("NY", {"ny", "new york", "apple"}),
        ("new-york", {"ny", "new york", "apple"}),
        ('"new york"', {"ny", "new york", "apple"}),
        ('"york new"', set()),
        # Typed side by side, words match in any order, as ever; or what means the same.
        ("new york", {"ny", "new york", "apple", "york"}),
        ("mayor new york hall", {"new york"}),
        ("new mayor york", {"new york", "york"}),
        ('"mayor of new york city"', {"ny", "new york"}),
        ('"mayor of ny city hall"', {"new york"}),
        ('"big apple city"', {"ny", "new york"}),
        ("tv", {"tv", "television"}),
        ("television", {"television"}),
        ('"tv set"', {"tv", "television"}),
        ("usa", {"tv", "america"}),
        ('"the usa have many"', {"america"}),
        ("united states of america", {"america", "tv"}),
        ("automobile", {"auto", "america"}),
        ("mayor -ny", {"york"}),
        ("mayor +ny", {"ny", "new york", "apple"}),
        ("mayor AND NOT (ny OR york)", set()),
        ("body:ny", {"ny", "new york", "apple"}),
        ("title:ny", set()),
        ("ny^2", {"ny", "new york", "apple"}),
        ("who spoke", {"who"}),
        ("ny*", {"ny"}),
    ],
)
def test_queries_find_what_means_the_same(index: searchkit.Index, query: str, expected: set[str]) -> None:
    assert ids(index, query) == expected
    index.merge()
    assert ids(index, query) == expected
    assert index.count(query, match="all") == len(expected)


def test_trees_find_it_too(index: searchkit.Index) -> None:
    assert ids(index, Word("ny") & ~Phrase("big apple")) == {"new york", "ny"} - ids(index, Phrase("big apple"))
    assert ids(index, Phrase("mayor of ny")) == {"ny", "new york"}
    assert ids(index, Bag((Clause(Word("tv")), Clause(Not(Word("usa")))))) == {"television"}
    assert ids(index, Prefix("televis")) == {"television"}


def test_a_bag_of_any_words_is_one_still(index: searchkit.Index) -> None:
    found = {hit.id for hit in index.search("new york television", match="any")}
    assert found == {"ny", "new york", "apple", "york", "television", "auto"}


def test_what_was_typed_scores_as_without_synonyms(index: searchkit.Index) -> None:
    with_them = {hit.id: hit.score for hit in index.search("tv", match="all")}
    index.set_synonyms(None)
    (alone,) = index.search("tv", match="all")
    assert with_them[alone.id] == alone.score


def test_no_synonym_weighs_more_than_what_was_typed(tmp_path: Path) -> None:
    with searchkit.open(tmp_path / "index", synonyms=[["common", "rare"]]) as index:
        index.add([{"id": str(number), "body": "common words"} for number in range(20)])
        index.add([{"id": "rare", "body": "rare words"}])
        scores = {hit.id: hit.score for hit in index.search("common", limit=100)}
        assert scores["rare"] == scores["0"]
        scores = {hit.id: hit.score for hit in index.search("rare", limit=100)}
        assert scores["rare"] > scores["0"]


def test_snippets_show_the_synonym(index: searchkit.Index) -> None:
    (hit,) = [hit for hit in index.search('"mayor of new york"') if hit.id == "ny"]
    assert hit.snippet("body").html() == "The <mark>mayor of NY</mark> city"


def test_the_interpretation_names_them(index: searchkit.Index) -> None:
    assert index.search("tv").interpretation == "tv or television or telly"
    results = index.search("new york hotels")
    assert results.interpretation == '((new, york) or ny or the phrase "big apple"), hotels'


def test_they_can_be_changed_at_any_time(index: searchkit.Index) -> None:
    index.set_synonyms([["mayor", "hall"]])
    assert ids(index, "ny") == {"ny"}
    assert ids(index, "hall") == {"ny", "new york", "apple", "york"}
    index.set_synonyms(None)
    assert ids(index, "hall") == {"new york"}
    index.close()
    with pytest.raises(IndexClosed):
        index.set_synonyms(None)


def test_a_file_is_read_again_when_it_is_given_again(index: searchkit.Index, tmp_path: Path) -> None:
    file = tmp_path / "synonyms.yaml"
    file.write_text("# ours\n- [mayor, hall]\n- set: [sets, telly]\n")
    index.set_synonyms(file)
    assert ids(index, "hall") == {"ny", "new york", "apple", "york"}
    file.write_text("hall: [spoke]\n")
    index.set_synonyms(str(file))
    assert ids(index, "hall") == {"new york", "who"}
    file.write_text("")
    index.set_synonyms(file)
    assert ids(index, "hall") == {"new york"}


@pytest.mark.parametrize(
    ("text", "reason", "line"),
    [
        ("- [a, b]\n- ny, new york\n", "'ny, new york' is no list of synonyms", 2),
        ("- [a, b]\n\n- [no, norway]\n", "not False; YAML reads it so: put it in quotes", 3),
        ("- [a, '&']\n", "there is no word in '&'", 1),
        ("- [a, b\n", "not YAML", 2),
        ("just text", "'just text' is no list of synonyms", 1),
        ("- !!python/object:os.system x\n", "not YAML", 1),
    ],
)
def test_a_bad_file_is_told_with_its_line(tmp_path: Path, text: str, reason: str, line: int) -> None:
    file = tmp_path / "synonyms.yaml"
    file.write_text(text)
    with pytest.raises(ConfigError) as caught:
        searchkit.open(tmp_path / "index", synonyms=file)
    assert reason in str(caught.value)
    assert (caught.value.path, caught.value.line) == (str(file), line)
    assert not (tmp_path / "index").exists()


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        searchkit.open(tmp_path / "index", synonyms=tmp_path / "none.yaml")
    (tmp_path / "latin.yaml").write_bytes(b"- [caf\xe9, coffee]")
    with pytest.raises(ConfigError, match="not UTF-8"):
        searchkit.open(tmp_path / "index", synonyms=tmp_path / "latin.yaml")


@pytest.mark.parametrize("given", [3, [3], [["a"]], [("a", None)], {"a": []}])
def test_a_bad_list_is_told(tmp_path: Path, given: Any) -> None:
    with pytest.raises(SchemaError, match="synonyms"):
        searchkit.open(tmp_path / "index", synonyms=given)


def test_a_phrase_has_no_more_ways_than_a_limit(tmp_path: Path) -> None:
    rules = [[f"{letter}{number}" for number in range(4)] for letter in "abcdef"]
    limits = Limits(synonym_expansions=10)
    with searchkit.open(tmp_path / "index", synonyms=rules, limits=limits) as index:
        index.add([{"id": "1", "body": "a1 b0 c0 d0 e0 f0"}, {"id": "2", "body": "a0 b0 c0 d0 e0 f1"}])
        results = index.search('"a0 b0 c0 d0 e0 f0"')
        assert [hit.id for hit in results] == ["2"]
        (problem,) = results.problems
        assert "(limit: synonym_expansions)" in problem.message
        assert not index.search('"a0 b0"').problems[1:]


def test_a_query_has_no_more_clauses_than_a_limit(tmp_path: Path) -> None:
    limits = Limits(query_clauses=3)
    with searchkit.open(tmp_path / "index", synonyms=[["a1", "a2", "a3", "a4"]], limits=limits) as index:
        index.add([{"id": "1", "body": "a3"}, {"id": "2", "body": "a4"}])
        results = index.search("a1")
        assert [hit.id for hit in results] == ["1"]
        assert "(limit: query_clauses)" in results.problems[0].message


def test_fields_of_other_languages_have_their_own_words(tmp_path: Path) -> None:
    schema = Schema({"english": Text(), "german": Text(language="german"), "plain": Text(language=None)})
    with searchkit.open(
        tmp_path / "index", schema=schema, synonyms=[["Haus", "Gebäude"], ["houses", "homes"]]
    ) as index:
        index.add(
            [{"id": "1", "german": "Die Gebäuden"}, {"id": "2", "english": "A home"}, {"id": "3", "plain": "homes"}]
        )
        assert ids(index, "häuser") == {"1"}
        assert ids(index, "house") == {"2", "3"}
        assert ids(index, "german:haus") == {"1"}


def test_scripts_without_spaces(tmp_path: Path) -> None:
    with searchkit.open(tmp_path / "index", synonyms=[["大使館", "embassy"], ["館", "hall"]]) as index:
        index.add([{"id": "1", "body": "東京の大使館です"}, {"id": "2", "body": "the embassy in Tokyo"}])
        assert ids(index, "大使館") == {"1", "2"}
        assert ids(index, "embassy") == {"1", "2"}
        assert ids(index, "館") == {"1"}
        assert ids(index, "大使館 tokyo") == {"2"}


def test_of_what_a_filter_makes_no_half_is_taken(tmp_path: Path) -> None:
    def spell_out(word: str) -> str | tuple[str, ...]:
        return ("united", "nations") if word == "un" else word

    schema = Schema({"body": Text(filters=[searchkit.WordFilter("spell_out", spell_out)])})
    with searchkit.open(tmp_path / "index", schema=schema, synonyms=[["nations", "countries"]]) as index:
        index.add(
            [{"id": "1", "body": "UN"}, {"id": "2", "body": "united countries"}, {"id": "3", "body": "countries"}]
        )
        assert ids(index, "un") == {"1"}
        assert ids(index, '"united nations"') == {"1", "2"}


def test_acronyms_are_words_of_rules(tmp_path: Path) -> None:
    with searchkit.open(tmp_path / "index", synonyms=[["U.S.A.", "United States"]]) as index:
        index.add([{"id": "1", "body": "The USA today"}, {"id": "2", "body": "The United States today"}])
        assert ids(index, '"united states today"') == {"1", "2"}
        assert ids(index, '"u.s.a. today"') == {"1", "2"}


def test_a_tree_too_deep_is_refused_as_ever(index: searchkit.Index) -> None:
    tree: Any = Word("ny")
    for _ in range(5_000):
        tree = Not(tree)
    with pytest.raises(searchkit.LimitExceeded, match="levels"):
        index.search(tree)
