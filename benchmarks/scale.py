"""How much is measured: all of it, less, which takes a quarter of an hour, or so little that it takes a few minutes."""

from __future__ import annotations

from dataclasses import dataclass

from corpora import GENERATED, MissingCorpusError, names

__all__ = ["FULL", "MIDDLE", "QUICK", "Scale"]


@dataclass(frozen=True)
class Scale:
    """Documents: of the corpus without and of that with dates, and of the first for the slow peer; questions a class.

    rounds: turns of each class; builds: times that each index is built. sizes: numbers of documents for the growth of
    costs, all generated, and those of the real corpus that has so many. first: fresh processes a peer.
    """

    name: str
    plain: int
    dated: int
    small: int
    questions: int
    rounds: int
    builds: int
    sizes: tuple[int, ...]
    first: int
    updates: int

    def plain_corpus(self) -> str:
        """The corpus without dates: generated where the real one is not here."""
        return _present("wiki-en-2014")

    def dated_corpus(self) -> str:
        """The corpus with dates and sources."""
        return _present("reuters21578")


def _present(corpus: str) -> str:
    try:
        return corpus if corpus in names() else GENERATED
    except MissingCorpusError:
        return GENERATED


FULL = Scale("full", 261_409, 21_578, 3_000, 60, 5, 3, (1_000, 10_000, 100_000, 1_000_000), 15, 50)
MIDDLE = Scale("middle", 100_000, 21_578, 3_000, 60, 3, 3, (1_000, 10_000, 100_000), 7, 20)
QUICK = Scale("quick", 3_000, 2_000, 300, 15, 1, 1, (300, 3_000), 2, 5)
