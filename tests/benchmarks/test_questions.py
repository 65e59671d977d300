"""Questions: drawn alike every time, typed as engines have them, and kept as JSON without loss."""

from __future__ import annotations

import json

from drawing import questions_for
from kinds import DATED, PLAIN
from questions import Clause, Question, all_of, any_of, phrase, read_questions, write_questions

_PLAIN = questions_for("generated", 300, 5, dated=False)
_DATED = questions_for("generated", 300, 5, dated=True)


def test_they_are_the_same_every_time() -> None:
    assert questions_for("generated", 300, 5, dated=False) == _PLAIN


def test_every_class_has_questions_of_its_set() -> None:
    assert {kind.asks for kind in PLAIN} - {name for name, asked in _PLAIN.items() if asked} == set()
    assert {kind.asks for kind in DATED} - {name for name, asked in _DATED.items() if asked} == set()


def test_they_survive_json() -> None:
    kept = json.loads(json.dumps(write_questions(_PLAIN | _DATED)))
    assert read_questions(kept) == _PLAIN | _DATED


def test_typed() -> None:
    mixed = Question((Clause(("a", "b"), "+", "phrase"), Clause(("c",)), Clause(("d",), "-")))
    assert mixed.typed() == '+"a b" c -d'
    assert all_of("a", "b").typed() == "+a +b"
    assert Question((Clause(("emb",), shape="prefix"),)).typed() == "emb*"
    assert Question((Clause(("embasy",), shape="fuzzy"),)).typed() == "embasy~1"


def test_needs() -> None:
    assert any_of("a").needs() == {"word"}
    assert any_of("a", "b", field="body").needs() == {"word", "union", "field"}
    assert phrase("a", "b").needs() == {"phrase"}
    assert Question((Clause(("a",), "+"), Clause(("b",)))).needs() == {"word", "mixed"}
    assert Question((Clause(("a",), "+"), Clause(("b",), "-"))).needs() == {"word", "required", "prohibited"}
    assert Question((Clause(("a",)),), "2019-01-01", "2019-01-31").needs() == {"word", "dates"}


def test_phrases_stand_in_the_documents() -> None:
    from corpora import documents

    texts = [" ".join(article["body"].lower().replace(".", "").split()) for article in documents("generated", 300)]
    asked = [question for name in ("phrase-2", "phrase-3", "phrase-5", "phrase-stop") for question in _PLAIN[name]]
    assert asked
    for question in asked:
        assert any(f" {' '.join(question.words())} " in f" {text} " for text in texts), question
