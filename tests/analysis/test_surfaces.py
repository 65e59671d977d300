"""Surfaces: the raw units that every tokenizer must cut alike."""

from __future__ import annotations

import re

from hypothesis import given

from searchkit.analysis.surfaces import blank_separators, lower_ascii, surfaces
from tests.analysis.strategies import any_text, words_text


def test_surfaces_are_runs_of_ascii_word_characters_apostrophes_and_everything_beyond_ascii() -> None:
    text = "Who's_the FBI-man? 1979\tÉtats-Unis。次"
    assert list(surfaces(text)) == [
        ("who's", 0), ("the", 6), ("fbi", 10), ("man", 14), ("1979", 19), ("États", 24), ("unis。次", 30),
    ]  # fmt: skip


def test_only_ascii_letters_are_lowered() -> None:
    assert lower_ascii("ABC É Ω İ") == "abc É Ω İ"
    assert lower_ascii("ABC") == "abc"


@given(any_text | words_text)
def test_the_definition_holds_for_any_text(text: str) -> None:
    expected = [match.span() for match in re.finditer(r"[0-9A-Za-z'\u0080-\U0010ffff]+", text)]
    assert [(start, start + len(surface)) for surface, start in surfaces(text)] == expected


@given(any_text | words_text)
def test_blanking_separators_keeps_every_offset(text: str) -> None:
    flat = blank_separators(text)
    assert len(flat) == len(text)
    assert [part for part in flat.split(" ") if part] == [surface for surface, _ in surfaces(text)]
    assert all(flat[start : start + len(surface)] == surface for surface, start in surfaces(text))


def test_lone_surrogates_pass() -> None:
    assert list(surfaces("A \ud800x")) == [("a", 0), ("\ud800x", 2)]
