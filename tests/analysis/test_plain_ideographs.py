"""What is found in long surfaces without their tokens, against their tokens."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.analysis import analyzer_for, stemmer_languages
from searchkit.analysis import plain_ideographs as module
from searchkit.analysis.folding import fold
from searchkit.analysis.plain_ideographs import count_plain, find_plain, is_plain
from searchkit.analysis.unicode_words import kinds_of

PLAIN = analyzer_for(None)
_surfaces = st.text(alphabet="大使館人質ーガ々한국、。「」…z1", min_size=1, max_size=40)


def _all(pattern: str) -> list[str]:
    return re.findall(f"[{pattern}]", "".join(map(chr, range(0x80, 0x10000))))


def test_dense_characters_stand_for_themselves() -> None:
    characters = _all(module._DENSE)
    assert len(characters) > 38_000
    assert [one for one in characters if kinds_of(one) != "d" or fold(one) != one] == []


def test_punctuation_separates() -> None:
    assert [one for one in _all(module._APART) if kinds_of(one) != " "] == []


@pytest.mark.parametrize("language", stemmer_languages())
def test_no_stemmer_changes_them(language: str) -> None:
    analyzer = analyzer_for(language)
    for character in "々ぁゖァヺー㐀䶿一鿿가힣":
        assert {token.term for token in analyzer.tokens(f"館{character}")} == {f"館{character}", character}


@given(_surfaces, st.data())
def test_it_agrees_with_the_tokens(surface: str, data: st.DataObject) -> None:
    pieces = PLAIN.pieces(surface)
    terms = data.draw(st.frozensets(st.sampled_from([*{term for term, *_ in pieces}, "使館", "館", "z", "大使館"])))
    assert is_plain(surface)
    assert count_plain(surface) == len(pieces)
    expected = [(index, term, low, high) for index, (term, _, low, high) in enumerate(pieces) if term in terms]
    assert find_plain(surface, terms, PLAIN.pieces) == expected


@pytest.mark.parametrize("surface", ["don't", "é館", "館\u3099", "ｶﾞ館", "館\u200d", "กรุง", "\ufa11"])
def test_what_is_not_plain(surface: str) -> None:
    assert not is_plain(surface)


@given(st.lists(_surfaces, min_size=3, max_size=12), st.data())
def test_the_analyzer_finds_in_long_surfaces(parts: list[str], data: st.DataObject) -> None:
    text = "".join(parts) * 3
    tokens = PLAIN.tokens(text)
    wanted = data.draw(st.frozensets(st.sampled_from([*{token.term for token in tokens}, "館"]), max_size=4))
    expected = [(one.position, one.term, one.start, one.end) for one in tokens if one.term in wanted]
    assert PLAIN.find(text, wanted) == expected
