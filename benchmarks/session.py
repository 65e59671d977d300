"""One corpus with the indexes of some peers, and the questions for it, in a folder that may be kept."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from asking import Timing, ask
from building import Built, Order, build
from drawing import questions_for
from kinds import Kind
from peers import PEERS
from questions import Question, read_questions, write_questions

__all__ = ["Session", "available", "say"]


def say(text: str) -> None:
    """Tell whoever waits how far it is."""
    print(f"benchmarks: {text}", file=sys.stderr, flush=True)


def available(names: Sequence[str]) -> list[str]:
    """Those of the peers that can run here; tells which cannot, and ends the program where one is unknown."""
    if unknown := [name for name in names if name not in PEERS]:
        sys.exit(f"no peer {', '.join(unknown)}; there are {', '.join(PEERS)}")
    for name in names:
        if reason := PEERS[name].missing():
            say(f"left out: {reason}")
    return [name for name in names if not PEERS[name].missing()]


@dataclass(frozen=True)
class Session:
    """folder: where indexes and questions are; limit: the first so many documents of the corpus, None for all."""

    folder: Path
    corpus: str
    limit: int | None
    dated: bool = False

    def index(self, peer: str) -> Path:
        """The folder of a peer's index, which may be another peer's."""
        return self.folder / (PEERS[peer].index or peer)

    def build(self, names: Sequence[str], builds: int = 1, reuse: bool = False) -> list[Built]:
        """Build every index `builds` times, taking turns; of each peer, the build of median time counts."""
        done: dict[str, list[Built]] = {PEERS[name].index or name: [] for name in names}
        for _ in range(builds):
            for name, before in done.items():
                before.append(build(self._order(name), reuse))
                say(f"{self.corpus}: indexed with {name}: {before[-1].speed:.1f} MB/s")
        return [_median(built) for built in done.values()]

    def questions(self, most: int) -> dict[str, list[Question]]:
        """Up to `most` questions of each set."""
        return read_questions(json.loads(self.questions_file(most).read_text()))

    def questions_file(self, most: int) -> Path:
        """The file that has them; drawn where they aren't yet."""
        file = self.folder / f"questions-{self.corpus}-{self.limit}-{most}.json"
        if not file.is_file():
            file.parent.mkdir(parents=True, exist_ok=True)
            drawn = questions_for(self.corpus, self.limit, most, self.dated)
            file.write_text(json.dumps(write_questions(drawn)))
        return file

    def ask(self, names: Sequence[str], kind: Kind, most: int, rounds: int) -> dict[str, Timing]:
        """Time one class, of up to `most` questions, on each of the peers that can answer it."""
        questions = self.questions(most).get(kind.asks, [])
        if not questions:
            return {}
        indexes = {name: self.index(name) for name in names}
        timings = ask(kind, indexes, self.questions_file(most), len(questions), rounds)
        say(f"{self.corpus}: asked {len(questions)} questions: {kind.title}")
        return timings

    def _order(self, peer: str) -> Order:
        return Order(peer, str(self.folder / peer), self.corpus, self.limit, self.dated)


def _median(built: Sequence[Built]) -> Built:
    return sorted(built, key=lambda one: one.seconds)[len(built) // 2]
