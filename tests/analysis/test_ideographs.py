"""Scripts without spaces: any part of a run is found."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.analysis import Analyzer

ANALYZER = Analyzer("english")


def forms(text: str) -> list[str]:
    return [token.form for token in ANALYZER.tokens(text)]


def found(query: str, text: str) -> bool:
    """Whether the tokens of the query follow each other in the text, as a search for them sees it."""
    wanted, there = ANALYZER.query_tokens(query), ANALYZER.tokens(text)
    return any(
        all(
            token.form.startswith(want.form) if want.prefix else token.term == want.term
            for want, token in zip(wanted, there[first : first + len(wanted)], strict=True)
        )
        for first in range(len(there) - len(wanted) + 1)
    )


def test_a_run_becomes_pairs_and_its_last_character() -> None:
    assert forms("大使館") == ["大使", "使館", "館"]
    assert forms("東京 大使館、館") == ["東京", "京", "大使", "使館", "館", "館"]
    assert forms("한국") == ["한국", "국"]


def test_a_query_leaves_the_last_character_out_since_the_run_may_go_on() -> None:
    tokens = ANALYZER.query_tokens("大使館")
    assert [(token.form, token.prefix) for token in tokens] == [("大使", False), ("使館", False)]


def test_a_single_character_is_a_prefix() -> None:
    assert [(token.form, token.prefix) for token in ANALYZER.query_tokens("館")] == [("館", True)]
    assert [(token.form, token.prefix) for token in ANALYZER.query_tokens("1979年")] == [("1979", False), ("年", True)]


def test_runs_inside_a_query_keep_their_last_character_so_that_positions_agree() -> None:
    assert [token.form for token in ANALYZER.query_tokens("漢字Python入門")] == ["漢字", "字", "python", "入門"]


def test_marks_belong_to_the_character_before() -> None:
    assert forms("か\u3099く") == forms("がく") == ["がく", "く"]
    assert forms("ｶﾞｸ") == ["ガク", "ク"]
    assert forms("\u1112\u1161\u11ab\u1100\u116e\u11a8") == forms("한국")


def test_offsets_point_at_the_characters() -> None:
    text = "a ｶﾞﾗｽ"
    assert [text[token.start : token.end] for token in ANALYZER.tokens(text)] == ["a", "ｶﾞﾗ", "ﾗｽ", "ｽ"]


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("使館", "在大使館前"),
        ("館", "在大使館前"),
        ("前", "在大使館前"),
        ("大使館人質", "在大使館人質事件"),
        ("漢字Python", "古い漢字Python入門"),
        ("1979年", "1979年代"),
        ("ガラス", "ｶﾞﾗｽの館"),
        ("กรุงเทพ", "กรุงเทพมหานคร"),
        ("사람", "한국사람이"),
    ],
)
def test_what_is_found(query: str, text: str) -> None:
    assert found(query, text)


def test_what_is_not_found() -> None:
    assert not found("使大", "大使館")
    assert not found("館前", "大使館、前")


@given(st.text(alphabet="大使館人質事件東京", min_size=1, max_size=12), st.data())
def test_any_part_of_a_run_is_found(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    assert found(text[start:end], text)
