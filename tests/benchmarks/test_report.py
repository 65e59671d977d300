"""The report is made of figures as they are kept, whatever parts there are; pictures are whole SVG documents."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from report import write_report
from report.figures import Figures
from report.readme import with_figures
from report.svg import Panel, bar_chart, line_charts
from tables import ratio

_PAGE = Path(__file__).resolve().parents[2] / "docs" / "benchmarks.md"
_TIMING = {"questions": 3, "median": 0.05, "sum": 0.2, "again_median": 0.04, "again_sum": 0.1, "matches": 12}
_SLOW = _TIMING | {"median": 0.5, "sum": 0.9}
_BUILT: dict[str, Any] = {
    "version": "1",
    "corpus": "generated",
    "documents": 10,
    "text": 1000,
    "seconds": 0.5,
    "size": 900,
    "memory": 5000,
    "written": 1800,
    "commits": 1,
}
_MACHINE = {
    "date": "2024-05-06",
    "processor": "A processor",
    "cores": 2,
    "system": "Linux",
    "python": "3.13.0",
    "engines": {"searchkit": "0.1.0", "tantivy": "0.27.0"},
    "corpora": {"plain": "generated", "dated": "generated"},
    "scale": {"name": "full"},
}
_STARTS = {
    "python": {"first": 10.0},
    "searchkit": {"first": 30.0, "opening": 0.5},
    "tantivy": {"first": 40.0, "opening": 1.5},
}
_WAITS = {"searches": 4321, "seconds": 2.0, "median": 0.0001, "slow": 0.0002, "slowest": 0.003}
_QUERIES = {"word": {"searchkit": _TIMING, "tantivy": _SLOW}, "phrase-2": {"searchkit": _SLOW, "tantivy": _SLOW}}
_PARTS: dict[str, Any] = {
    "indexing": {"plain": [_BUILT | {"peer": "searchkit"}, _BUILT | {"peer": "tantivy", "seconds": 2.5}]},
    "queries-plain": _QUERIES,
    "commits": [_BUILT | {"peer": "searchkit", "commits": 20}],
    "threads": {"union": {"searchkit": 1.75, "tantivy": 1.5}},
    "opening": _STARTS,
    "updates": {
        "searchkit": {"single": [0.002, 0.004, 0.003], "many": 0.05, "documents": 7},
        "tantivy": {"single": [0.02, 0.04, 0.03], "many": 0.5, "documents": 7},
    },
    "merges": {
        "corpus": "generated",
        "documents": 10,
        "waits": {"alone": _WAITS, "process": _WAITS | {"slowest": 0.0125}},
    },
    "growth": [
        {
            "corpus": "generated",
            "documents": size,
            "built": [_BUILT | {"peer": peer, "documents": size} for peer in ("searchkit", "tantivy")],
            "queries": _QUERIES,
            "opening": _STARTS,
        }
        for size in (100, 1000)
    ],
}


def _report(folder: Path, parts: list[str]) -> str:
    figures = folder / "figures"
    figures.mkdir()
    for name in parts:
        (figures / f"{name}.json").write_text(json.dumps({"machine": _MACHINE, "figures": _PARTS[name]}))
    write_report(figures, folder / "page.md")
    return (folder / "page.md").read_text()


def test_all_parts_are_told(tmp_path: Path) -> None:
    page = _report(tmp_path, list(_PARTS))
    assert "A processor, 2 cores, Linux, Python 3.13.0; searchkit 0.1.0, tantivy-py 0.27.0." in page
    assert "figures from 2024-05-06" in page
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in page.splitlines() if line.startswith("|")]
    assert ["one word", "0.050 ms", "0.500 ms", "10 (4.5 by sum)", "5", "**no**"] in rows
    assert ["phrase of 2 words", "0.500 ms", "0.500 ms", "1.0 (1.0 by sum)", "2.5 (2 by sum)", "**no**"] in rows
    assert ["two threads against one: any of several words", "1.75", "1.50", "1.75", "1.7", "yes"] in rows
    assert ["one small commit, synced and found", "3.0 ms", "30.0 ms", "10", "1", "yes"] in rows
    assert ["searchkit", "0.50", "30.0", "20.0"] in rows
    assert ["merged by another process", "2.0", "4,321", "0.100", "0.200", "12.500"] in rows
    assert sorted(file.name for file in (tmp_path / "page").iterdir()) == ["growth.svg", "indexing.svg", "queries.svg"]
    for file in (tmp_path / "page").iterdir():
        assert f"(page/{file.name})" in page


def test_the_page_says_which_parts_ran_on_another_python(tmp_path: Path) -> None:
    for name in _PARTS:
        machine = _MACHINE | ({"python": "3.11.2"} if name in ("growth", "updates") else {})
        (tmp_path / f"{name}.json").write_text(json.dumps({"machine": machine, "figures": _PARTS[name]}))
    write_report(tmp_path, tmp_path / "page.md")
    assert "Linux, Python 3.13.0 (growth, updates: 3.11.2); searchkit" in (tmp_path / "page.md").read_text()


@pytest.mark.parametrize("name", _PARTS)
def test_any_part_alone_is_told(name: str, tmp_path: Path) -> None:
    assert len(_report(tmp_path, [name]).splitlines()) > 8


def test_the_readme_gets_its_figures_between_the_marks(tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_text("# A\n\n<!-- figures -->\nold\n<!-- /figures -->\n\nend\n")
    figures = tmp_path / "figures"
    figures.mkdir()
    for name in ("indexing", "queries-plain"):
        (figures / f"{name}.json").write_text(json.dumps({"machine": _MACHINE, "figures": _PARTS[name]}))
    write_report(figures, tmp_path / "docs.md", readme)
    text = readme.read_text()
    assert text.startswith("# A\n\n<!-- figures -->\n10 generated articles")
    assert text.endswith("![Time of a query](docs/queries.svg)\n<!-- /figures -->\n\nend\n")
    assert "0.050 (10)" in text
    assert "old" not in text


def test_the_project_has_a_place_for_them() -> None:
    text = (_PAGE.parents[1] / "README.md").read_text(encoding="utf-8")
    assert with_figures(text, Figures(queries={"plain": {}}), "picture.svg") == text
    assert "<!-- figures -->\n" in text
    assert "<!-- /figures -->\n" in text


def test_pictures_are_whole_and_know_both_themes() -> None:
    bars = bar_chart("Title <1>", "ms", {"one & two": {"searchkit": 0.02, "tantivy": 3.0}, "more": {"fts5": 250.0}})
    lines = line_charts("Lines", [Panel("Up", "s", {("searchkit", "x"): [(10, 0.1), (1000, 5.0)]})], "documents")
    for picture in (bars, lines):
        assert ElementTree.fromstring(picture).tag.endswith("svg")
        assert "prefers-color-scheme: dark" in picture
    assert {"0.01 ms", "10 ms", "1,000 ms", "0.02", "3", "250"} <= set(_texts(bars))
    assert {"10", "100", "1k", "0.1 s", "10 s"} <= set(_texts(lines))
    widths = [float(bar.get("width", "0")) for bar in ElementTree.fromstring(bars).iter() if bar.get("rx") == "1.5"]
    assert widths[0] < widths[1] < widths[2]


def _texts(picture: str) -> list[str]:
    return [one.text or "" for one in ElementTree.fromstring(picture).iter() if one.tag.endswith("text")]


def test_ratios_have_two_figures() -> None:
    assert [ratio(12.34, 1), ratio(5.04, 1), ratio(0.5, 1), ratio(None, 1), ratio(1, None)] == [
        "12",
        "5.0",
        "0.50",
        "–",
        "–",
    ]


def test_the_page_names_the_command_that_made_it() -> None:
    text = _PAGE.read_text(encoding="utf-8")
    assert "`python benchmarks/all.py" in text
    assert (_PAGE.parents[1] / "benchmarks" / "all.py").is_file()
