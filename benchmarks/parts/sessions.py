"""The corpora that the parts share, with the peers that are compared on them."""

from __future__ import annotations

from pathlib import Path

from scale import QUICK, Scale
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


def plain_peers(scale: Scale) -> list[str]:
    """A quick look leaves out bm25s here, which compiles its queries for seconds in each process."""
    slow = ["tantivy-count", "bm25s"] if scale is not QUICK else []
    return available(["searchkit", "tantivy", "fts5", *slow])


def dated_peers() -> list[str]:
    return available(["searchkit", "tantivy", "fts5"])


def small_peers() -> list[str]:
    return available(["searchkit", "tantivy", "fts5", "bm25s", "whoosh3"])
