"""Surfaces that a look at each character folds: they become what the analyzer makes of them, or are left to it."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from searchkit.analysis import Analyzer
from searchkit.analysis.apostrophes import without_apostrophes
from searchkit.analysis.cutting import TOKEN_BYTES
from searchkit.analysis.spellings import spellings
from searchkit.kernels.buffers import zeros
from searchkit.kernels.spelling import spell
from searchkit.kernels.surfaces import SurfaceTable

KNOWN = "".join(chr(code) for code, letters in enumerate(spellings()) if letters)
# Marks that join the letter before them, a letter of no table, one that is two, a separator beyond it, and four bytes.
STRANGE = "\u0301\u00ad\u200b\u200dλßﬁ…✓語𝐀"
SURFACES = st.lists(st.text(st.sampled_from("als'’é–" + STRANGE) | st.sampled_from(KNOWN), max_size=9), max_size=30)


def spelled_and_others(table: SurfaceTable, longest: int) -> tuple[dict[str, list[str]], list[str], str]:
    blob, starts, _ = table.views()
    count, surfaces = len(table), table.surfaces(0)
    numbers, spelled, counts, others = zeros(count), zeros(count), zeros(count), zeros(count)
    for number in range(count):
        numbers[number] = number
    lines = zeros(starts[count] + count, "B")
    used, good, rest = spell(blob, starts, numbers, longest, spellings(), lines, spelled, counts, others)
    text = bytes(lines[:used]).decode()
    words = iter(text.splitlines())
    found = {surfaces[spelled[at]]: [next(words) for _ in range(counts[at])] for at in range(good)}
    assert next(words, None) is None
    return found, [surfaces[number] for number in others[:rest]], text


@pytest.mark.parametrize("language", ["english", "french", "turkish", None])
@given(texts=SURFACES)
@example(["l'État", "‘’tis’’", "rock’n’roll", "a''b", "–", "x²", "STRASSE–Straße", "d'Été's", "u.s.a", "½"])
def test_spelled_surfaces_are_what_the_analyzer_makes_of_them(language: str | None, texts: list[str]) -> None:
    table = SurfaceTable()
    for text in texts:
        table.add(text.encode())
    found, others, _ = spelled_and_others(table, TOKEN_BYTES)
    assert len(found) + len(others) == len(table)
    forms = Analyzer(language).analyze(list(found))[1]
    for words, expected in zip(found.values(), forms, strict=True):
        made = [without_apostrophes(word, language) for word in words]
        assert made == ([expected] if isinstance(expected, str) else list(expected))
    for surface in others:
        assert "." in surface or not set(surface) <= set(KNOWN)


def test_long_surfaces_are_left_to_the_analyzer() -> None:
    table = SurfaceTable()
    table.add("éé ééé".encode())
    assert spelled_and_others(table, 4) == ({"éé": ["ee"]}, ["ééé"], "ee\n")
