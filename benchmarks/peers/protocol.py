"""What every peer can do: build a durable index of documents, open it, search it, count and change it."""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, ClassVar

from kinds import Act
from questions import Question

Document = dict[str, str]
Hit = tuple[str, str]
Counts = list[tuple[str, int]]

ALL_ACTS: frozenset[Act] = frozenset(("top", "total", "count", "newest", "facets"))
ALL_ABILITIES = frozenset(
    ("word", "union", "required", "prohibited", "mixed", "phrase", "prefix", "wildcard", "fuzzy", "dates", "field")
)


class Peer(ABC):
    """One engine, configured in one way.

    dated: whether documents have a date and a source too, which are then indexed and stored.

    Class attributes: `name`; `module`, what must be importable; `package`, the distribution whose version is reported,
    or None for the standard library; `index`, the peer whose index it searches where it builds none of its own;
    `abilities`, the questions that it can answer (`Question.needs`), and `acts`, what of them; `updates`, whether its
    index can be changed; `most_documents`, beyond which nobody waits for its index.
    """

    name: ClassVar[str]
    module: ClassVar[str]
    package: ClassVar[str | None] = None
    index: ClassVar[str | None] = None
    abilities: ClassVar[frozenset[str]] = ALL_ABILITIES
    acts: ClassVar[frozenset[Act]] = ALL_ACTS
    updates: ClassVar[bool] = True
    most_documents: ClassVar[int | None] = None

    def __init__(self, dated: bool = False) -> None:
        self.dated = dated

    @abstractmethod
    def build(self, path: Path, documents: Iterable[Document], commits: Sequence[int] = ()) -> None:
        """Make an index in the empty folder `path`; on return everything is on disk and synced, merges are finished.

        commits: how many documents each commit has (the rest comes last); by default all are one commit.
        """

    @abstractmethod
    def open(self, path: Path) -> None:
        """Open the index in `path` for searching."""

    @abstractmethod
    def typed(self, question: Question) -> Any:
        """What a program would have as the text of this query, in the peer's syntax: made before the clock starts."""

    @abstractmethod
    def search(self, typed: Any, limit: int) -> list[Hit]:
        """From the text of a query to the id and title of its best `limit` documents, best first."""

    @abstractmethod
    def count(self, typed: Any) -> int:
        """How many documents match."""

    def search_with_total(self, typed: Any, limit: int) -> tuple[list[Hit], int]:
        """The best documents, and how many match in all."""
        return self.search(typed, limit), self.count(typed)

    def newest(self, typed: Any, limit: int) -> list[Hit]:
        """The id and title of the newest documents that match, newest first."""
        raise NotImplementedError(f"{self.name} cannot sort by date")

    def facets(self, typed: Any, limit: int) -> Counts:
        """How many of the matches come from each of their commonest `limit` sources."""
        raise NotImplementedError(f"{self.name} cannot count by source")

    def begin_updates(self, path: Path) -> None:
        """Open the index for changes, as a program that makes many of them keeps it."""
        raise NotImplementedError(f"{self.name} cannot change an index")

    def update(self, documents: Sequence[Document]) -> None:
        """Replace documents by id, or add them, in one commit; on return it is on disk, and `search` sees it."""
        raise NotImplementedError(f"{self.name} cannot change an index")

    @abstractmethod
    def close(self) -> None:
        """Give back files and memory."""

    def can(self, act: Act, question: Question) -> bool:
        """Whether it can do this with such questions."""
        return act in self.acts and question.needs() <= self.abilities

    def do(self, act: Act, typed: Any, limit: int) -> Any:
        """Dispatch on what is wanted, for callers that don't time it."""
        return self.doing(act)(typed, limit)

    def doing(self, act: Act) -> Any:
        """The function of `typed` and `limit` for what is wanted."""
        if act == "count":
            return lambda typed, limit: self.count(typed)
        acts = {"top": self.search, "total": self.search_with_total, "newest": self.newest, "facets": self.facets}
        return acts[act]

    @classmethod
    def version(cls) -> str:
        """The version of the engine, for the report."""
        try:
            return version(cls.package) if cls.package else "standard library"
        except PackageNotFoundError:
            return "unknown"

    @classmethod
    def missing(cls) -> str | None:
        """Why this peer cannot run here, or None if it can."""
        try:
            module = import_module(cls.module)
        except ImportError as error:
            return f"{cls.name} is not installed ({error})"
        return cls.lacks(module)

    @classmethod
    def lacks(cls, module: object) -> str | None:
        """What the imported module lacks for this benchmark, or None."""
        return None


def in_commits(documents: Iterable[Document], commits: Sequence[int]) -> Iterable[Iterable[Document]]:
    """Documents in groups: so many each, and the rest; one group where no number is given."""
    if not commits:
        yield documents
        return
    rest = iter(documents)
    for size in commits:
        yield [document for document, _ in zip(rest, range(size), strict=False)]
    last = list(rest)
    if last:
        yield last


def sync_folder(path: Path) -> None:
    """Force every file below `path` to disk, for the engines that don't do it themselves."""
    for file in sorted(path.rglob("*")):
        descriptor = os.open(file, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
