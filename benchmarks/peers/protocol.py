"""What every peer can do: build a durable index of documents, open it, search it and count."""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import ClassVar

Document = dict[str, str]
Hit = tuple[str, str]

KINDS = ("word", "union", "frequent", "intersection", "phrase")


class Peer(ABC):
    """One engine, configured in one way.

    Class attributes: `name`; `module`, what must be importable; `package`, the distribution whose version is reported,
    or None for the standard library; `index`, the peer whose index it searches where it builds none of its own;
    `kinds`, the classes of queries that it can answer; `most_documents`, beyond which nobody waits for its index.
    """

    name: ClassVar[str]
    module: ClassVar[str]
    package: ClassVar[str | None] = None
    index: ClassVar[str | None] = None
    kinds: ClassVar[tuple[str, ...]] = KINDS
    most_documents: ClassVar[int | None] = None

    @abstractmethod
    def build(self, path: Path, documents: Iterable[Document]) -> None:
        """Make an index in the empty folder `path`; on return everything is on disk and synced, merges are finished."""

    @abstractmethod
    def open(self, path: Path) -> None:
        """Open the index in `path` for searching."""

    @abstractmethod
    def search(self, kind: str, words: Sequence[str], limit: int) -> list[Hit]:
        """From the words of a query to the id and title of its best `limit` documents, best first."""

    @abstractmethod
    def count(self, kind: str, words: Sequence[str]) -> int:
        """How many documents match."""

    @abstractmethod
    def close(self) -> None:
        """Give back files and memory."""

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


def query_text(kind: str, words: Sequence[str]) -> str:
    """A query as people type it: `a b`, `+a +b` or `"a b"`."""
    if kind == "intersection":
        return "+" + " +".join(words)
    return f'"{" ".join(words)}"' if kind == "phrase" else " ".join(words)


def sync_folder(path: Path) -> None:
    """Force every file below `path` to disk, for the engines that don't do it themselves."""
    for file in sorted(path.rglob("*")):
        descriptor = os.open(file, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
