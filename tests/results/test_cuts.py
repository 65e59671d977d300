"""Where a text may be cut."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.results.cuts import last_cut, next_cut, sentence_end, sentence_starts
from tests.analysis.strategies import any_text, words_text

TEXT = "The talks failed. Mr. Carter spoke on 4 Nov. 1979 in Tehran! “Why now?” he asked.\n\nNobody knew. 東京だ。次。"


def test_sentences_start_after_end_marks() -> None:
    starts = sentence_starts(TEXT, 0, len(TEXT) - 1)
    assert [TEXT[start : start + 6] for start in starts] == [
        "The ta",
        "Mr. Ca",
        "1979 i",
        "“Why n",
        "Nobody",
        "東京だ。次。",
        "次。",
    ]


def test_sentences_start_in_the_asked_range_only() -> None:
    assert sentence_starts(TEXT, 18, 18) == [18]
    assert sentence_starts(TEXT, 19, 30) == []
    assert sentence_starts("  Indented.", 0, 2) == [0]


def test_sentence_ends() -> None:
    assert sentence_end(TEXT, 0, 30) == 17
    assert sentence_end(TEXT, 18, 30) is None
    assert sentence_end(TEXT, 0, 16) is None
    assert TEXT[: sentence_end(TEXT, 70, len(TEXT) - 1)].endswith("だ。")


def test_initials_and_small_letters_end_no_sentence() -> None:
    assert sentence_end("By J. K. Rowling and so on, etc. and more of it", 0, 40) is None


@pytest.mark.parametrize(
    ("text", "low", "high", "place"),
    [
        ("alpha beta gamma", 2, 11, 5),
        ("alpha beta gamma", 0, 11, 0),
        ("alphabeta gamma", 2, 10, 9),
        ("http://a.b/c gamma", 1, 5, 4),
        ("alphabeta", 2, 7, 7),
        ("大使館前", 1, 3, 1),
    ],
)
def test_the_next_cut(text: str, low: int, high: int, place: int) -> None:
    assert next_cut(text, low, high) == place


@pytest.mark.parametrize(
    ("text", "low", "high", "place"),
    [
        ("alpha beta gamma", 1, 12, 11),
        ("alpha beta gamma", 1, 10, 10),
        ("alpha beta gamma", 1, 16, 16),
        ("alpha beta", 1, 4, 4),
        ("alpha-beta", 1, 8, 6),
        ("don't", 1, 4, 4),
        ("大使館前", 1, 3, 3),
        ("か\u3099く", 1, 1, 1),
        ("か\u3099くか", 1, 3, 3),
        ("e\u0301\u0301e\u0301", 1, 5, 5),
        ("e\u0301\u0301e\u0301", 1, 4, 3),
        ("x 👍🏽", 1, 3, 2),
        ("🇮🇷🇮🇷", 1, 2, 2),
        ("a👨\u200d👩b", 1, 3, 1),
    ],
)
def test_the_last_cut(text: str, low: int, high: int, place: int) -> None:
    assert last_cut(text, low, high) == place


@given(any_text | words_text, st.data())
def test_cuts_stay_in_their_range(text: str, data: st.DataObject) -> None:
    low = data.draw(st.integers(0, len(text)))
    high = data.draw(st.integers(low, len(text)))
    assert low <= next_cut(text, low, high) <= high
    assert low <= last_cut(text, low, high) <= high
    end = sentence_end(text, low, high)
    assert end is None or low <= end <= high
    assert all(low <= start <= high for start in sentence_starts(text, low, high))
