"""`searchkit explain`."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from tests.cli.conftest import Ran


def test_word_by_word(built: Path, run: Callable[..., Ran]) -> None:
    ran = run("explain", "embassies", "1979", "-film", "hosta*^2", "oil", "OR", "(gas", "AND", "NOT", "x)", "the")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        "understood as: embassies 1979 -film hosta*^2 (oil OR gas AND NOT x) the",
        "meaning: embassies, the word 1979 or dated in 1979, words beginning with hosta (weight 2), "
        "(oil or (gas and not x)), the without film",
        "all of these, or as many as possible",
        "  embassies: word, 2 articles",
        "    embassies → embassi in title, body: 2 articles",
        "  1979: year, 1 article",
        "    1979 → 1979 in title, body: 0 articles",
        "    date:[1979-01-01T00:00:00Z TO 1980-01-01T00:00:00Z}",
        "  film: word, 0 articles, must not be there",
        "    film → film in title, body: 0 articles",
        "  hosta*: prefix, 2 articles, weight 2",
        "    hosta, 1 term in title, body: hostag (2)",
        "  any of these",
        "    oil: word, 0 articles",
        "      oil → oil in title, body: 0 articles",
        "    all of these",
        "      gas: word, 0 articles",
        "        gas → gas in title, body: 0 articles",
        "      without",
        "        x: word, 0 articles",
        "          x → x in title, body: 0 articles",
        "  the: word, 3 articles",
        "    the → the in title, body: 3 articles, a stop word",
    ]


def test_problems_are_pointed_at(built: Path, run: Callable[..., Ran]) -> None:
    out = run("explain", "北京 auhtor:x oil").out
    assert out.splitlines()[-3:] == [
        "北京 auhtor:x oil",
        "     ^^^^^^^",
        "there is no field 'auhtor': searched as text; did you mean author:?",
    ]
    out = run("explain", "a" * 100 + ' ("open\x1b\n').out
    assert f'\n…{"a" * 29} ("open\n{" " * 31}^\nthis bracket is not closed\n' in out.replace("open  ", "open")
    assert "\x1b" not in out


def test_words_that_stand_for_many_and_for_none(built: Path, run: Callable[..., Ran]) -> None:
    out = run("explain", "a*", "zz?z").out
    assert " terms in title, body: " in out
    assert "zz?z, 0 terms in title, body\n" in out


def test_as_json(built: Path, run: Callable[..., Ran]) -> None:
    found = json.loads(run("explain", "--json", "embasy~ date:2024").out)
    assert (found["version"], found["text"], found["problems"]) == (1, "embasy~ date:2024", [])
    fuzzy, dated = found["tree"]["parts"]
    assert fuzzy["words"][0]["expansion"] == [{"term": "embassi", "documents": 2, "distance": 1}]
    assert (dated["documents"], dated["interval"]) == (1, "date:[2024-01-01T00:00:00Z TO 2025-01-01T00:00:00Z}")


def test_without_an_index(built: Path, run: Callable[..., Ran]) -> None:
    assert run("explain", "-i", "nowhere", "x").code == 3
