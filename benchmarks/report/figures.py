"""The figures of all parts, as they were kept, typed again."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from asking import Timing
from beside_merges import Waits
from building import Built

__all__ = ["Figures", "Timings", "command_of", "read_figures"]

_COMMAND = "python benchmarks/all.py"

Timings = dict[str, dict[str, Timing]]
"""By class and peer."""


@dataclass
class Figures:
    """Of each part what was measured; empty where it has not been run. machines: of each part, what it ran on."""

    machines: dict[str, dict[str, Any]] = field(default_factory=dict)
    indexing: dict[str, list[Built]] = field(default_factory=dict)
    commits: list[Built] = field(default_factory=list)
    queries: dict[str, Timings] = field(default_factory=dict)
    threads: dict[str, dict[str, float]] = field(default_factory=dict)
    opening: dict[str, dict[str, float]] = field(default_factory=dict)
    updates: dict[str, dict[str, Any]] = field(default_factory=dict)
    merges: dict[str, Any] = field(default_factory=dict)
    growth: list[dict[str, Any]] = field(default_factory=list)


def command_of(machine: dict[str, Any]) -> str:
    """What measured as much as a machine's figures say."""
    scale = machine["scale"]["name"]
    return _COMMAND if scale == "full" else f"{_COMMAND} --{scale}"


def read_figures(folder: Path) -> Figures:
    """Of all parts whose files are in the folder."""
    kept = {file.stem: json.loads(file.read_text()) for file in sorted(folder.glob("*.json"))}
    parts = {name: one["figures"] for name, one in kept.items()}
    figures = Figures({name: one["machine"] for name, one in kept.items()})
    figures.indexing = {name: [Built(**one) for one in built] for name, built in parts.get("indexing", {}).items()}
    figures.commits = [Built(**one) for one in parts.get("commits", [])]
    for name in ("plain", "dated", "small"):
        figures.queries[name] = _timings(parts.get(f"queries-{name}", {}))
    figures.threads, figures.opening = parts.get("threads", {}), parts.get("opening", {})
    figures.updates = parts.get("updates", {})
    figures.merges = parts.get("merges", {})
    if figures.merges:
        figures.merges["waits"] = {way: Waits(**one) for way, one in figures.merges["waits"].items()}
    figures.growth = [
        size | {"built": [Built(**one) for one in size["built"]], "queries": _timings(size["queries"])}
        for size in parts.get("growth", [])
    ]
    return figures


def _timings(queries: dict[str, dict[str, dict[str, Any]]]) -> Timings:
    return {name: {peer: Timing(**one) for peer, one in by.items()} for name, by in queries.items()}
