"""Splitting surfaces into words."""

from __future__ import annotations

import pytest
from hypothesis import given

from searchkit.analysis.unicode_words import kinds_of, words
from tests.analysis.strategies import any_text, words_text


def split(surface: str) -> list[str]:
    return [surface[start:end] for start, end, _ in words(surface)]


@pytest.mark.parametrize(
    ("surface", "expected"),
    [
        ("don’t", ["don’t"]),
        ("’quoted’", ["quoted"]),
        ("hostages'", ["hostages"]),
        ("rock'n'roll", ["rock'n'roll"]),
        ("a''b", ["a", "b"]),
        ("'", []),
        ("war—peace…end", ["war", "peace", "end"]),
        ("“Élysée”", ["Élysée"]),
        ("a\u00a0b\u3000c\u200bd", ["a", "b", "c", "d"]),
        ("co\u00adop\u00ad", ["co\u00adop"]),
        ("\ufeffword", ["word"]),
        ("می\u200cخواهم", ["می\u200cخواهم"]),
        ("cafe\u0301s", ["cafe\u0301s"]),
        ("\u0301e", ["e"]),
        ("हिन्दी", ["हिन्दी"]),
        ("漢字とpython入門、次", ["漢字と", "python", "入門", "次"]),
        ("1979年", ["1979", "年"]),
        ("ｶﾞﾗｽ", ["ｶﾞﾗｽ"]),
        ("กรุงเทพ", ["กรุงเทพ"]),
        ("a👍🏽b", ["a", "b"]),
        ("1️⃣", ["1️⃣"]),
        ("👨‍👩‍👧", []),
        ("2½", ["2", "½"]),
        ("10€", ["10"]),
        ("brand™", ["brand"]),
        ("\ud800x\udfff", ["x"]),
        ("", []),
    ],
)
def test_words(surface: str, expected: list[str]) -> None:
    assert split(surface) == expected


@given(any_text | words_text)
def test_there_is_one_kind_for_each_character_and_words_are_apart(text: str) -> None:
    assert len(kinds_of(text)) == len(text)
    place = 0
    for start, end, kinds in words(text):
        assert place <= start < end
        assert kinds == kinds_of(text[start:end])
        place = end


@given(words_text)
def test_no_letter_is_left_out(text: str) -> None:
    inside = {place for start, end, _ in words(text) for place in range(start, end)}
    assert all(
        place in inside for place, character in enumerate(text) if character.isalnum() and kinds_of(character) != "m"
    )
