"""Makes the report of figures that were kept."""

from __future__ import annotations

import os
from pathlib import Path

from report.figures import read_figures
from report.page import page
from report.plots import plots

__all__ = ["write_report"]

_README = Path(__file__).resolve().parents[1] / "README.md"


def write_report(figures: Path, to: Path) -> None:
    """Write the page `to`, and its pictures into a folder of its name beside it."""
    read = read_figures(figures)
    pictures = plots(read)
    folder = to.with_suffix("")
    folder.mkdir(parents=True, exist_ok=True)
    for name, picture in pictures.items():
        (folder / name).write_text(picture, encoding="utf-8")
    readme = Path(os.path.relpath(_README, to.parent)).as_posix()
    to.write_text(page(read, list(pictures), folder.name, readme), encoding="utf-8")
