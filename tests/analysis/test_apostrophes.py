"""Apostrophes, by language."""

from __future__ import annotations

import pytest

from searchkit.analysis import Analyzer


@pytest.mark.parametrize(
    ("language", "word", "form"),
    [
        ("english", "who's", "who"),
        ("english", "Who’s", "who"),
        ("english", "hostages'", "hostages"),
        ("english", "we'll", "we"),
        ("english", "they’ve", "they"),
        ("english", "I'd", "i"),
        ("english", "I'm", "i"),
        ("english", "we're", "we"),
        ("english", "don't", "dont"),
        ("english", "O'Brien", "obrien"),
        ("english", "O'Brien's", "obrien"),
        ("english", "Shi'a", "shia"),
        ("english", "rock'n'roll", "rocknroll"),
        ("english", "l'amour", "lamour"),
        ("english", "d'Estaing", "destaing"),
        ("english", "’90s", "90s"),
        ("porter", "who's", "who"),
        ("french", "l'amour", "amour"),
        ("french", "L’ÉTAT", "etat"),
        ("french", "qu'il", "il"),
        ("french", "aujourd'hui", "aujourdhui"),
        ("italian", "dell'acqua", "acqua"),
        ("catalan", "l'home", "home"),
        ("german", "Ku'damm", "kudamm"),
        (None, "People's", "peoples"),
    ],
)
def test_what_becomes_of_an_apostrophe(language: str | None, word: str, form: str) -> None:
    assert [token.form for token in Analyzer(language).tokens(word)] == [form]
