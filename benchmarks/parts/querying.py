"""How long each class of queries takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from kinds import DATED, KINDS, PLAIN, Kind
from parts.sessions import dated, dated_peers, plain, plain_peers, small, small_peers
from scale import Scale
from session import Session

_SMALL = ("word", "union", "frequent", "intersection", "prohibited", "phrase-2", "count-union", "prefix", "fuzzy")
_SMALL_QUESTIONS, _SMALL_ROUNDS = 20, 3


def queries_plain(scale: Scale, folder: Path) -> Any:
    """The classes of undated corpora."""
    return _asked(plain(scale, folder), plain_peers(scale), PLAIN, scale.questions, scale.rounds)


def queries_dated(scale: Scale, folder: Path) -> Any:
    """The classes of dated corpora."""
    return _asked(dated(scale, folder), dated_peers(), DATED, scale.questions, scale.rounds)


def queries_small(scale: Scale, folder: Path) -> Any:
    """Some classes on few documents, with the peer that is slow."""
    kinds = [KINDS[name] for name in _SMALL]
    questions, rounds = min(scale.questions, _SMALL_QUESTIONS), min(scale.rounds, _SMALL_ROUNDS)
    return _asked(small(scale, folder), small_peers(), kinds, questions, rounds)


def _asked(session: Session, peers: list[str], kinds: Sequence[Kind], questions: int, rounds: int) -> Any:
    session.build(peers, reuse=True)
    timings = {kind.name: session.ask(peers, kind, questions, rounds) for kind in kinds}
    return {name: {peer: asdict(one) for peer, one in by.items()} for name, by in timings.items() if by}
