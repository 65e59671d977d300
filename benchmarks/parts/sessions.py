"""The corpora that the parts share, with the peers that are compared on them."""

from __future__ import annotations

from pathlib import Path

from scale import Scale
from session import Session, available

__all__ = ["dated", "dated_peers", "plain", "plain_peers", "small", "small_peers"]


def plain(scale: Scale, folder: Path) -> Session:
    """Articles without dates."""
    return Session(folder / "plain", scale.plain_corpus(), scale.plain)


def dated(scale: Scale, folder: Path) -> Session:
    """Articles with dates and sources."""
    return Session(folder / "dated", scale.dated_corpus(), scale.dated, dated=True)


def small(scale: Scale, folder: Path) -> Session:
    """Few articles without dates, for a peer that is slow."""
    return Session(folder / "small", scale.plain_corpus(), scale.small)


def plain_peers() -> list[str]:
    return available(["searchkit", "tantivy", "tantivy-count", "fts5", "bm25s"])


def dated_peers() -> list[str]:
    return available(["searchkit", "tantivy", "fts5"])


def small_peers() -> list[str]:
    return available(["searchkit", "tantivy", "fts5", "bm25s", "whoosh3"])
