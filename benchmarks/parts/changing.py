"""Small commits, and the replacement of one document in a hundred."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from parts.sessions import dated, dated_peers
from scale import Scale
from session import say
from updating import Change, change


def updates(scale: Scale, folder: Path) -> Any:
    """Of the dated corpus, in a copy of each peer's index."""
    session, peers = dated(scale, folder), dated_peers()
    session.build(peers, reuse=True)
    changed = {}
    for name in peers:
        order = Change(name, str(session.index(name)), session.corpus, session.limit, True, scale.updates)
        changed[name] = asdict(change(order))
        say(f"updated the index of {name}")
    return changed
