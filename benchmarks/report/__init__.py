"""Makes the report of figures that were kept."""

from __future__ import annotations

import os
from pathlib import Path

from report.figures import read_figures
from report.page import page
from report.plots import plots
from report.readme import with_figures

__all__ = ["write_report"]

_README = Path(__file__).resolve().parents[1] / "README.md"


def write_report(figures: Path, to: Path, project_readme: Path | None = None) -> None:
    """Write the page `to`, its pictures into a folder of its name beside it, and the figures of a README."""
    read = read_figures(figures)
    pictures = plots(read)
    folder = to.with_suffix("")
    folder.mkdir(parents=True, exist_ok=True)
    for name, picture in pictures.items():
        (folder / name).write_text(picture, encoding="utf-8")
    readme = Path(os.path.relpath(_README, to.parent)).as_posix()
    to.write_text(page(read, list(pictures), folder.name, readme), encoding="utf-8")
    if project_readme is not None:
        picture = Path(os.path.relpath(folder / "queries.svg", project_readme.parent)).as_posix()
        shown = with_figures(project_readme.read_text(encoding="utf-8"), read, picture)
        project_readme.write_text(shown, encoding="utf-8")
