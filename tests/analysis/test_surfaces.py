"""Surfaces: the raw units that every tokenizer must cut alike."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from searchkit.analysis.surfaces import lower_ascii, surfaces
from searchkit.kernels.surfaces import SurfaceTable
from tests.analysis.strategies import any_text, words_text


def test_surfaces_are_runs_of_ascii_word_characters_apostrophes_and_everything_beyond_ascii() -> None:
    text = "Who's_the FBI-man? 1979\tÉtats-Unis。次"
    assert list(surfaces(text)) == [
        ("who's", 0), ("the", 6), ("fbi", 10), ("man", 14), ("1979", 19), ("États", 24), ("unis。次", 30),
    ]  # fmt: skip


def test_only_ascii_letters_are_lowered() -> None:
    assert lower_ascii("ABC É Ω İ") == "abc É Ω İ"
    assert lower_ascii("ABC") == "abc"


def alone(text: str, dot: int) -> bool:
    """Whether neither letter beside a dot has another word character beside it."""
    return not any(
        re.match(r"[0-9A-Za-z'\u0080-\U0010ffff]", text[at : at + 1]) for at in (dot - 2, dot + 2) if at >= 0
    )


def test_dots_between_single_letters_belong_to_them() -> None:
    assert list(surfaces("The U.S.A.; example.com")) == [("the", 0), ("u.s.a", 4), ("example", 12), ("com", 20)]
    assert list(surfaces("ab.c.d a.b1 J.R.R.Tolkien")) == [
        ("ab", 0), ("c.d", 3), ("a", 7), ("b1", 9), ("j.r.r", 12), ("tolkien", 18),
    ]  # fmt: skip


@given(any_text | words_text | st.text("aB.é'1 "))
def test_the_definition_holds_for_any_text(text: str) -> None:
    part = r"[0-9A-Za-z'\u0080-\U0010ffff]"
    dots = [m.start() for m in re.finditer(r"(?<=[A-Za-z])\.(?=[A-Za-z])", text) if alone(text, m.start())]
    joined = "".join("a" if place in dots else character for place, character in enumerate(text))
    expected = [match.span() for match in re.finditer(f"{part}+", joined)]
    assert [(start, start + len(surface)) for surface, start in surfaces(text)] == expected


@given(any_text | words_text | st.text("aB.é'1 "))
def test_kernels_cut_alike(text: str) -> None:
    text = text.encode("utf-8", "replace").decode()
    table = SurfaceTable()
    table.add(text.encode())
    names = table.surfaces(0)
    assert [names[number] for number in table.tokens()] == [surface for surface, _ in surfaces(text)]


def test_lone_surrogates_pass() -> None:
    assert list(surfaces("A \ud800x")) == [("a", 0), ("\ud800x", 2)]
