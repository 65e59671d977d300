"""The memory of a search grows with the query: more leaves, levels and postings than it begins with."""

from __future__ import annotations

from pathlib import Path

import pytest

import searchkit
from searchkit import And, Index, Node, Or, Phrase, Word

DOCUMENTS = 6_000
WORDS = [f"w{number}" for number in range(300)]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """Document n has the words w(n % 300) and w(n % 7), in this order: each word is in at least 20 documents."""
    folder: Path = tmp_path_factory.mktemp("growing") / "index"
    index = searchkit.open(folder)
    index.add({"id": str(n), "body": f"{WORDS[n % 300]} {WORDS[n % 7]}"} for n in range(DOCUMENTS))
    return index


def having(*numbers: int) -> set[str]:
    return {str(n) for n in range(DOCUMENTS) if n % 300 in numbers or n % 7 in numbers}


def found(index: Index, query: Node) -> set[str]:
    results = index.search(query, limit=DOCUMENTS)
    assert results.total == len(results)
    return {hit.id for hit in results}


def test_a_union_of_more_words_than_there_is_room_for_at_first(index: Index) -> None:
    numbers = range(10, 250)
    query = Or(tuple(Word(WORDS[number]) for number in numbers))
    assert found(index, query) == having(*numbers)


def test_a_tree_of_more_levels_than_there_is_room_for_at_first(index: Index) -> None:
    query: Node = Word(WORDS[50])
    for number in range(51, 70):
        query = Or((And((query, ~Word(WORDS[number - 1]) | Word(WORDS[50]))), Word(WORDS[number])))
    assert found(index, query) == having(50, 69)


def test_phrases_after_many_words_and_again_without(index: Index) -> None:
    words = tuple(Word(WORDS[number]) for number in range(100, 140))
    phrase = Phrase(f"{WORDS[203]} {WORDS[0]}")
    with_phrase = {str(n) for n in range(DOCUMENTS) if n % 300 == 203 and n % 7 == 0}
    assert with_phrase
    for _ in range(2):
        assert found(index, Or((*words, phrase))) == having(*range(100, 140)) | with_phrase
        assert found(index, phrase) == with_phrase
        assert found(index, Word(WORDS[1])) == having(1)
