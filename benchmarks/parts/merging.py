"""Searches while segments are merged."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from beside_merges import in_a_process
from scale import Scale
from session import say

_DOCUMENTS = 100_000


def merges(scale: Scale, _folder: Path) -> Any:
    """Of the plain corpus, up to 100,000 documents."""
    corpus, limit = scale.plain_corpus(), min(scale.plain, _DOCUMENTS)
    waits = in_a_process(corpus, limit)
    say(f"{corpus}: searched beside merges")
    return {"corpus": corpus, "documents": limit, "waits": {way: asdict(one) for way, one in waits.items()}}
