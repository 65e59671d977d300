"""How long indexes take to build, how large they are, and how much memory that needs."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from building import Order, build
from parts.sessions import dated, dated_peers, plain, plain_peers, small, small_peers
from scale import Scale
from session import available, say

_MORE = ["searchkit-workers", "tantivy-threads"]
_COMMITS = 20


def indexing(scale: Scale, folder: Path) -> Any:
    """Every index of every corpus; the indexes are kept for the other parts."""
    built = {
        "plain": plain(scale, folder).build([*plain_peers(scale), *available(_MORE)], scale.builds),
        "dated": dated(scale, folder).build([*dated_peers(), *available(_MORE)], scale.builds),
        "small": small(scale, folder).build(small_peers()),
    }
    return {name: [asdict(one) for one in indexes] for name, indexes in built.items()}


def commits(scale: Scale, folder: Path) -> Any:
    """The dated corpus in twenty commits one after the other, merges finished."""
    orders = [
        Order(name, str(folder / "commits" / name), scale.dated_corpus(), scale.dated, True, _COMMITS)
        for name in dated_peers()
    ]
    built = []
    for order in orders:
        built.append(
            sorted((build(order) for _ in range(scale.builds)), key=lambda one: one.seconds)[scale.builds // 2]
        )
        say(f"{order.peer}: {_COMMITS} commits in {built[-1].seconds:.2f} s")
    return [asdict(one) for one in built]
