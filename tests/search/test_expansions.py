"""Words that stand for others: which they find, in which order, and what limits leave out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import searchkit
from searchkit import Fuzzy, Index, Limits, Prefix, QueryError, Regex, Wildcard
from searchkit.errors import LimitExceeded
from searchkit.search.expansions import expand, expand_prefix
from searchkit.search.unions import FEW

SYLLABLES = [first + second for first in "bdfgklmnprst" for second in "aeiou"]


def made(path: Path, **options: Any) -> Index:
    """An index in three segments, some of whose documents are replaced: ka… is in many documents, ko… in few."""
    index = searchkit.open(path / "index", **options)
    for start in (0, 20, 40):
        index.add(
            [
                {
                    "id": str(at),
                    "title": "",
                    "body": f"ka{SYLLABLES[at]} ko{SYLLABLES[at]} kaba embassy" + " embasy" * (at == 3),
                }
                for at in range(start, start + 20)
            ]
        )
    index.add([{"id": "7", "body": "embassies"}, {"id": "25", "body": "kaba kopi"}])
    return index


def test_a_fuzzy_word_finds_the_nearest_first(tmp_path: Path) -> None:
    with made(tmp_path) as index:
        found = expand(index._snapshot(), Fuzzy("embasy"), Limits())
        assert found.keys == (b"embasi", b"embassi")
        assert found.distances == (0, 1)
        best = index.search("embasy~")
        assert best[0].id == "3"
        assert index.count("embasy~") == 59
        assert index.count("embasy~0") == 1


@pytest.mark.parametrize("merged", [False, True])
def test_the_most_frequent_are_kept_and_the_limit_is_named(tmp_path: Path, merged: bool) -> None:
    limits = Limits(prefix_expansions=10, fuzzy_expansions=2)
    with made(tmp_path, limits=limits) as index:
        if merged:
            index.merge()
        found = expand_prefix(index._snapshot(), "ka", limits)
        assert len(found.keys) == 10
        assert found.keys[0] == b"kaba"
        results = index.search("oil OR ka*")
        assert [(problem.start, problem.end) for problem in results.problems] == [(7, 10)]
        assert "limit: prefix_expansions" in results.problems[0].message
        for query in ("ka*", "k?*a*", "*a*", "/k.*/", Prefix("ka"), Wildcard("*a*"), Regex("ka.+")):
            assert "prefix_expansions" in index.search(query).problems[-1].message
            with pytest.raises(QueryError, match="prefix_expansions"):
                index.search(query, strict=True)
            with pytest.raises(QueryError, match="prefix_expansions"):
                index.count(query, strict=True)
        (problem,) = index.search("kaba~1").problems
        assert "the 2 nearest were searched (limit: fuzzy_expansions)" in problem.message


def test_keywords_too(tmp_path: Path) -> None:
    with searchkit.open(tmp_path / "index", limits=Limits(prefix_expansions=2)) as index:
        index.add([{"id": str(at), "author": f"kenare {SYLLABLES[at]}"} for at in range(20)])
        assert index.search("author:?a*").problems[0].message.endswith("(limit: prefix_expansions)")
        assert index.count("author:kenrae~") == 20
        assert index.search("author:kenrae~").problems == ()


def test_many_words_are_one_bitmap_which_is_kept(tmp_path: Path) -> None:
    with made(tmp_path) as index:
        parts = index._snapshot().parts
        assert index.count("k*") == 59
        assert index.search("title:k*").total == 0
        assert sum(len(part.unions) for part in parts) > 0
        assert index.count("ko*") == 59
        assert len(expand_prefix(index._snapshot(), "ko", Limits()).keys) > FEW


@pytest.mark.parametrize("distance", [-1, 3])
def test_an_impossible_distance(tmp_path: Path, distance: int) -> None:
    with made(tmp_path) as index, pytest.raises(LimitExceeded, match="edit_distance"):
        index.search(Fuzzy("embassy", None, distance))


def test_errors_of_trees(tmp_path: Path) -> None:
    with made(tmp_path) as index:
        with pytest.raises(QueryError, match="not closed"):
            index.search(Regex("a("))
        with pytest.raises(LimitExceeded, match="automaton_states"):
            index.search(Regex("a{9999}{9999}"))
        assert index.search(Fuzzy("")).total == index.search(Wildcard("")).total == 0
        assert index.count(Fuzzy("\u0301") | Wildcard("kaba")) == 59


def test_snippets_show_what_was_found(tmp_path: Path) -> None:
    with made(tmp_path) as index:
        for query in ("embasy~1", "emb?s*", "/embas+y/"):
            assert "**emba" in index.search(query, limit=1)[0].snippet("body").markdown()


def test_long_phrases_are_cut(tmp_path: Path) -> None:
    with searchkit.open(tmp_path / "index", limits=Limits(phrase_tokens=5)) as index:
        index.add([{"id": "1", "body": "oil " * 300 + "gas"}, {"id": "2", "body": "oil gas oil gas oil gas"}])
        results = index.search('"oil oil oil oil oil gas"')
        assert [hit.id for hit in results] == ["1"]
        (problem,) = results.problems
        assert problem.message == "a phrase has 6 words: the first 5 were searched (limit: phrase_tokens)"
        assert "**oil oil" in results[0].snippet("body", size=40).markdown()
        with pytest.raises(QueryError, match="phrase_tokens"):
            index.search('"oil oil oil oil oil gas"', strict=True)
        assert index.search('"oil gas oil gas oil"')[0].id == "2"
        assert index.search('"oil oil oil oil oil"').problems == ()
