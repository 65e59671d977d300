"""What the figures were measured on and with: kinds of things, no names."""

from __future__ import annotations

import os
import platform
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from peers import PEERS
from scale import Scale

__all__ = ["describe"]


def describe(scale: Scale) -> dict[str, Any]:
    """The date, the machine, the versions of Python and of each engine that is here, and the scale."""
    return {
        "date": f"{datetime.now(UTC):%Y-%m-%d}",
        "processor": _processor(),
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "system": platform.system(),
        "python": platform.python_version(),
        "engines": {name: peer.version() for name, peer in PEERS.items() if peer.package and not peer.missing()}
        | {"fts5": PEERS["fts5"].version()},
        "corpora": {"plain": scale.plain_corpus(), "dated": scale.dated_corpus()},
        "scale": asdict(scale),
    }


def _processor() -> str:
    file = Path("/proc/cpuinfo")
    lines = file.read_text().splitlines() if file.is_file() else []
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return models[0] if models else platform.processor() or platform.machine()
