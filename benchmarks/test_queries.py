"""How long the questions of a class take: text in, hits with id and title out. One group a class, a line a peer."""

from __future__ import annotations

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from conftest import Opened
from kinds import KINDS, Kind
from peers import PEERS
from questions import Question


@pytest.mark.parametrize("name", list(PEERS))
@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_questions(
    kind: Kind, name: str, sets: dict[bool, dict[str, list[Question]]], opened: Opened, benchmark: BenchmarkFixture
) -> None:
    asked = sets[kind.dated].get(kind.asks)
    if not asked:
        pytest.skip(f"the corpus gives no questions for {kind.asks}")
    peer = opened(name, kind.dated)
    if not peer.can(kind.act, asked[0]):
        pytest.skip(f"{name} cannot do this")
    slow = peer.most_documents is not None
    typed = [peer.typed(question) for question in asked[: 5 if slow else None]]
    do = peer.doing(kind.act)
    benchmark.group = f"{kind.name}, {len(asked)} questions"
    answers = benchmark.pedantic(  # type: ignore[no-untyped-call]
        lambda: [do(text, kind.limit) for text in typed], rounds=1 if slow else 5, warmup_rounds=0 if slow else 1
    )
    assert any(answers)
