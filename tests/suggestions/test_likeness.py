"""Articles like a given one."""

from __future__ import annotations

import pytest

import searchkit
from searchkit import Index


def test_the_article_with_the_most_telling_words_in_common_comes_first(index: Index) -> None:
    assert [hit.id for hit in index.like("1")] == ["2", "4"]
    assert [hit.id for hit in index.like(index.search("seized")[0])] == ["2", "4"]
    assert [hit.id for hit in index.like("1", limit=1, offset=1)] == ["4"]
    assert [hit.id for hit in index.like("1", since="2000")] == ["4"]


def test_texts_that_are_not_in_the_index(index: Index) -> None:
    assert [hit.id for hit in index.like({"body": "Producers of oil set a price."})] == ["3"]
    assert [hit.id for hit in index.like({"title": "人質"})] == ["5"]
    assert list(index.like({"body": "the of and"})) == []
    assert list(index.like({"body": ""})) == []


def test_snippets_show_what_is_alike(index: Index) -> None:
    snippet = index.like({"body": "embargo"})[0].snippet()
    assert [snippet.text[start:end] for start, end in snippet.highlights] == ["Embargo", "embargo"]


def test_a_word_that_only_the_source_has_is_not_looked_for(index: Index) -> None:
    index.add([{"id": "lone", "title": "zebra quagga"}])
    assert list(index.like("lone")) == []


def test_what_cannot_be_a_source(index: Index) -> None:
    with pytest.raises(searchkit.DocumentNotFound, match="'nobody'") as caught:
        index.like("nobody")
    assert caught.value.id == "nobody"
    with pytest.raises(ValueError, match="'source' is not a text field; these are: title, body"):
        index.like({"source": "Ledger"})
    with pytest.raises(ValueError, match="terms is at least 1, not 0"):
        index.like("1", terms=0)
