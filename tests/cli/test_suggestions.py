"""`searchkit complete`, `like`, `suggest`, and what `query` says where nothing matched."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Ran

Run = Callable[..., Ran]
_SEIZED = "https://wire.example.org/seized"


def test_complete_prints_queries(built: Path, run: Run) -> None:
    assert run("complete", "crisis emb") == Ran(0, "crisis embassy\n", "")
    assert run("complete", "emb", "--since", "2000") == Ran(1, "", "")
    assert run("complete", "h", "-n", "1").out == "hostages\n"


def test_complete_as_json(built: Path, run: Run) -> None:
    found = json.loads(run("complete", "--json", "emb").out)
    assert found == {"version": 1, "completions": [{"text": "embassy", "word": "embassy", "count": 2}]}


def test_like_prints_hits(built: Path, run: Run) -> None:
    assert run("like", _SEIZED, "--ids") == Ran(0, "news/freed.md\n", "")
    assert run("like", _SEIZED).out.startswith(" 1. Hostages freed\n")
    shown = json.loads(run("like", _SEIZED, "--json").out)
    assert [hit["id"] for hit in shown["hits"]] == ["news/freed.md"]
    assert run("like", "news/eclipse.txt", "--ids").code == 1
    assert run("like", "nobody") == Ran(1, "", "searchkit: there is no article 'nobody'\n")


def test_why_nothing_is_shown_on_a_terminal(built: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("query", "embassy", "moon").code == 0  # the closest
    assert run("query", "+embassy +moon").out == "0 articles: must have embassy, and must have moon\n"
    monkeypatch.setattr(type(sys.stdout), "isatty", lambda self: True, raising=False)
    ran = run("query", "+embassy +moon", "--no-color")
    assert ran.out.splitlines()[1:] == [
        "    embassy: 2 articles",
        "    moon: 1 article",
        "try embassy (2 articles, without moon)",
        "try moon (1 article, without embassy)",
    ]
    assert run("query", "title:crisis -moon", "--no-color").out.splitlines()[1:] == [
        "    title:crisis: 0 articles",
        "    moon: 1 article left out",
        "try crisis -moon (2 articles, title:crisis in any field)",
        "try -moon (2 articles, without title:crisis)",
    ]


def test_why_nothing_as_json(built: Path, run: Run) -> None:
    why = json.loads(run("query", "--json", "zebra source:nobody").out)["why_nothing"]
    assert why["clauses"][0] == {"text": "zebra", "count": 0, "prohibited": False}
    why = json.loads(run("query", "--json", "embassy source:nobody").out)["why_nothing"]
    assert why["relaxations"] == [{"change": "without source:nobody", "text": "embassy", "count": 2}]
    assert json.loads(run("query", "--json", "embassy").out)["why_nothing"] is None


def test_suggest_prints_queries(built: Path, run: Run) -> None:
    assert run("suggest", "embasy crisis") == Ran(0, "embassy crisis\n", "")
    assert run("suggest", "embassy") == Ran(1, "", "")
    found = json.loads(run("suggest", "--json", "embasy", "-n", "1").out)
    suggestion = {"text": "embassy", "count": 2, "changes": [["embasy", "embassy"]]}
    assert found == {"version": 1, "suggestions": [suggestion]}
    assert json.loads(run("query", "--json", "embasy").out)["suggestions"] == [suggestion]


def test_a_query_of_few_hits_is_asked_about(built: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(sys.stdout), "isatty", lambda self: True, raising=False)
    assert run("query", "embasy crisis", "--any", "--no-color").out.endswith("did you mean embassy crisis?\n")
    assert run("query", "embasy", "--no-color").out.splitlines()[1:] == ["did you mean embassy?"]
    assert "did you mean" not in run("query", "embassy", "--no-color").out
