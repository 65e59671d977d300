"""Folding: what counts as the same word, and what does not."""

from __future__ import annotations

import pytest
from hypothesis import given

from searchkit.analysis.folding import fold
from tests.analysis.strategies import any_text, words_text


@pytest.mark.parametrize(
    ("word", "folded"),
    [
        ("EMBASSY", "embassy"),
        ("Élysée", "elysee"),
        ("E\u0301lyse\u0301e", "elysee"),
        ("Ệ", "e"),
        ("Łódź", "lodz"),
        ("Øresund", "oresund"),
        ("Đà", "da"),
        ("Ægir", "aegir"),
        ("cœur", "coeur"),
        ("Þór", "thor"),
        ("Straße", "strasse"),
        ("STRAẞE", "strasse"),
        ("ışık", "isik"),
        ("IŞIK", "isik"),
        ("İzmir", "izmir"),
        ("ﬁnancial", "financial"),
        ("ﬆ", "st"),
        ("Ｆｕｌｌ１２", "full12"),
        ("km²", "km2"),
        ("ΟΔΟΣ", "οδοσ"),
        ("οδός", "οδοσ"),
        ("ᾳ", "α"),
        ("ёлка", "елка"),
        ("за\u0301мок", "замок"),
        ("שָׁלוֹם", "שלום"),
        ("שׁלום", "שלום"),
        ("الْقُرْآن", "القران"),
        ("أحمد", "احمد"),
        ("ٱلله", "الله"),
        ("كـتاب", "كتاب"),
        ("co\u00adop", "coop"),
        ("می\u200cخواهم", "میخواهم"),
        ("ｶﾞﾗｽ", "ガラス"),
        ("\u1112\u1161\u11ab", "한"),
    ],
)
def test_the_same_word(word: str, folded: str) -> None:
    assert fold(word) == folded


@pytest.mark.parametrize("word", ["йод", "їжак", "हिन्दी", "เก่า", "が", "ぱ", "مؤمن", "ქართული", "தமிழ்", "מלך"])
def test_marks_that_make_another_letter_stay(word: str) -> None:
    assert fold(word) == word


def test_a_nukta_stays_in_either_normal_form() -> None:
    assert fold("\u0958\u0932\u092e") == fold("\u0915\u093c\u0932\u092e") == "\u0915\u093c\u0932\u092e"


@pytest.mark.parametrize("apostrophe", "'’‘‛ʼʻ´′＇׳")
def test_every_apostrophe_becomes_the_ascii_one(apostrophe: str) -> None:
    assert fold(f"Don{apostrophe}t") == "don't"


@given(any_text | words_text)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_folding_any_single_character_twice_changes_nothing() -> None:
    # Every hundredth or so of all, by a step that shares no factor with the size of a block.
    for code in (*range(0x600), *range(0x600, 0x110000, 97)):
        folded = fold(chr(code))
        assert fold(folded) == folded
