"""The table of characters that become ASCII whatever stands beside them."""

from __future__ import annotations

from searchkit.analysis.folding import fold
from searchkit.analysis.spellings import spellings


def spelled(character: str) -> str:
    return spellings()[ord(character)].to_bytes(2, "little").rstrip(b"\0").decode()


def test_letters_digits_and_punctuation() -> None:
    assert [spelled(one) for one in "azAÉøßæ7²"] == ["a", "z", "a", "e", "o", "ss", "ae", "7", "2"]
    assert [spelled(one) for one in "'’–“\u00a0"] == ["'", "'", " ", " ", " "]


def test_what_depends_on_its_neighbours_or_is_not_ascii_is_left_out() -> None:
    assert [spelled(one) for one in ".λµ½\u0301\u00ad\u200d"] == [""] * 7


def test_two_neighbours_are_folded_as_each_alone() -> None:
    letters = [chr(code) for code, letter in enumerate(spellings()) if letter and chr(code).isalpha()]
    for one in letters:
        assert fold(f"x{one}y{one}") == f"x{spelled(one)}y{spelled(one)}"
